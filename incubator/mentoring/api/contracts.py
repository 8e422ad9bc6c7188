"""Contracts of mentors, the policy of a gmina, and the timesheet of a month."""

from datetime import date
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
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
from incubator.people.change import Change
from incubator.people.guards import must_coordinate
from incubator.people.visit import Found, Visit
from incubator.places.reach import gmina_key
from incubator.web.etags import tagged


@get("/mentors/{slug:str}/contracts", operation_id="listContracts", **READ)
async def list_contracts(visit: NamedDependency[Visit], slug: FromPath[str]) -> Contracts:
    """The contracts with a mentor: for the mentor and the coordinator of their gmina."""
    async with statement(visit.db) as tx:
        view = await mentor_privately(tx, actor=visit.actor, slug=slug, today=visit.now.astimezone(WARSAW).date())
    return Contracts(items=view.contracts)


@post("/mentors/{slug:str}/contracts", operation_id="addContract", **DESK)
async def post_contract(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[ContractTerms]
) -> Response[ContractView]:
    """Agree with a mentor on what the gmina pays for. From the first contract on they are met within
    contracts alone."""
    return await visit.create(
        add_contract, f"/api/mentors/{slug}/contracts", mentor_id=Found(mentor_key, slug), terms=data
    )


@put("/mentors/{slug:str}/contracts/{contract_id:uuid}", operation_id="changeContract", **DESK)
async def put_contract(
    change: NamedDependency[Change], slug: FromPath[str], contract_id: FromPath[UUID], data: JSONBody[ContractTerms]
) -> Response[ContractView]:
    """Change a contract; its `version` is the ETag. The budget cannot go below what is used of it."""
    return await change(change_contract, mentor_id=Found(mentor_key, slug), contract_id=contract_id, terms=data)


@get("/gminas/{slug:str}/mentoring-policy", operation_id="getMentoringPolicy", **DESK_READ)
async def get_policy(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[PolicyView]:
    """How many minutes a month the gmina's mentors give to each organisation or person."""
    async with statement(visit.db) as tx:
        key = await gmina_key(tx, slug)
        must_coordinate(visit.actor, key)
        [view] = await policies(tx, gmina_ids=[key])
    return tagged(view, view.version)


@put("/gminas/{slug:str}/mentoring-policy", operation_id="setMentoringPolicy", **DESK)
async def put_policy(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[PolicyLimits]
) -> Response[PolicyView]:
    """Set both limits anew; none given, no limit. It counts for meetings booked from now on."""
    return await change(set_policy, gmina_id=Found(gmina_key, slug), limits=data)


@get("/mentors/{slug:str}/timesheet", operation_id="getTimesheet", **READ)
async def get_timesheet(visit: NamedDependency[Visit], slug: FromPath[str], month: Month) -> Timesheet:
    """The confirmed meetings of a mentor's month, with minutes and grosz by contract; for the mentor and
    the coordinator of their gmina."""
    async with statement(visit.db) as tx:
        first = date.fromisoformat(f"{month}-01")
        return await timesheet_of(tx, actor=visit.actor, slug=slug, month=first, now=visit.now)


handlers: list[ControllerRouterHandler] = [
    list_contracts,
    post_contract,
    put_contract,
    get_policy,
    put_policy,
    get_timesheet,
]
