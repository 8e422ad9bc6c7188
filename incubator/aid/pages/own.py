"""De minimis aid of one's own organisation: how it stands, what it was granted, what it declares. For its people and
its gmina's coordinator; declared by owners."""

import re
from datetime import date
from typing import get_args

from litestar.types import ControllerRouterHandler

from incubator.aid.declare import declare
from incubator.aid.details import Elsewhere, Size
from incubator.aid.pages.labels import labels_in
from incubator.aid.pages.told import cents_in, told
from incubator.aid.queries import elsewhere_of, entries_of, standing_for
from incubator.aid.views import ElsewhereView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import signed_in
from incubator.people.queries import organisation_for
from incubator.people.rules import next_path
from incubator.people.screen import Screen, Shown
from incubator.people.views import OrganisationView
from incubator.people.visit import Visit
from incubator.web.amounts import as_typed
from incubator.web.bodies import Body, OptionalLine, read_query

FIELDS = ("granted_on", "provider", "amount")
EMPTY_ROWS = 3
LINE = re.compile(r"[^\x00\r\n]{1,200}")
SIZES = [one for one in get_args(Size) if one]


class SaidForm(Body, frozen=True):
    """Where the company is and how large, as papers have to say."""

    address: OptionalLine = ""
    size: Size = ""


class Goes(Body, frozen=True):
    """Where the list goes on; and what waits for the declaration, for who was sent here by it."""

    after: str = ""
    back: str = ""


async def _organisation(tx: Tx, visit: Visit) -> OrganisationView:
    """Raises NoSuchOrganisation."""
    return await organisation_for(tx, actor=visit.actor, organisation_id=visit.key("organisation_id"))


async def _shown(tx: Tx, visit: Visit, organisation: OrganisationView) -> Shown:
    actor, key = visit.actor, organisation.id
    goes = read_query(visit.request, Goes)
    again = visit.again("declare")
    return told(
        visit,
        "own.html",
        organisation=organisation,
        may_declare=organisation.my_role == "owner" or visit.actor.is_administrator,
        standing=await standing_for(tx, actor=actor, organisation_id=key, now=visit.now),
        found=await entries_of(tx, actor=actor, organisation_id=key, after=goes.after or None),
        back=next_path(goes.back) if goes.back else "",
        again=again is not None,
        sizes=SIZES,
        rows=_typed_rows(again) if again else _kept_rows(await elsewhere_of(tx, actor=actor, organisation_id=key)),
    )


def _kept_rows(kept: list[ElsewhereView]) -> list[tuple[str, ...]]:
    rows = [(one.granted_on.isoformat(), one.provider, as_typed(one.amount_cents)) for one in kept]
    return [*rows, *[("", "", "")] * EMPTY_ROWS]


def _typed_rows(typed: Typed) -> list[tuple[str, ...]]:
    rows = list(zip(*(typed.fields.get(name, []) for name in FIELDS), strict=False))
    return rows or _kept_rows([])


async def _declare(asked: Asked) -> str:
    """Where it leads: back to what waits for it."""
    if not asked.typed.one("sure"):
        raise CheckField("sure")
    told = [_grant(row) for row in _typed_rows(asked.typed) if any(row)]
    said = asked.typed.shaped(SaidForm)
    about = {"address": said.address, "size": said.size}
    await asked.do(declare, organisation_id=asked.place.id, elsewhere=told, **about)
    back = asked.typed.one("back")
    return next_path(back) if back else ""


def _grant(row: tuple[str, ...]) -> Elsewhere:
    """Raises CheckField."""
    day, provider, amount = row
    try:
        granted_on = date.fromisoformat(day)
    except ValueError:
        raise CheckField("granted_on") from None
    if not LINE.fullmatch(provider):
        raise CheckField("provider")
    return Elsewhere(granted_on=granted_on, provider=provider, amount_cents=cents_in(amount, "amount"))


handlers: list[ControllerRouterHandler] = Screen(
    name="own_aid",
    path="/organisations/{organisation_id:uuid}/aid",
    guard=signed_in,
    about=_organisation,
    shows=_shown,
    deeds={"declare": Deed(_declare, N_("Thank you. The declaration is kept, and good for a year."), to=str)},
    labels=labels_in,
).handlers
