"""One of several at work on the same books: what it says on a line was saved before it said so."""

import random
import sys
from pathlib import Path

from db import timebank
from db.rules import RuleBroken
from db.scope import Desk, Scope


def act(desk: Desk, dice: random.Random, key: str) -> bool:
    """Whether there was something to do: care that books itself, a gift, something for the pool, or a reversal."""
    one, two = dice.choice([(1, 2), (2, 1), (3, 1), (4, 3), (1, 3)])
    what = dice.choice(["care", "care", "give", "donate", "reverse"])
    if what == "care":
        row = {
            "home_id": 1,
            "day": "2026-11-20",
            "giver_id": one,
            "receiver_id": two,
            "service": "visit",
            "minutes": dice.randint(1, 90),
        }
        desk.insert("care_logs", row | {"confirmed": "receiver", "key": key})
        return True
    account = timebank.open_account(desk, one)
    if what == "give":
        timebank.give(desk, account, dice.choice([2, 3, 6]) if one == 1 else 1, dice.randint(1, 30), key=key)
    elif what == "donate":
        timebank.donate(desk, account, dice.randint(1, 30), key=key)
    else:
        sql = "SELECT id FROM transfers t WHERE kind = 'gift' AND first_id IS NULL AND NOT EXISTS (SELECT 1 FROM transfers WHERE reverses_id = t.id)"
        found = desk.db.execute(f"{sql} ORDER BY id DESC LIMIT 1").fetchone()
        return found is not None and timebank.reverse(desk, found[0], "记错了", key) > 0
    return True


def main(data: str, seed: int, times: int) -> None:
    """Do so many things, and say the key of each that was saved."""
    scope, dice = Scope(Path(data), operator=True), random.Random(seed)
    for turn in range(times):
        key = f"{seed}-{turn}"
        try:
            with scope.work() as desk:
                done = act(desk, dice, key)
        except RuleBroken:
            continue
        if done:
            print(key, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
