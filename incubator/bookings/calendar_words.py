"""How a booking is called in its holder's calendar."""

from typing import NamedTuple
from uuid import UUID

from incubator.bookings.states import State
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.web.i18n import translator

SAID = {
    State.AWAITING_APPROVAL: N_("Awaiting approval: {title}"),
    State.AWAITING_PAYMENT: N_("Awaiting payment: {title}"),
}
"""What its title says of a booking that is not firm, or not any more."""

PLACES = """
SELECT space.id, space.name_pl, space.name_en, incubator.name, street, postcode, town
FROM space JOIN incubator ON incubator.id = space.incubator_id WHERE space.id = ANY($1::uuid[])
"""


class Where(NamedTuple):
    """What the space is called, and how one gets there: the room first and the town last, as on an envelope."""

    space: str
    location: str


async def places(tx: Tx, *, space_ids: list[UUID], locale: str) -> dict[UUID, Where]:
    """The spaces by their ids, in one language."""
    found = {}
    for key, pl, en, *incubator, postcode, town in await tx.fetch(PLACES, space_ids):
        space = pl if locale == "pl" else en or pl
        found[key] = Where(space, ", ".join(filter(None, (space, *incubator, f"{postcode} {town}".strip()))))
    return found


def title_of(state: State, title: str, locale: str) -> str:
    return translator(locale).gettext(SAID[state]).format(title=title) if state in SAID else title


def said_for(organisation: str | None, locale: str) -> str:
    """Whom it is for, where that is an organisation."""
    return translator(locale).gettext("For {organisation}").format(organisation=organisation) if organisation else ""
