"""What an hour that the gmina gives free of charge is worth: benchmarks, which the desk of aid sets."""

from datetime import date
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.aid.benchmarks import What, benchmarks_for, benchmarks_missing
from incubator.aid.details import BenchmarkDetails
from incubator.aid.pages.labels import labels_in
from incubator.aid.pages.told import told
from incubator.aid.set_benchmark import set_benchmark
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.web.amounts import read_amount
from incubator.web.bodies import Body, Line


class WorthForm(Body, frozen=True):
    gmina_id: UUID
    what: What
    since: date
    source: Line


async def _shown(tx: Tx, visit: Visit, _: None) -> Shown:
    every = await gminas(tx)
    return told(
        visit,
        "worth.html",
        benchmarks=await benchmarks_for(tx, actor=visit.actor),
        missing=await benchmarks_missing(tx, actor=visit.actor, now=visit.now),
        gminas=[one for one in every if visit.actor.is_administrator or one.id in visit.actor.coordinates],
        whats=list(What),
    )


async def _set(asked: Asked) -> None:
    form = asked.typed.shaped(WorthForm)
    try:
        price = read_amount(asked.typed.one("price"))
    except ValueError:
        price = 0
    if not 1 <= price <= 1_000_000:
        raise CheckField("price")
    details = BenchmarkDetails(what=form.what, since=form.since, price=price, source=form.source)
    await asked.do(set_benchmark, gmina_id=form.gmina_id, details=details)


handlers: list[ControllerRouterHandler] = Screen(
    name="aid_worth",
    path="/desk/aid/worth",
    guard=coordinator,
    about=nothing,
    shows=_shown,
    deeds={"set": Deed(_set, N_("The price counts from its day on."))},
    labels=labels_in,
).handlers
