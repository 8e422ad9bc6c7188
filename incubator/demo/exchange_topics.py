"""People of the demonstration ask for topics, others support them, and something becomes of each."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.exchange_wishes import WISHES, Wish
from incubator.demo.settle_in import OFFICE, coordinator_of
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.exchanges.ask_topic import ask_topic
from incubator.exchanges.details_topics import Note, Official, TopicDetails
from incubator.exchanges.move_topic import (
    answer_topic,
    assign_topic,
    decline_topic,
    follow_up,
    let_through,
    plan_topic,
)
from incubator.exchanges.support_topic import support_topic
from incubator.kernel.period import WARSAW


async def ask_topics(tx: Tx, world: World, *, planned: UUID, now: datetime) -> None:
    """Each at its time; `planned` is the session that one of them becomes."""
    for wish in WISHES:
        at = now + timedelta(days=wish.days)
        gmina_id = world.built.gminas[wish.gmina] if wish.gmina else None
        asked = await ask_topic(
            tx,
            actor=world.actor(address(wish.who)),
            gmina_id=gmina_id,
            details=TopicDetails(title=wish.title, about=wish.about),
            now=at,
        )
        if wish.fate != "new":
            await _becomes(tx, world, wish, asked.id, planned=planned, at=at, now=now)


async def _becomes(
    tx: Tx, world: World, wish: Wish, topic_id: UUID, *, planned: UUID, at: datetime, now: datetime
) -> None:
    desk = world.actor(coordinator_of(wish.gmina) if wish.gmina else OFFICE)
    on: dict[str, Any] = {"actor": desk, "topic_id": topic_id}
    await let_through(tx, now=at + timedelta(hours=5), **on)
    for turn, name in enumerate(wish.supporters, start=1):
        await support_topic(tx, actor=world.actor(address(name)), topic_id=topic_id, now=at + timedelta(hours=6 + turn))
    later = min(now, at + timedelta(days=6))
    match wish.fate:
        case "planned":
            await plan_topic(tx, session_id=planned, now=later, **on)
        case "assigned":
            day = (now + timedelta(days=4)).astimezone(WARSAW).date()
            await assign_topic(tx, official=Official(official_role=wish.signed, answer_by=day), now=later, **on)
        case "answered":
            await answer_topic(tx, answer=Note(text=wish.text, signed=wish.signed), now=later, **on)
            await follow_up(tx, what=Note(text=wish.follow_up), now=min(now, later + timedelta(days=20)), **on)
        case "declined":
            await decline_topic(tx, reason=wish.text, now=later, **on)
