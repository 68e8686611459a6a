"""ID numbers (居民身份证, GB 11643-1999): checked, encrypted, and hashed for uniqueness."""

import base64
import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from db.rules import RuleBroken, Unusable

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
Row = dict[str, Any]


def secret(data: Path) -> bytes:
    """The 64 random bytes of this data folder, made at the first call, readable by its owner only."""
    path = data / "secret"
    if not path.exists():
        handle, made = tempfile.mkstemp(dir=data, prefix="secret")
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(64))
        with suppress(FileExistsError):  # another process was first
            os.link(made, path)
        Path(made).unlink()
    if len(key := path.read_bytes()) != 64:
        raise Unusable("secret_differs")
    return key


def check_digit(first17: str) -> str:
    """The eighteenth character of an ID number (GB 11643-1999)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def read(number: str) -> tuple[str, str, str]:
    """Number in capitals, birth day and sex; RuleBroken where it is not a valid ID number."""
    number = number.strip().upper()
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit():
        raise RuleBroken("id_number_form")
    if check_digit(number[:17]) != number[17]:
        raise RuleBroken("id_number_check")
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14])).isoformat()
    except ValueError:
        raise RuleBroken("id_number_form") from None
    return number, birth, "male" if int(number[16]) % 2 else "female"


def _cipher(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key[:32]))


def fingerprint(key: bytes, number: str) -> str:
    """The keyed hash by which an ID number is found again without being readable."""
    return hmac.new(key[32:], number.encode(), hashlib.sha256).hexdigest()


def unseal(key: bytes, sealed: str) -> str:
    """The ID number in clear; Unusable where this folder's secret is not the one it was sealed with."""
    try:
        return _cipher(key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unusable("secret_differs") from None


def seal(key: bytes, row: Row, old: Row) -> Row:
    """The row with `id_number` turned into its sealed columns, birth day and sex filled from it or refused if they differ."""
    row = dict(row)
    number = row.pop("id_number", None) or (unseal(key, old["id_sealed"]) if old.get("id_sealed") else None)
    if not number:
        return row
    number, birth, sex = read(number)
    merged = {**old, **row}
    stated = merged.get("birth_day") or birth
    if stated != birth and not (merged.get("birth_estimated") and stated[:7] == birth[:7]):
        raise RuleBroken("id_number_birth", birth=birth, stated=stated)
    if merged.get("sex") not in (None, sex):
        raise RuleBroken("id_number_sex")
    row.update(birth_day=birth, birth_estimated=0, sex=sex)
    if old.get("id_print") != fingerprint(key, number):
        row["id_sealed"] = _cipher(key).encrypt(number.encode()).decode()
        row["id_print"], row["id_mask"] = fingerprint(key, number), f"{number[0]}{'*' * 16}{number[-1]}"
    return row
