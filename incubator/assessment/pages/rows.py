"""Lists in a form, a row for each thing: fields `name_pl_0`, `name_pl_1` … A row without a name is none, so
a thing is removed by emptying its name, without scripts."""

from collections.abc import Sequence

import msgspec

from incubator.assessment.details import CriterionDetails, FormalItemDetails
from incubator.assessment.views import CriterionView, FormalItemView
from incubator.people.forms import Typed

ITEM = ("id", "name_pl", "name_en")
CRITERION = ("id", "name_pl", "name_en", "help_pl", "help_en", "most", "weight", "least")
TIES = 4
MOST = 40
EMPTY = 2


def items_of(typed: Typed) -> list[FormalItemDetails]:
    """Raises CheckField."""
    return [row.shaped(FormalItemDetails) for row in _rows(typed, ITEM)]


def criteria_of(typed: Typed) -> list[CriterionDetails]:
    """Raises CheckField."""
    return [row.shaped(CriterionDetails) for row in _rows(typed, CRITERION)]


def ties_of(typed: Typed) -> list[str]:
    return [step for n in range(TIES) if (step := typed.one(f"tie_{n}"))]


def shown(
    form: str, names: tuple[str, ...], kept: Sequence[FormalItemView | CriterionView], typed: Typed | None
) -> list[Typed]:
    """The rows to show: what was typed, else what is kept, and some empty ones."""
    if typed is not None and typed.form == form:
        rows = _rows(typed, names)
    else:
        rows = [
            Typed(form, {name: ["" if value is None else str(value)] for name, value in said.items()})
            for said in map(msgspec.structs.asdict, kept)
        ]
    return [*rows, *(Typed(form, {}) for _ in range(EMPTY))][:MOST]


def _rows(typed: Typed, names: tuple[str, ...]) -> list[Typed]:
    rows = [Typed(typed.form, {name: [typed.one(f"{name}_{turn}")] for name in names}) for turn in range(MOST)]
    return [row for row in rows if row.one("name_pl") or row.one("name_en")]
