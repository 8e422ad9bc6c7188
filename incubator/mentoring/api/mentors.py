"""Find mentors; add and describe them."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
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
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.places.reach import gmina_key
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


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
async def get_mentor_privately(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[MentorPrivately]:
    """The profile with the online link, days that are not as usual, and contracts: for the mentor and the
    coordinator of their gmina."""
    async with statement(db) as tx:
        view = await mentor_privately(tx, actor=actor, slug=slug, today=now.astimezone(WARSAW).date())
    return tagged(view, view.profile.version)


@get("/gminas/{slug:str}/mentors", operation_id="listMentorsOfGmina", **DESK_READ)
async def list_mentors_of_gmina(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> DeskMentors:
    """The mentors that a gmina runs, with their state and what is used of today's contracts."""
    async with statement(db) as tx:
        key = await gmina_key(tx, slug)
        must_coordinate(actor, key)
        found = await mentors_at_desk(tx, gmina_ids=[key], today=now.astimezone(WARSAW).date())
    return DeskMentors(items=found)


@post("/mentors", operation_id="addMentor", **DESK)
async def post_mentor(
    request: Request[Any, Any, Any],
    data: JSONBody[NewMentor],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[MentorView]:
    """Make somebody a mentor of a gmina. They get an account where they have none, and a mail."""

    async def make(tx: Tx) -> Made:
        key = await gmina_key(tx, data.gmina)
        view = await add_mentor(tx, actor=actor, gmina_id=key, email=data.email, name=data.name, now=now)
        return view, f"/api/mentors/{view.slug}"

    return await created(request, db, actor.account_id, make)


@put("/mentors/{slug:str}/details", operation_id="describeMentor", **OWN)
async def put_mentor_details(
    slug: FromPath[str],
    data: JSONBody[MentorDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[MentorView]:
    """Who the mentor is and what they can be asked about, all of it anew."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> MentorView:
        key = await mentor_key(tx, slug)
        return await describe_mentor(tx, actor=actor, mentor_id=key, details=data, seen=seen, now=now)

    view = await attempt(db, act)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [
    list_mentors,
    get_mentor,
    get_mentor_privately,
    list_mentors_of_gmina,
    post_mentor,
    put_mentor_details,
]
