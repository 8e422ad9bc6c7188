"""Which charges a transfer may pay. Pure; of a whole file it takes a while: ask in a thread.

Titles are what anybody writes to the gmina for a grosz, so what one of them costs is bounded: the charges are looked up,
of a title so many numbers and letters are read, and so many charges are told.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol
from uuid import UUID

from incubator.payments.rules import numbers_in

MOST = 5
LETTERS = 200
"""Of a name and of a title; banks pass on 140."""
WORDS_MOST = 20
"""Of these, so many that names of payers have too: the rarest."""
MARKS = re.compile(r"[\u0300-\u036f]+")
WORDS = re.compile(r"[a-z0-9]{2,}")
LEGAL = frozenset({"sp", "oo", "spolka", "ltd", "sa", "fundacja", "stowarzyszenie", "ul", "z", "o"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A charge that is waited for."""

    id: UUID
    number: int
    outstanding: int
    payer: str


class Transfer(Protocol):
    """What somebody sent, as the bank says it."""

    @property
    def title(self) -> str: ...
    @property
    def payer(self) -> str: ...
    @property
    def amount(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A charge that a transfer may pay, and why: by its `number`, by `amount` and name, or by the `amount` alone
    where no other charge has it."""

    charge_id: UUID
    why: str
    exact: bool


@dataclass(frozen=True, slots=True)
class OfAmount:
    """Charges of one amount, with their places; by the words of whom they are to be paid by, and those by each word."""

    charges: list[Asked] = field(default_factory=list)
    namesakes: dict[frozenset[str], list[tuple[int, Asked]]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, set[frozenset[str]]] = field(default_factory=lambda: defaultdict(set))

    def add(self, one: Asked) -> None:
        words = words_of(one.payer)
        self.namesakes[words].append((len(self.charges), one))
        self.charges.append(one)
        for word in words if len(words) > 1 else ():
            self.by_word[word].add(words)

    def named_by(self, words: frozenset[str]) -> list[Asked]:
        """Those of whose name the words have two, or all of it where that is one word."""
        known = sorted((self.by_word[word] for word in words if word in self.by_word), key=len)[:WORDS_MOST]
        names = {frozenset((word,)) for word in words}.union(*(one & other for one, other in combinations(known, 2)))
        return [one for _, one in sorted(found for name in names for found in self.namesakes.get(name, ())[:MOST])]


def suggested(transfers: Sequence[Transfer], *, asked: Iterable[Asked]) -> list[list[Suggestion]]:
    """For each transfer which charges it may be for, the likeliest first, at most MOST; `asked` comes in this order."""
    amounts = {one.amount: OfAmount() for one in transfers}
    by_number: dict[int, Asked] = {}
    for one in asked:
        by_number[one.number] = one
        if one.outstanding in amounts:
            amounts[one.outstanding].add(one)
    return [_suggested(one, by_number, amounts[one.amount]) for one in transfers]


def _suggested(transfer: Transfer, by_number: Mapping[int, Asked], same: OfAmount) -> list[Suggestion]:
    numbers = numbers_in(transfer.title, of=by_number)[:MOST]
    if numbers:
        return [Suggestion(by_number[n].id, "number", by_number[n].outstanding == transfer.amount) for n in numbers]
    if same.charges:
        by_name = same.named_by(words_of(f"{transfer.payer[:LETTERS]} {transfer.title[:LETTERS]}"))
        if by_name:
            return [Suggestion(one.id, "name", True) for one in by_name[:MOST]]
    return [Suggestion(one.id, "amount", True) for one in same.charges] if len(same.charges) == 1 else []


def words_of(name: str) -> frozenset[str]:
    """The words of a name as banks write them: without Polish letters, capitals and legal forms."""
    plain = MARKS.sub("", unicodedata.normalize("NFKD", name.casefold().replace("ł", "l")))
    return frozenset(WORDS.findall(plain.replace(".", ""))) - LEGAL
