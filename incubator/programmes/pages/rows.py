"""The lists in the forms of programmes: dates, perks, partners."""

from collections.abc import Sequence

from incubator.people.forms import CheckField, Typed
from incubator.people.rows import Rows, as_typed
from incubator.programmes.details import MOST_ROWS, DateLine, PartnerLine, PerkKind, PerkLine
from incubator.programmes.rules import MINUTES
from incubator.programmes.views import PerkView
from incubator.web.bodies import Body

NAMES = ("name_pl", "name_en")
DATES = Rows("dates", (*NAMES, "on_day", "kind"), needed=(*NAMES, "on_day"), most=MOST_ROWS)
PERKS = Rows("perks", (*NAMES, "amount", "kind"), needed=(*NAMES, "amount"), most=MOST_ROWS)
PARTNER = ("name", "url", "role_pl", "role_en")
PARTNERS = Rows("partners", (*PARTNER, "kind"), needed=PARTNER, most=MOST_ROWS)


class KindForm(Body, frozen=True):
    kind: PerkKind


def dates_of(typed: Typed) -> list[DateLine]:
    """Raises CheckField."""
    return [row.shaped(DateLine) for row in DATES.typed(typed)]


def partners_of(typed: Typed) -> list[PartnerLine]:
    """Raises CheckField."""
    return [row.shaped(PartnerLine) for row in PARTNERS.typed(typed)]


def perks_of(typed: Typed) -> list[PerkLine]:
    """Minutes are typed in hours, quarters too. Raises CheckField."""
    return [row.shaped(PerkLine, amount=_amount(row)) for row in PERKS.typed(typed)]


def perks_shown(kept: Sequence[PerkView], typed: Typed | None) -> Sequence[Typed]:
    return PERKS.shown([_in_hours(one) for one in kept], typed)


def _in_hours(one: PerkView) -> Typed:
    if one.kind in MINUTES and one.amount:
        return as_typed(PERKS.form, one, amount=f"{one.amount / 60:g}")
    return as_typed(PERKS.form, one)


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
