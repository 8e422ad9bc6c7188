"""Contracts of mentors, the policy of a gmina, and the timesheet of a month."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.period import WARSAW
from incubator.mentoring.add_contract import add_contract
from incubator.mentoring.api.mentor_shapes import DESK, DESK_READ, READ, Contracts, Month
from incubator.mentoring.change_contract import change_contract
from incubator.mentoring.contracts import policies
from incubator.mentoring.details import ContractTerms, PolicyLimits
from incubator.mentoring.mentor_views import ContractView, PolicyView
from incubator.mentoring.month_of import timesheet_of
from incubator.mentoring.profiles import mentor_privately
from incubator.mentoring.reach import mentor_key
from incubator.mentoring.set_policy import set_policy
from incubator.mentoring.timesheet import Timesheet
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.reach import gmina_key
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@get("/mentors/{slug:str}/contracts", operation_id="listContracts", **READ)
async def list_contracts(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Contracts:
    """The contracts with a mentor: for the mentor and the coordinator of their gmina."""
    async with statement(db) as tx:
        view = await mentor_privately(tx, actor=actor, slug=slug, today=now.astimezone(WARSAW).date())
    return Contracts(items=view.contracts)


@post("/mentors/{slug:str}/contracts", operation_id="addContract", **DESK)
async def post_contract(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    data: JSONBody[ContractTerms],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[ContractView]:
    """Agree with a mentor on what the gmina pays for. From the first contract on they are met within
    contracts alone."""

    async def make(tx: Tx) -> Made:
        key = await mentor_key(tx, slug)
        view = await add_contract(tx, actor=actor, mentor_id=key, terms=data, now=now)
        return view, f"/api/mentors/{slug}/contracts"

    return await created(request, db, actor.account_id, make)


@put("/mentors/{slug:str}/contracts/{contract_id:uuid}", operation_id="changeContract", **DESK)
async def put_contract(
    slug: FromPath[str],
    contract_id: FromPath[UUID],
    data: JSONBody[ContractTerms],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[ContractView]:
    """Change a contract; its `version` is the ETag. The budget cannot go below what is used of it."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> ContractView:
        key = await mentor_key(tx, slug)
        return await change_contract(
            tx, actor=actor, mentor_id=key, contract_id=contract_id, terms=data, seen=seen, now=now
        )

    view = await attempt(db, act)
    return tagged(view, view.version)


@get("/gminas/{slug:str}/mentoring-policy", operation_id="getMentoringPolicy", **DESK_READ)
async def get_policy(
    slug: FromPath[str], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[PolicyView]:
    """How many minutes a month the gmina's mentors give to each organisation or person."""
    async with statement(db) as tx:
        key = await gmina_key(tx, slug)
        must_coordinate(actor, key)
        [view] = await policies(tx, gmina_ids=[key])
    return tagged(view, view.version)


@put("/gminas/{slug:str}/mentoring-policy", operation_id="setMentoringPolicy", **DESK)
async def put_policy(
    slug: FromPath[str],
    data: JSONBody[PolicyLimits],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[PolicyView]:
    """Set both limits anew; none given, no limit. It counts for meetings booked from now on."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> PolicyView:
        key = await gmina_key(tx, slug)
        return await set_policy(tx, actor=actor, gmina_id=key, limits=data, seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


@get("/mentors/{slug:str}/timesheet", operation_id="getTimesheet", **READ)
async def get_timesheet(
    slug: FromPath[str],
    month: Month,
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Timesheet:
    """The confirmed meetings of a mentor's month, with minutes and grosz by contract; for the mentor and
    the coordinator of their gmina."""
    async with statement(db) as tx:
        first = date.fromisoformat(f"{month}-01")
        return await timesheet_of(tx, actor=actor, slug=slug, month=first, now=now)


handlers: list[ControllerRouterHandler] = [
    list_contracts,
    post_contract,
    put_contract,
    get_policy,
    put_policy,
    get_timesheet,
]
