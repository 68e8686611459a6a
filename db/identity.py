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
OLDEST = 120
MIDDLE = "-07-01"  # of the year of birth, where only the age is known
MISTOLD = 3  # years: many count the age from before birth, or lose count
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


def sound(*names: str | None) -> str:
    """Names in pinyin, whole and as initials, for finding: 王秀英 is `wangxiuying wxy`."""
    from pypinyin import lazy_pinyin

    syllables = [lazy_pinyin(name) for name in names if name]
    return " ".join(f"{''.join(each)} {''.join(part[:1] for part in each)}" for each in syllables).lower()


def aged(row: Row, old: Row, today: str) -> Row:
    """The row with an age that was told, `age_told`, as an estimated birth date: the middle of the year that it points to."""
    row = dict(row)
    age = row.pop("age_told", None)
    if age is None:
        return row
    if not 0 <= int(age) <= OLDEST:
        raise RuleBroken("age_told")
    known = row.get("birth_day") not in (None, old.get("birth_day")) or row.get("id_number") or old.get("id_sealed")
    if known or (old.get("birth_day") and not old.get("birth_estimated")):
        raise RuleBroken("age_or_birth")
    return row | {"birth_day": f"{int(today[:4]) - int(age)}{MIDDLE}", "birth_estimated": 1}


def _roughly(stated: str, birth: str) -> bool:
    """Whether an estimated birth date may stand for the one of the number: the same month, or about the age that was told."""
    years = abs(int(stated[:4]) - int(birth[:4]))
    return stated[:7] == birth[:7] or (stated.endswith(MIDDLE) and years <= MISTOLD)


def seal(key: bytes, row: Row, old: Row) -> Row:
    """The row with how its name sounds, and `id_number` as sealed columns that tell birth day and sex, refused if they differ."""
    row = dict(row)
    if "name" in row or "former_name" in row:
        row["pinyin"] = sound(*(row.get(part, old.get(part)) for part in ("name", "former_name")))
    number = row.pop("id_number", None) or (unseal(key, old["id_sealed"]) if old.get("id_sealed") else None)
    if not number:
        return row
    number, birth, sex = read(number)
    merged = {**old, **row}
    stated = merged.get("birth_day") or birth
    if stated != birth and not (merged.get("birth_estimated") and _roughly(stated, birth)):
        raise RuleBroken("id_number_birth", birth=birth, stated=stated)
    if merged.get("sex") not in (None, sex):
        raise RuleBroken("id_number_sex")
    row.update(birth_day=birth, birth_estimated=0, sex=sex)
    if old.get("id_print") != fingerprint(key, number):
        row["id_sealed"] = _cipher(key).encrypt(number.encode()).decode()
        row["id_print"], row["id_mask"] = fingerprint(key, number), f"{number[0]}{'*' * 16}{number[-1]}"
    return row
