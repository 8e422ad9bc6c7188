"""The desk: the sessions that one runs, and a new one."""

from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.bookings.room_of import rooms_by_gmina
from incubator.db.engine import Tx
from incubator.exchanges.announce import announce
from incubator.exchanges.details import KINDS, LANGUAGES, MODES
from incubator.exchanges.listing import sessions_run
from incubator.exchanges.move_topic import plan_topic
from incubator.exchanges.pages.labels import labels_in
from incubator.exchanges.pages.typed import capacity_in, details_in, key_in, when_in, where_in
from incubator.exchanges.states import TOPIC_ALLOWED, TopicState
from incubator.exchanges.topics import NoSuchTopicRequest, topic_to_show, topics_waiting
from incubator.exchanges.views import SessionView
from incubator.exchanges.views_topics import TopicView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.places.catalogue import gminas
from incubator.places.views import GminaView
from incubator.programmes.catalogue import programmes_run
from incubator.programmes.queries import may_run


async def _sessions(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    coming = await sessions_run(tx, actor=visit.actor, now=visit.now)
    over = await sessions_run(tx, actor=visit.actor, now=visit.now, coming=False, limit=30)
    waiting = await topics_waiting(tx, actor=visit.actor)
    return Shown("exchanges/desk.html", coming=coming, over=over, waiting=waiting, now=visit.now)


async def _new(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    mine, of_metropolis = await gminas_run(tx, visit), may_run(visit.actor, None)
    topic = await _topic(tx, visit)
    return Shown(
        "exchanges/desk_new.html",
        gminas=mine,
        of_metropolis=of_metropolis,
        rooms=await rooms_by_gmina(tx, None if of_metropolis else [gmina.id for gmina in mine]),
        editions=await editions_run(tx, visit),
        topic=topic,
        kept=None,
        kinds=KINDS,
        modes=MODES,
        languages=LANGUAGES,
    )


async def gminas_run(tx: Tx, visit: Visit) -> list[GminaView]:
    """Those whose sessions the person runs."""
    return [gmina for gmina in await gminas(tx) if may_run(visit.actor, gmina.id)]


async def editions_run(tx: Tx, visit: Visit) -> list[tuple[UUID, str]]:
    """Those that the person runs and that are not over: which, and what they are called."""
    found = await programmes_run(tx, actor=visit.actor, now=visit.now)
    return [
        (edition.id, f"{programme.name_pl}: {edition.name_pl}")
        for programme in found
        for edition in programme.editions
        if edition.state != "closed"
    ]


async def _topic(tx: Tx, visit: Visit) -> TopicView | None:
    """The topic that the session is made of, in the address; none where it cannot become one."""
    try:
        key = UUID(visit.request.query_params.get("topic", ""))
        found = await topic_to_show(tx, reader=visit.actor, topic_id=key)
    except (ValueError, NoSuchTopicRequest):
        return None
    return found if TopicState.PLANNED in TOPIC_ALLOWED[TopicState(found.state)] else None


async def _announce(asked: Asked) -> SessionView:
    typed = asked.typed
    made: SessionView = await asked.do(
        announce,
        gmina_id=key_in(typed, "gmina") if typed.one("gmina") else None,
        details=details_in(typed),
        when=when_in(typed),
        where=where_in(typed),
        capacity=capacity_in(typed),
    )
    if typed.one("topic"):
        await asked.do(plan_topic, topic_id=key_in(typed, "topic"), session_id=made.id)
    return made


DESK = Screen(
    name="exchange_desk",
    path="/desk/exchange",
    guard=office_or_coordinator,
    about=nothing,
    shows=_sessions,
    deeds={},
    labels=labels_in,
)
NEW = Screen(
    name="new_session",
    path="/desk/exchange/new",
    guard=office_or_coordinator,
    about=nothing,
    shows=_new,
    deeds={
        "session": Deed(
            _announce,
            N_("The session is a draft. Look at it, add speakers or questions, and publish it."),
            lambda made: f"/desk/exchange/{made.id}",
        )
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [DESK.showing(), *NEW.handlers]
