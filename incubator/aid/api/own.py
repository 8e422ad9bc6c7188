"""Aid of one's own organisation: how it stands, what it was granted, what it declares of elsewhere."""

from uuid import UUID

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.aid.api.shapes import OWN, READ, Declared, ElsewhereList, Limit, Limits, Rates
from incubator.aid.dated import limits, rates
from incubator.aid.declare import declare
from incubator.aid.queries import elsewhere_of, entries_of, entry_for, standing_for
from incubator.aid.views import AidEntryView, AidPage, StandingView
from incubator.db.engine import statement
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor

AID = "/organisations/{organisation_id:uuid}/aid"


@get(AID, operation_id="getAidStanding", **READ)
async def get_standing(organisation_id: FromPath[UUID], visit: NamedDependency[Visit]) -> StandingView:
    """What the undertaking was granted in the years that count, of the ceiling. For its people and its gmina."""
    async with statement(visit.db) as tx:
        return await standing_for(tx, actor=visit.actor, organisation_id=organisation_id, now=visit.now)


@get(f"{AID}/entries", operation_id="listAidOfOrganisation", **READ)
async def list_own(
    organisation_id: FromPath[UUID], visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 50
) -> AidPage:
    """What the organisation was granted, the latest first."""
    async with statement(visit.db) as tx:
        return await entries_of(tx, actor=visit.actor, organisation_id=organisation_id, after=after, limit=limit)


@get(f"{AID}/elsewhere", operation_id="listAidFromElsewhere", **READ)
async def list_elsewhere(organisation_id: FromPath[UUID], visit: NamedDependency[Visit]) -> ElsewhereList:
    """What it declared of aid from elsewhere."""
    async with statement(visit.db) as tx:
        return ElsewhereList(items=await elsewhere_of(tx, actor=visit.actor, organisation_id=organisation_id))


@put(f"{AID}/elsewhere", operation_id="declareAid", **OWN)
async def put_elsewhere(
    organisation_id: FromPath[UUID], data: JSONBody[Declared], visit: NamedDependency[Visit]
) -> StandingView:
    """Declare all de minimis aid from elsewhere; it replaces what was declared before. For owners."""
    said = {"address": data.address, "size": data.size}
    return await visit.do(declare, organisation_id=organisation_id, elsewhere=data.elsewhere, **said)


@get("/aid/{entry_id:uuid}", operation_id="getAid", **READ)
async def get_entry(entry_id: FromPath[UUID], visit: NamedDependency[Visit]) -> AidEntryView:
    """One grant, for the company's people and the gmina that granted it."""
    async with statement(visit.db) as tx:
        return await entry_for(tx, actor=visit.actor, entry_id=entry_id)


@get("/aid/limits", operation_id="listAidLimits", **READ)
async def list_limits(visit: NamedDependency[Visit]) -> Limits:
    """The ceilings and the days on which they count, the latest first."""
    async with statement(visit.db) as tx:
        return Limits(items=await limits(tx))


@get("/aid/rates", operation_id="listEuroRates", **READ)
async def list_rates(visit: NamedDependency[Visit]) -> Rates:
    """The central bank's mean rates of the euro of the last days, the latest first."""
    async with statement(visit.db) as tx:
        return Rates(items=await rates(tx))


handlers: list[ControllerRouterHandler] = [
    get_standing,
    list_own,
    list_elsewhere,
    put_elsewhere,
    get_entry,
    list_limits,
    list_rates,
]
