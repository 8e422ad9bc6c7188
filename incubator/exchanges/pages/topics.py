"""Topics that people ask for: all of them, one, asking for one, supporting one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.exchanges.ask_topic import ask_topic
from incubator.exchanges.details_topics import TopicDetails
from incubator.exchanges.pages.labels import labels_in
from incubator.exchanges.pages.public import reader_of
from incubator.exchanges.pages.typed import key_in
from incubator.exchanges.queries import runs
from incubator.exchanges.states import TopicState
from incubator.exchanges.support_topic import support_topic, withdraw_support
from incubator.exchanges.topics import Topics, topic_in_full, topics_asked
from incubator.exchanges.views_topics import TopicView
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.errors import N_
from incubator.people.forms import Ask, Asked, Deed
from incubator.people.guards import public, signed_in
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.places.catalogue import gminas
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.flash import see_other
from incubator.web.pages import page

Word = Annotated[str, QueryParameter(max_length=80, pattern=r"^[^\x00]*$")]
SHOWN = (TopicState.OPEN, TopicState.PLANNED, TopicState.ASSIGNED, TopicState.ANSWERED, TopicState.DECLINED)
PAGE = 30


@get("/exchange/topics", guards=[public])
async def show_topics(
    request: Ask,
    db: NamedDependency[Database],
    gmina: Word = "",
    topic_state: Annotated[str, QueryParameter(name="state", max_length=20, pattern=r"^[a-z]*$")] = "",
    after: Cursor = None,
) -> Response[str]:
    wanted, seen = Topics(gmina=gmina, state=topic_state), read_cursor(after, datetime)
    async with statement(db) as tx:
        found = await topics_asked(tx, reader=reader_of(request), wanted=wanted, after=seen, limit=PAGE + 1)
        places = await gminas(tx)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return page(
        request,
        "exchanges/topics.html",
        topics=found[:PAGE],
        following=write_cursor(last.created_at, last.id) if last else None,
        wanted=wanted,
        gminas=sorted(places, key=lambda one: alphabetical(one.name)),
        states=SHOWN,
    )


@get("/exchange/topics/{topic_id:uuid}", guards=[public])
async def show_topic(request: Ask, topic_id: FromPath[UUID], db: NamedDependency[Database]) -> Response[str]:
    reader = reader_of(request)
    async with statement(db) as tx:
        full = await topic_in_full(tx, reader=reader, topic_id=topic_id)
    mine = runs(reader, full.topic.gmina_id)
    return page(request, "exchanges/topic.html", full=full, topic=full.topic, runs=mine)


@post("/exchange/topics/{topic_id:uuid}/support", guards=[signed_in], status_code=303)
async def support(visit: NamedDependency[Visit], topic_id: FromPath[UUID]) -> Response[Any]:
    await visit.do(support_topic, topic_id=topic_id)
    return see_other(
        visit.request, f"/exchange/topics/{topic_id}", N_("Thank you. You will be told what becomes of it.")
    )


@post("/exchange/topics/{topic_id:uuid}/no-support", guards=[signed_in], status_code=303)
async def no_longer_support(visit: NamedDependency[Visit], topic_id: FromPath[UUID]) -> Response[Any]:
    await visit.do(withdraw_support, topic_id=topic_id)
    return see_other(visit.request, f"/exchange/topics/{topic_id}", N_("You no longer support this topic."))


async def _asking(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    places = sorted(await gminas(tx), key=lambda one: alphabetical(one.name))
    return Shown("exchanges/ask.html", gminas=places, home=visit.actor.gmina_id)


async def _ask(asked: Asked) -> TopicView:
    gmina_id = key_in(asked.typed, "gmina") if asked.typed.one("gmina") else None
    return await asked.do(ask_topic, gmina_id=gmina_id, details=asked.typed.shaped(TopicDetails))


ASKING = Screen(
    name="asking_topic",
    path="/exchange/topics/ask",
    guard=signed_in,
    about=nothing,
    shows=_asking,
    deeds={
        "topic": Deed(
            _ask,
            N_("Thank you. Once it was let through, others see it and can support it."),
            lambda made: f"/exchange/topics/{made.id}",
        )
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [
    show_topics,
    show_topic,
    support,
    no_longer_support,
    *ASKING.handlers,
]
