"""The directory of mentors. Public."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.kernel.alphabet import alphabetical
from incubator.mentoring.pages.mentor_page import shown
from incubator.mentoring.profiles import Wish, directory, own_slug
from incubator.mentoring.topics import topics
from incubator.people.forms import Ask
from incubator.people.guards import public
from incubator.places.catalogue import gminas
from incubator.web.bodies import Body, OptionalLine, read_query


class Looked(Body, frozen=True):
    """What somebody looks for."""

    topic: OptionalLine = ""
    language: OptionalLine = ""
    gmina: OptionalLine = ""
    online: OptionalLine = ""
    q: OptionalLine = ""


@get("/mentors", guards=[public])
async def show_directory(request: Ask, db: NamedDependency[Database]) -> Response[str]:
    looked = read_query(request, Looked)
    wish = Wish(
        topic=looked.topic,
        language=looked.language,
        gmina=looked.gmina,
        online=looked.online == "yes",
        name=looked.q.strip(),
    )
    actor: Any = request.scope.get("user")
    async with statement(db) as tx:
        found = await directory(tx, wish=wish)
        chosen = await topics(tx)
        places = await gminas(tx)
        own = await own_slug(tx, actor=actor) if actor is not None and actor.is_mentor else None
    return shown(
        request,
        "directory.html",
        mentors=sorted(found, key=lambda one: (one.state != "active", alphabetical(one.name))),
        wish=wish,
        narrowed=wish != Wish(),
        topics=chosen,
        gminas=sorted(places, key=lambda one: alphabetical(one.name)),
        own=own,
    )


handlers: list[ControllerRouterHandler] = [show_directory]
