"""Find companies, and look at one. Public."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.directory.api.shapes import (
    OPEN,
    Companies,
    Limit,
    Named,
    Section,
    Specialisations,
    Wants,
    Words,
)
from incubator.directory.queries import company
from incubator.directory.search import Wish, find
from incubator.directory.specialisations import all_specialisations
from incubator.directory.views import CompanyView
from incubator.web.cursors import Cursor


@get("/directory", operation_id="findCompanies", **OPEN)
async def list_companies(
    db: NamedDependency[Database],
    q: Words = None,
    gmina: Named = None,
    specialisation: Named = None,
    section: Section = None,
    wants: Wants = None,
    ambassador: Annotated[bool, QueryParameter()] = False,
    after: Cursor = None,
    limit: Limit = 20,
) -> Companies:
    """Companies of the metropolis: by words (the best first), or all by name; of a gmina, a local
    specialisation (their slugs), an activity."""
    wish = Wish(
        words=q or "",
        gmina=gmina or "",
        specialisation=specialisation or "",
        section=section or "",
        wants=wants or "",
        ambassador=ambassador,
    )
    async with statement(db) as tx:
        found = await find(tx, wish=wish, after=after, limit=limit)
    return Companies(items=found.companies, total=found.total, instead=found.instead, next=found.next)


@get("/directory/companies/{slug:str}", operation_id="getCompany", **OPEN)
async def get_company(slug: FromPath[str], db: NamedDependency[Database]) -> CompanyView:
    """A company as it shows itself, or as a public register has it."""
    async with statement(db) as tx:
        return await company(tx, slug=slug)


@get("/directory/specialisations", operation_id="listSpecialisations", **OPEN)
async def list_specialisations(db: NamedDependency[Database]) -> Specialisations:
    """Local specialisations, and how many companies stand under each."""
    async with statement(db) as tx:
        return Specialisations(items=await all_specialisations(tx))


handlers: list[ControllerRouterHandler] = [list_companies, get_company, list_specialisations]
