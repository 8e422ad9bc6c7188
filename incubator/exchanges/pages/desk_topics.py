"""The desk: topics that people ask for, and what is made of one."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.exchanges.details_topics import Note, Official, Reason
from incubator.exchanges.listing import sessions_run
from incubator.exchanges.move_topic import (
    answer_topic,
    assign_topic,
    decline_topic,
    follow_up,
    let_through,
    plan_topic,
)
from incubator.exchanges.pages.labels import labels_in
from incubator.exchanges.pages.typed import key_in
from incubator.exchanges.states import TOPIC_ALLOWED, TopicState
from incubator.exchanges.topics import topic_in_full, topic_to_run, topics_run
from incubator.exchanges.views_topics import TopicView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit


async def _topics(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    return Shown("exchanges/desk_topics.html", topics=await topics_run(tx, actor=visit.actor), now=visit.now)


async def _one(tx: Tx, visit: Visit) -> TopicView:
    return await topic_to_run(tx, actor=visit.actor, topic_id=visit.key("topic_id"))


async def _topic(tx: Tx, visit: Visit, topic: TopicView) -> Shown:
    full = await topic_in_full(tx, reader=visit.actor, topic_id=topic.id)
    coming = await sessions_run(tx, actor=visit.actor, now=visit.now)
    return Shown(
        "exchanges/desk_topic.html",
        topic=topic,
        full=full,
        sessions=[one for one in coming if one.state != "cancelled" and one.gmina_slug == topic.gmina_slug],
        may={state.value for state in TOPIC_ALLOWED[TopicState(topic.state)]},
        now=visit.now,
    )


async def _open(asked: Asked) -> None:
    await asked.do(let_through, topic_id=asked.place.id, seen=asked.typed.seen)


async def _plan(asked: Asked) -> None:
    await asked.do(
        plan_topic, session_id=key_in(asked.typed, "session_id"), topic_id=asked.place.id, seen=asked.typed.seen
    )


async def _assign(asked: Asked) -> None:
    await asked.do(assign_topic, official=asked.typed.shaped(Official), topic_id=asked.place.id, seen=asked.typed.seen)


async def _answer(asked: Asked) -> None:
    await asked.do(answer_topic, answer=asked.typed.shaped(Note), topic_id=asked.place.id, seen=asked.typed.seen)


async def _follow_up(asked: Asked) -> None:
    await asked.do(follow_up, what=asked.typed.shaped(Note), topic_id=asked.place.id, seen=asked.typed.seen)


async def _decline(asked: Asked) -> None:
    await asked.do(
        decline_topic, reason=asked.typed.shaped(Reason).reason, topic_id=asked.place.id, seen=asked.typed.seen
    )


TOPICS = Screen(
    name="topics_desk",
    path="/desk/exchange/topics",
    guard=office_or_coordinator,
    about=nothing,
    shows=_topics,
    deeds={},
    labels=labels_in,
)
TOPIC = Screen(
    name="topic_desk",
    path="/desk/exchange/topics/{topic_id:uuid}",
    guard=office_or_coordinator,
    about=_one,
    shows=_topic,
    deeds={
        "open": Deed(_open, N_("Everybody sees the topic now, and can support it.")),
        "plan": Deed(_plan, N_("The topic becomes a session. Whoever asked is told once it is published.")),
        "assign": Deed(_assign, N_("The official is named. Whoever asked is told.")),
        "answer": Deed(_answer, N_("The answer is published. Whoever asked is told.")),
        "follow_up": Deed(_follow_up, N_("The follow-up is published. Whoever asked is told.")),
        "decline": Deed(_decline, N_("The topic is declined. Whoever asked is told.")),
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [TOPICS.showing(), *TOPIC.handlers]
