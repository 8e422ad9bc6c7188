"""The gmina's desk: what it granted, certificates; who counts as one undertaking."""

from datetime import date, datetime
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.aid.benchmarks import benchmarks_missing
from incubator.aid.certify import certify
from incubator.aid.pages.labels import labels_in
from incubator.aid.pages.told import told
from incubator.aid.queries import elsewhere_of, entries_at_desk, standing_for
from incubator.aid.undertakings import link, separate
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.queries import organisation_for
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.views import OrganisationView
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Line, OptionalLine, read_query


class Asks(Body, frozen=True):
    """Which days; without any, the last year. Which `company`, by a part of its name or its NIP."""

    first: date | None = None
    last: date | None = None
    company: OptionalLine = ""
    after: str = ""


class EntryForm(Body, frozen=True):
    entry_id: UUID


class LinkForm(Body, frozen=True):
    nip: str
    because: Line


class ReasonForm(Body, frozen=True):
    because: Line


async def _list(tx: Tx, visit: Visit, _: None) -> Shown:
    asks = read_query(visit.request, Asks)
    last = asks.last or _today(visit.now)
    first = asks.first or date.fromordinal(max(last.toordinal() - 365, 1))
    company, after = asks.company, asks.after or None
    found = await entries_at_desk(tx, actor=visit.actor, first=first, last=last, company=company, after=after)
    wish = {"first": first, "last": last, "company": company}
    missing = await benchmarks_missing(tx, actor=visit.actor, now=visit.now)
    return told(visit, "desk.html", found=found, wish=wish, missing=missing)


def _today(now: datetime) -> date:
    return now.astimezone(WARSAW).date()


async def _certify(asked: Asked) -> None:
    await asked.do(certify, entry_id=asked.typed.shaped(EntryForm).entry_id)


LIST = Screen(
    name="aid_desk",
    path="/desk/aid",
    guard=coordinator,
    about=nothing,
    shows=_list,
    deeds={"certify": Deed(_certify, N_("The certificate is issued. You can print it and give it to the company."))},
    labels=labels_in,
)


async def _organisation(tx: Tx, visit: Visit) -> OrganisationView:
    """Raises NoSuchOrganisation, NotYours."""
    found = await organisation_for(tx, actor=visit.actor, organisation_id=visit.key("organisation_id"))
    must_coordinate(visit.actor, found.gmina_id)
    return found


async def _company(tx: Tx, visit: Visit, organisation: OrganisationView) -> Shown:
    actor, key = visit.actor, organisation.id
    return told(
        visit,
        "desk_company.html",
        organisation=organisation,
        standing=await standing_for(tx, actor=actor, organisation_id=key, now=visit.now),
        elsewhere=await elsewhere_of(tx, actor=actor, organisation_id=key),
        found=await entries_at_desk(tx, actor=actor, organisation_id=key),
    )


async def _link(asked: Asked) -> None:
    form = asked.typed.shaped(LinkForm)
    nip = "".join(one for one in form.nip if one not in " -")
    if not (len(nip) == 10 and nip.isascii() and nip.isdigit()):
        raise CheckField("nip")
    await asked.do(link, organisation_id=asked.place.id, nip=nip, because=form.because)


async def _separate(asked: Asked) -> None:
    because = asked.typed.shaped(ReasonForm).because
    await asked.do(separate, organisation_id=asked.place.id, because=because)


COMPANY = Screen(
    name="aid_company",
    path="/desk/aid/companies/{organisation_id:uuid}",
    guard=coordinator,
    about=_organisation,
    shows=_company,
    deeds={
        "link": Deed(_link, N_("From now on both count as one undertaking.")),
        "separate": Deed(_separate, N_("The company counts by itself from now on.")),
    },
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*LIST.handlers, *COMPANY.handlers]
