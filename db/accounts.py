"""Accounts: sign-in with a lock-out that grows, one-time tickets and sessions that can be revoked, passwords."""

import secrets
from pathlib import Path

import bcrypt

from db import store
from db.rules import RuleBroken, SignedOut
from db.scope import SESSION, Desk, Row, token_hash

FREE_FAILURES, LONGEST_LOCK = 4, 60  # attempts without a lock; minutes
NOBODY = bcrypt.hashpw(b"nobody", bcrypt.gensalt(12)).decode()
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def hashed(password: str) -> str:
    """The bcrypt hash of a password; RuleBroken where it is too short or over bcrypt's 72 bytes."""
    if len(password) < 8:
        raise RuleBroken("password_short")
    if len(password.encode()) > 72:
        raise RuleBroken("password_long")
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(12)).decode()


def one_time_password() -> str:
    """A random password of four readable groups, to be changed at the first sign-in (about 79 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def add(desk: Desk, row: Row) -> str:
    """Add an account; its one-time password."""
    password = one_time_password()
    desk.insert("users", {**row, "password_hash": hashed(password), "must_change": 1})
    return password


def reset(desk: Desk, user_id: int) -> str:
    """Give an account a new one-time password, end its sessions and its lock-out; the password."""
    password = one_time_password()
    desk.update("users", user_id, {"password_hash": hashed(password), "must_change": 1})
    desk.db.execute("DELETE FROM attempts WHERE username = (SELECT username FROM users WHERE id = ?)", [user_id])
    return password


def end_sessions(desk: Desk, user_id: int) -> None:
    """Sign an account out on every device."""
    desk.update("users", user_id, {})
    desk.db.execute(
        "UPDATE sessions SET revoked_at = datetime('now') WHERE user_id = ? AND revoked_at IS NULL", [user_id]
    )


def sign_in(data: Path, username: str, password: str) -> str:
    """A one-time ticket for the browser to claim; RuleBroken where one is missing, they do not fit, or the name is locked."""
    username = username.strip().lower()[:80]
    if not username or not password:
        raise RuleBroken("signin_empty")
    _count_attempt(data, username)
    with store.reading(data) as db:
        user = next(db.query("SELECT * FROM users WHERE username = ? AND active", [username]), None)
    if not _fits(password, user["password_hash"] if user else NOBODY) or not user:
        raise RuleBroken("signin_wrong")
    with store.writing(data, username) as db:
        db.execute("DELETE FROM attempts WHERE username = ?", [username])
        db.execute("DELETE FROM sessions WHERE expires_at < datetime('now')")
        db.execute(
            "INSERT INTO audit (at, actor, relation, row_id, action) "
            "VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, 'users', ?, 'signin')",
            [username, user["id"]],
        )
        return _ticket(db, user["id"])


def _fits(password: str, password_hash: str) -> bool:
    """Whether a password is the one; what bcrypt would cut off makes it another."""
    return bcrypt.checkpw(password.encode()[:72], password_hash.encode()) and len(password.encode()) <= 72


def _count_attempt(data: Path, username: str) -> None:
    with store.writing(data, username) as db:
        row = next(
            db.query(
                "SELECT *, strftime('%s', locked_until) - strftime('%s', 'now') AS wait FROM attempts WHERE username = ?",
                [username],
            ),
            None,
        )
        if row and row["wait"] > 0:
            raise RuleBroken("signin_locked", minutes=-(-row["wait"] // 60))
        failures = row["failures"] + 1 if row else 1
        minutes = min(2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK) if failures > FREE_FAILURES else 0
        db.execute("DELETE FROM attempts WHERE locked_until < datetime('now', '-1 day')")
        db.execute(
            "INSERT OR REPLACE INTO attempts (username, failures, locked_until) VALUES (?, ?, datetime('now', ?))",
            [username, failures, f"+{minutes} minutes"],
        )


def _ticket(db: store.Database, user_id: int) -> str:
    ticket = secrets.token_urlsafe(32)
    db.execute(
        "INSERT INTO sessions (user_id, hash, created_at, expires_at) VALUES (?, ?, datetime('now'), datetime('now', '+1 minute'))",
        [user_id, token_hash(ticket)],
    )
    return ticket


def claim(data: Path, ticket: str, device: str) -> tuple[str, int]:
    """The token of a new session for a ticket, and its days; a ticket works once, within a minute, else SignedOut."""
    token = secrets.token_urlsafe(32)
    with store.writing(data, "sign-in") as db:
        days = int(db.execute("SELECT value FROM settings WHERE name = 'session_days'").fetchone()[0])
        done = db.execute(
            "UPDATE sessions SET hash = ?, claimed = 1, device = ?, expires_at = datetime('now', ?) "
            "WHERE hash = ? AND NOT claimed AND revoked_at IS NULL AND expires_at > datetime('now')",
            [token_hash(token), device[:200], f"+{days} days", token_hash(ticket)],
        )
        if not done.rowcount:
            raise SignedOut
    return token, days


def sign_out(data: Path, token: str | None) -> None:
    """End this session everywhere it is open."""
    with store.writing(data, "sign-out") as db:
        db.execute("UPDATE sessions SET revoked_at = datetime('now') WHERE hash = ?", [token_hash(token or "")])


def must_change(data: Path, token: str | None) -> bool:
    """Whether this session may do nothing yet but change its one-time password; SignedOut where there is no session."""
    with store.reading(data) as db:
        user = next(db.query(SESSION, [token_hash(token or "")]), None)
    if user is None:
        raise SignedOut
    return bool(user["must_change"])


def change_password(data: Path, token: str | None, old: str, new: str) -> str:
    """Change one's own password and end all sessions; the ticket of a new one. RuleBroken where the old one does not fit."""
    with store.reading(data) as db:
        user = next(db.query(SESSION, [token_hash(token or "")]), None)
    if user is None:
        raise SignedOut
    if new in (old, user["username"]):
        raise RuleBroken("password_same")
    password_hash = hashed(new)
    _count_attempt(data, user["username"])
    if not _fits(old, user["password_hash"]):
        raise RuleBroken("signin_wrong")
    with store.writing(data, user["username"]) as db:
        db.execute("UPDATE users SET password_hash = ?, must_change = 0 WHERE id = ?", [password_hash, user["id"]])
        db.execute("DELETE FROM attempts WHERE username = ?", [user["username"]])
        return _ticket(db, user["id"])
