"""What can go wrong with a request, on demand: so often, or by chance with a seed."""

import random
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """`…_AFTER`: the deed is done. A 500 after it is kept under the key, as Stripe keeps it, and comes again.
    `ERROR_KEPT` is kept though nothing was done."""

    RATE_LIMIT = "rate_limit"
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    ERROR_KEPT = "error_kept"
    SILENCE_BEFORE = "silence_before"
    SILENCE_AFTER = "silence_after"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"

    @property
    def first(self) -> bool:
        """Whether it strikes before anything is done."""
        return self in {Fault.RATE_LIMIT, Fault.ERROR_BEFORE, Fault.SILENCE_BEFORE, Fault.CUT_BEFORE}


@dataclass(slots=True)
class Faults:
    """`planned` strike the next requests whose "POST /v1/…" begins so, in turn; besides, each request meets
    one of `by_chance` with probability `share`."""

    planned: list[tuple[str, Fault]] = field(default_factory=list)
    by_chance: tuple[Fault, ...] = ()
    share: float = 0.0
    dice: random.Random = field(default_factory=lambda: random.Random(0))

    def plan(self, *faults: Fault, on: str = "POST /v1/") -> None:
        self.planned += [(on, fault) for fault in faults]

    def strike(self, asked: str) -> Fault | None:
        for n, (on, fault) in enumerate(self.planned):
            if asked.startswith(on):
                del self.planned[n]
                return fault
        return self.dice.choice(self.by_chance) if self.by_chance and self.dice.random() < self.share else None
