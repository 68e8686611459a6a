"""What the books of the time bank should hold, told a second time in plain Python: nothing here asks the tables."""

from dataclasses import dataclass, field
from typing import NamedTuple

Account = tuple[str, int]  # person and id, pool, clearing and home, team 1, system 0
SYSTEM: Account = ("system", 0)
TEAM: Account = ("team", 1)


class Refused(Exception):
    """The books would not have it."""


class Line(NamedTuple):
    """One transfer; `back` is the number of the line it takes back, `first` that of the leg before it in the other home."""

    home: int
    kind: str
    giver: Account
    receiver: Account
    minutes: int
    log: int | None = None
    request: int | None = None
    back: int | None = None
    first: int | None = None


@dataclass
class Rules:
    """The rules of a home, as far as they count here."""

    round_to: int = 0
    round_how: str = "up"
    cap: int | None = 90000
    floor: int = 0
    opening: int = 0
    closing: str = "to_spouse"


@dataclass
class Books:
    """Homes by person, who is kin to whom, key elders; and all that was booked."""

    homes: dict[int, int]
    kin: list[tuple[int, int, str]]
    keys: set[int]
    today: int = 0
    lines: list[Line] = field(default_factory=list)
    balance: dict[Account, int] = field(default_factory=dict)
    rules: dict[int, Rules] = field(default_factory=lambda: {1: Rules(), 2: Rules()})
    accounts: set[Account] = field(default_factory=lambda: {TEAM})
    closed: set[Account] = field(default_factory=set)
    dead: set[int] = field(default_factory=set)
    requests: dict[int, dict] = field(default_factory=dict)

    def home(self, account: Account) -> int | None:
        """Where an account is kept; the system's nowhere."""
        name, id = account
        return {"person": self.homes.get(id), "team": 1, "system": None}.get(name, id)

    def held(self, account: Account, but: int | None = None) -> int:
        """What open requests hold of it."""
        return sum(q["minutes"] for id, q in self.requests.items()
                   if q["payer"] == account and q["open"] and q["last"] >= self.today and id != but)  # fmt: skip

    def floor(self, account: Account) -> int:
        """The lowest balance."""
        return self.rules[self.home(account) or 1].floor if account[0] == "person" else 0

    def post(self, line: Line, but: int | None = None) -> int:
        """The number of a line that is booked; Refused where a limit would break."""
        for side in (line.giver, line.receiver):
            if self.home(side) not in (None, line.home) or side in self.closed:
                raise Refused
        if line.kind != "move":
            self._limits(line, but)
        self.lines.append(line)
        for side, minutes in ((line.giver, -line.minutes), (line.receiver, line.minutes)):
            self.balance[side] = self.balance.get(side, 0) + minutes
        return len(self.lines)

    def _limits(self, line: Line, but: int | None) -> None:
        free = self.balance.get(line.giver, 0) - self.held(line.giver, but)
        if line.giver[0] in ("person", "team", "pool") and free - line.minutes < self.floor(line.giver):
            raise Refused
        cap = self.rules[line.home].cap
        if line.receiver[0] == "person" and cap is not None and self.balance.get(line.receiver, 0) + line.minutes > cap:
            raise Refused

    def open(self, person: int) -> Account:
        """A person's account, with what it begins with."""
        account = ("person", person)
        if account not in self.accounts:
            if person in self.dead:
                raise Refused
            self.accounts.add(account)
            gift = self.rules[self.homes[person]].opening
            if gift and person not in self.keys:
                self.post(Line(self.homes[person], "opening", SYSTEM, account, gift))
        return account

    def rounded(self, home: int, minutes: int) -> int:
        """Minutes as the home rounds them."""
        rules = self.rules[home]
        add = {"up": rules.round_to - 1, "nearest": rules.round_to // 2, "down": 0}[rules.round_how]
        return (minutes + add) // rules.round_to * rules.round_to if rules.round_to else minutes

    def book(self, log: int, home: int, helper: int | None, minutes: int, request: int | None) -> None:
        """What a confirmed entry earns, overflows and is paid with."""
        minutes = self.rounded(home, minutes)
        if minutes:
            self._earn(log, home, helper, minutes, request)
            if request is not None:
                self._pay(log, home, minutes, request)
        if request is not None:
            self.requests[request] |= {"open": False, "log": log}

    def _earn(self, log: int, home: int, helper: int | None, minutes: int, request: int | None) -> None:
        account = TEAM if helper is None else ("person", helper)
        gone = helper in self.keys or helper in self.dead or account in self.closed or self.home(account) != home
        if gone:
            account = ("pool", home)
        elif helper is not None:
            self.open(helper)
        cap = self.rules[home].cap
        room = minutes if account[0] != "person" or cap is None else max(0, cap - self.balance.get(account, 0))
        if minutes > room:
            self.post(Line(home, "overflow", SYSTEM, ("pool", home), minutes - room, log, request))
        if room:
            self.post(Line(home, "earn", SYSTEM, account, min(room, minutes), log, request))

    def _pay(self, log: int, home: int, minutes: int, request: int) -> None:
        asked = self.requests[request]
        payer = asked["payer"]
        there = self.balance.get(payer, 0) - self.floor(payer) - self.held(payer, request)
        minutes = min(minutes, asked["minutes"], there)
        if asked["log"] not in (None, log) or payer in self.closed:
            return
        elder = self.open(asked["person"]) if payer[0] == "pool" else payer
        if minutes <= 0 or elder in self.closed:
            return
        if payer[0] == "pool":
            has, cap = self.balance.get(elder, 0), self.rules[home].cap
            if (cap is not None and has + asked["minutes"] > cap) or has - self.held(elder) < self.floor(elder):
                return
            self.post(Line(home, "grant", payer, elder, minutes, log, request), request)
        self.post(Line(home, "redeem", elder, SYSTEM, minutes, log, request), request)

    def take_back(self, number: int) -> None:
        """Reverse a line and the leg that followed it."""
        line = self.lines[number - 1]
        if line.kind in ("reversal", "move") or any(each.back == number for each in self.lines):
            raise Refused
        if line.first is not None and not any(each.back == line.first for each in self.lines):
            raise Refused
        back = Line(line.home, "reversal", line.receiver, line.giver, line.minutes, line.log, line.request, back=number)
        self.post(back)
        for other, each in enumerate(list(self.lines), 1):
            if each.first == number:
                self.take_back(other)

    def unbook(self, log: int, reopen: bool = True) -> None:
        """Take back all of an entry, the last first; its request is open again."""
        for number in range(len(self.lines), 0, -1):
            line = self.lines[number - 1]
            if line.log == log and line.kind != "reversal" and not any(each.back == number for each in self.lines):
                self.take_back(number)
        for asked in self.requests.values():
            if reopen and asked["log"] == log:
                asked |= {"open": True, "log": None}

    def give(self, giver: Account, relative: int, minutes: int) -> None:
        """A gift to a relative, through the clearing accounts where the relative is of another home."""
        here, there = self.home(giver) or 0, self.homes[relative]
        to = self.open(relative)
        if (giver[1], relative) not in {(one, two) for one, two, _ in self.all_kin()}:
            raise Refused
        if here == there:
            self.post(Line(here, "gift", giver, to, minutes))
            return
        first = self.post(Line(here, "gift", giver, ("clearing", here), minutes))
        self.post(Line(there, "gift", ("clearing", there), to, minutes, first=first))

    def all_kin(self) -> list[tuple[int, int, str]]:
        """Who is kin to whom, from either side, in the order in which it was written down."""
        return [side for one, two, kin in self.kin for side in ((one, two, kin), (two, one, kin))]

    def withdraw(self, *, person: int | None = None, payer: Account | None = None) -> None:
        """Close what somebody asked for or would pay."""
        for asked in self.requests.values():
            if asked["open"] and (asked["person"] == person or asked["payer"] == payer):
                asked |= {"open": False, "log": -1}

    def close(self, person: int, way: str | None) -> None:
        """Close an account: to the heir what fits, the rest to the pool; a debt is let go."""
        account, home = ("person", person), self.homes[person]
        if account not in self.accounts or account in self.closed:
            return
        self.withdraw(person=person, payer=account)
        heir = self._heir(person, way or self.rules[home].closing)
        if heir and self.balance.get(account, 0) > 0:
            to = self.open(heir)
            cap = self.rules[self.homes[heir]].cap
            room = self.balance[account] if cap is None else cap - self.balance.get(to, 0)
            if min(room, self.balance[account]) > 0:
                self._inherit(account, heir, min(room, self.balance[account]))
        left = self.balance.get(account, 0)
        if left > 0:
            self.post(Line(home, "donate", account, ("pool", home), left))
        if left < 0:
            self.post(Line(home, "waive", SYSTEM, account, -left))
        self.closed.add(account)

    def _inherit(self, account: Account, heir: int, minutes: int) -> None:
        self.give(account, heir, minutes)

    def _heir(self, person: int, way: str) -> int | None:
        if way == "to_pool":
            return None
        kin = [(two, kind) for one, two, kind in self.all_kin() if one == person and kind in ("spouse", "child")
               and two not in self.dead and ("person", two) not in self.closed]  # fmt: skip
        kin.sort(key=lambda each: ((each[1] == "spouse") != (way == "to_spouse"), each[1] != "child"))
        return kin[0][0] if kin else None

    def move(self, person: int, home: int) -> None:
        """Take along what is there."""
        account, old = ("person", person), self.homes[person]
        self.withdraw(person=person, payer=account)
        left = self.balance.get(account, 0)
        open = account in self.accounts and account not in self.closed
        sides = (account, ("clearing", old)) if left > 0 else (("clearing", old), account)
        first = self.post(Line(old, "move", *sides, abs(left))) if open and left else None
        self.homes[person] = home
        if first:
            sides = (("clearing", home), account) if left > 0 else (account, ("clearing", home))
            self.post(Line(home, "move", *sides, abs(left), first=first))
