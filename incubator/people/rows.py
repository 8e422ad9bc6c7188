"""Lists in a form, a row for each thing: fields `name_pl_0`, `name_pl_1` … A row that is left empty is none,
so a thing is removed by emptying its row, without scripts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from incubator.people.forms import Typed

EMPTY = 2
"""Rows to add something in, without scripts."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The list that the form `form` holds: its fields, those of them that make a row one, and the most rows."""

    form: str
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    most: int

    def typed(self, typed: Typed) -> list[Typed]:
        """Each row that holds something, as a form of its own."""
        rows = [
            Typed(typed.form, {name: [typed.one(f"{name}_{turn}")] for name in self.fields})
            for turn in range(self.most)
        ]
        return [row for row in rows if any(row.one(name) for name in self.needed)]

    def shown(self, kept: Iterable[Typed | msgspec.Struct], typed: Typed | None) -> Sequence[Typed]:
        """The rows to show: what was typed, else what is kept, and some empty ones."""
        if typed is not None and typed.form == self.form:
            rows = self.typed(typed)
        else:
            rows = [one if isinstance(one, Typed) else as_typed(self.form, one) for one in kept]
        return [*rows, *(Typed(self.form, {}) for _ in range(EMPTY))][: self.most]


def as_typed(form: str, kept: msgspec.Struct, **instead: Any) -> Typed:
    """What is kept, as if it had just been typed."""
    told = {**msgspec.structs.asdict(kept), **instead}
    return Typed(form, {name: ["" if value is None else str(value)] for name, value in told.items()})
