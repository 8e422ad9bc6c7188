"""Find mentors; add and describe them."""

from typing import Annotated

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.period import WARSAW
from incubator.mentoring.add_mentor import add_mentor
from incubator.mentoring.api.mentor_shapes import (
    DESK,
    DESK_READ,
    OPEN,
    OWN,
    READ,
    DeskMentors,
    Limit,
    Mentors,
    Named,
)
from incubator.mentoring.describe_mentor import describe_mentor
from incubator.mentoring.details import LANGUAGES, MentorDetails, NewMentor
from incubator.mentoring.mentor_views import MentorPrivately, MentorView
from incubator.mentoring.profiles import Wish, directory, mentor_by_slug, mentor_privately, mentors_at_desk
from incubator.mentoring.reach import mentor_key
from incubator.people.change import Change
from incubator.people.guards import must_coordinate
from incubator.people.visit import Found, Visit
from incubator.places.reach import gmina_key
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged


@get("/mentors", operation_id="listMentors", **OPEN)
async def list_mentors(
    db: NamedDependency[Database],
    topic: Named = None,
    language: Annotated[str | None, QueryParameter(pattern=f"^({'|'.join(LANGUAGES)})$")] = None,
    gmina: Named = None,
    online: Annotated[bool, QueryParameter()] = False,
    q: Annotated[
        str | None, QueryParameter(max_length=80, pattern="^[^\\x00]*$", description="Part of the name.")
    ] = None,
    after: Cursor = None,
    limit: Limit = 50,
) -> Mentors:
    """The mentors of the metropolis: of a topic, who speak a language, who can be met in a gmina (its slug)
    or online."""
    wish = Wish(topic=topic or "", language=language or "", gmina=gmina or "", online=online, name=q or "")
    seen = read_cursor(after, str)
    async with statement(db) as tx:
        found = await directory(tx, wish=wish, after=seen[1] if seen else None, limit=limit + 1)
    more = write_cursor("", found[limit - 1].id) if len(found) > limit else None
    return Mentors(items=found[:limit], next=more)


@get("/mentors/{slug:str}", operation_id="getMentor", **OPEN)
async def get_mentor(slug: FromPath[str], db: NamedDependency[Database]) -> Response[MentorView]:
    """A mentor's profile with hours and rules, and its ETag."""
    async with statement(db) as tx:
        view = await mentor_by_slug(tx, slug=slug)
    return tagged(view, view.version)


@get("/mentors/{slug:str}/private", operation_id="getMentorPrivately", **READ)
async def get_mentor_privately(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[MentorPrivately]:
    """The profile with the online link, days that are not as usual, and contracts: for the mentor and the
    coordinator of their gmina."""
    async with statement(visit.db) as tx:
        view = await mentor_privately(tx, actor=visit.actor, slug=slug, today=visit.now.astimezone(WARSAW).date())
    return tagged(view, view.profile.version)


@get("/gminas/{slug:str}/mentors", operation_id="listMentorsOfGmina", **DESK_READ)
async def list_mentors_of_gmina(visit: NamedDependency[Visit], slug: FromPath[str]) -> DeskMentors:
    """The mentors that a gmina runs, with their state and what is used of today's contracts."""
    async with statement(visit.db) as tx:
        key = await gmina_key(tx, slug)
        must_coordinate(visit.actor, key)
        found = await mentors_at_desk(tx, gmina_ids=[key], today=visit.now.astimezone(WARSAW).date())
    return DeskMentors(items=found)


@post("/mentors", operation_id="addMentor", **DESK)
async def post_mentor(visit: NamedDependency[Visit], data: JSONBody[NewMentor]) -> Response[MentorView]:
    """Make somebody a mentor of a gmina. They get an account where they have none, and a mail."""
    return await visit.create(
        add_mentor,
        lambda view: f"/api/mentors/{view.slug}",
        gmina_id=Found(gmina_key, data.gmina),
        email=data.email,
        name=data.name,
    )


@put("/mentors/{slug:str}/details", operation_id="describeMentor", **OWN)
async def put_mentor_details(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[MentorDetails]
) -> Response[MentorView]:
    """Who the mentor is and what they can be asked about, all of it anew."""
    return await change(describe_mentor, mentor_id=Found(mentor_key, slug), details=data)


handlers: list[ControllerRouterHandler] = [
    list_mentors,
    get_mentor,
    get_mentor_privately,
    list_mentors_of_gmina,
    post_mentor,
    put_mentor_details,
]
