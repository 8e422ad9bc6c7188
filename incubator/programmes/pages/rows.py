"""Lists in a form, a row for each thing: fields `name_pl_0`, `name_pl_1` … A row that is left empty is
none, so a thing is removed by emptying its row, without scripts."""

from collections.abc import Sequence

import msgspec

from incubator.people.forms import CheckField, Typed
from incubator.programmes.details import MOST_ROWS, DateLine, PartnerLine, PerkKind, PerkLine
from incubator.programmes.rules import MINUTES
from incubator.programmes.views import DateView, PartnerView, PerkView
from incubator.web.bodies import Body

DATE = ("on_day", "name_pl", "name_en")
PERK = ("amount", "name_pl", "name_en")
PARTNER = ("name", "url", "role_pl", "role_en")
EMPTY_ROWS = 2


class KindForm(Body, frozen=True):
    kind: PerkKind


def dates_of(typed: Typed) -> list[DateLine]:
    """Raises CheckField."""
    return [row.shaped(DateLine) for row in _rows(typed, DATE)]


def partners_of(typed: Typed) -> list[PartnerLine]:
    """Raises CheckField."""
    return [row.shaped(PartnerLine) for row in _rows(typed, PARTNER)]


def perks_of(typed: Typed) -> list[PerkLine]:
    """Minutes are typed in hours, quarters too. Raises CheckField."""
    return [row.shaped(PerkLine, amount=_amount(row)) for row in _rows(typed, PERK)]


def shown(
    form: str, names: tuple[str, ...], kept: Sequence[DateView | PartnerView | PerkView], typed: Typed | None
) -> list[Typed]:
    """The rows to show: what was typed, else what is kept, and some empty ones."""
    rows = _rows(typed, names) if typed is not None and typed.form == form else [_kept(form, one) for one in kept]
    return [*rows, *(Typed(form, {}) for _ in range(EMPTY_ROWS))][:MOST_ROWS]


def _rows(typed: Typed, names: tuple[str, ...]) -> list[Typed]:
    fields = (*names, "kind")
    rows = [Typed(typed.form, {name: [typed.one(f"{name}_{turn}")] for name in fields}) for turn in range(MOST_ROWS)]
    return [row for row in rows if any(row.one(name) for name in names)]


def _kept(form: str, one: DateView | PartnerView | PerkView) -> Typed:
    fields = {name: ["" if value is None else str(value)] for name, value in msgspec.structs.asdict(one).items()}
    if isinstance(one, PerkView) and one.kind in MINUTES and one.amount:
        fields["amount"] = [f"{one.amount / 60:g}"]
    return Typed(form, fields)


def _amount(row: Typed) -> int | None:
    if not row.one("amount"):
        return None
    try:
        number = float(row.one("amount").replace(",", "."))
    except ValueError:
        raise CheckField("amount") from None
    number *= 60 if row.shaped(KindForm).kind in MINUTES else 1
    if not 0 < number <= 1_000_000 or number != int(number):
        raise CheckField("amount")
    return int(number)
