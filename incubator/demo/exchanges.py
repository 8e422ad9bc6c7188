"""Sessions of each kind, coming and over, and topics in every state, made through the verbs at their own times."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from incubator.bookings.room_of import rooms_to_choose
from incubator.db.engine import Tx
from incubator.demo.exchange_more import MORE
from incubator.demo.exchange_shapes import Talk
from incubator.demo.exchange_texts import COMING
from incubator.demo.exchange_topics import ask_topics
from incubator.demo.plan import first_workday
from incubator.demo.programmes import Editions
from incubator.demo.settle_in import OFFICE, coordinator_of
from incubator.demo.world import World
from incubator.exchanges.add_material import MaterialLink, add_link
from incubator.exchanges.announce import announce
from incubator.exchanges.call_off import call_off
from incubator.exchanges.details import Answer, Rhythm, SessionDetails, When, Where
from incubator.exchanges.publish import publish
from incubator.exchanges.publish_answer import publish_answer
from incubator.exchanges.repeat_session import repeat_session
from incubator.exchanges.set_questions import set_questions
from incubator.exchanges.set_speakers import set_speakers
from incubator.exchanges.set_stalls import set_stalls
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, local_moment
from incubator.people.actor import Actor

AHEAD = 21
"""Days before a session on which it is announced, where it is not yet in the future."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session of the demonstration: its name in COMING or MORE, and which it is."""

    name: str
    id: UUID


async def exchange(tx: Tx, world: World, editions: Editions, *, now: datetime) -> list[Held]:
    """Announce what COMING and MORE hold, repeat one and call one of its dates off, and let people ask for topics."""
    held = []
    for name, talk in {**COMING, **MORE}.items():
        made = await _held(tx, world, editions, name, talk, now=now)
        held.append(Held(name, made.id))
        if name == "coffee":
            await _weekly(tx, _runner(world, talk), made, now=now)
    await ask_topics(tx, world, planned=next(one.id for one in held if one.name == "taxes"), now=now)
    return held


async def _held(tx: Tx, world: World, editions: Editions, name: str, talk: Talk, *, now: datetime) -> SessionView:
    actor = _runner(world, talk)
    made, at = await _announced(tx, world, editions, name, talk, now=now)
    on: dict[str, Any] = {"actor": actor, "session_id": made.id, "now": at}
    await set_speakers(tx, speakers=list(talk.speakers), **on)
    await set_questions(tx, questions=list(talk.questions), **on)
    await set_stalls(tx, stalls=list(talk.stalls), **on)
    if not talk.draft:
        await publish(tx, **on)
    after = {**on, "now": min(made.end + timedelta(days=2), now)}
    for title_pl, title_en, url in talk.materials:
        await add_link(tx, link=MaterialLink(title_pl=title_pl, title_en=title_en, url=url), **after)
    for question, answer, by in talk.answers:
        await publish_answer(tx, answer=Answer(question=question, answer=answer, answered_by=by), **after)
    return made


async def _announced(
    tx: Tx, world: World, editions: Editions, name: str, talk: Talk, *, now: datetime
) -> tuple[SessionView, datetime]:
    """On the first day on which one of its rooms is free, and when it was announced."""
    gmina_id = world.built.gminas[talk.gmina] if talk.gmina else None
    for more in range(15):
        day = _workday(now, talk.days + more)
        if talk.venue == "las" and day == first_workday(now, in_days=11):
            continue  # two rivals want all of it (scenes.py)
        start = local_moment(day, talk.hour * 60)
        at = min(now, start - timedelta(days=AHEAD)) - timedelta(hours=2)
        details = _details(editions, name, talk, start, at)
        for where in await _places(tx, world, talk):
            try:
                async with tx.transaction():
                    when = When(start=start, end=start + timedelta(minutes=talk.minutes))
                    said: dict[str, Any] = {"details": details, "when": when, "where": where}
                    actor = _runner(world, talk)
                    made = await announce(tx, actor=actor, gmina_id=gmina_id, capacity=talk.capacity, now=at, **said)
                    return made, at
            except Refusal:  # the room is taken, or too small
                continue
    raise AssertionError(f"no room is free for {name}")


async def _places(tx: Tx, world: World, talk: Talk) -> list[Where]:
    """Where it can be: the rooms of its incubator, the smallest first; one that is too small is refused."""
    somewhere = Where(mode=talk.mode, place=talk.place, online_url=talk.online)
    if not talk.venue:
        return [somewhere]
    rooms = await rooms_to_choose(tx, gmina_id=world.built.gminas[talk.gmina])
    rooms = sorted(rooms, key=lambda one: (one.capacity, one.name_pl))
    return [msgspec.structs.replace(somewhere, space_id=room.id) for room in rooms]


def _details(editions: Editions, name: str, talk: Talk, start: datetime, at: datetime) -> SessionDetails:
    more: dict[str, Any] = {}
    if talk.minimum_days:
        more["decide_at"] = start - timedelta(days=talk.minimum_days)
    if talk.closes_hours:
        more["closes_at"] = start - timedelta(hours=talk.closes_hours)
    if talk.local_days:
        more |= {"priority_for": "gmina", "priority_until": at + timedelta(days=talk.local_days)}
    if name == "demo_day":
        more |= {"edition_id": editions.running, "draws_seats": True}
    return SessionDetails(**talk.details, **more)


async def _weekly(tx: Tx, actor: Actor, first: SessionView, *, now: datetime) -> None:
    """Five dates; the last one is called off."""
    weekday = first.start.astimezone(WARSAW).isoweekday()
    rhythm = Rhythm(weekdays=[weekday], count=5)
    dates = await repeat_session(
        tx, actor=actor, session_id=first.id, rhythm=rhythm, skip=True, now=now - timedelta(hours=1)
    )
    made = [date.session_id for date in dates[1:] if date.session_id is not None and date.refusal is None]
    for key in made:
        await publish(tx, actor=actor, session_id=key, now=now - timedelta(hours=1))
    if made:
        reason = "Tego dnia w LAS jest dzień otwarty; widzimy się tydzień wcześniej."
        await call_off(tx, actor=actor, session_id=made[-1], reason=reason, now=now - timedelta(minutes=20))


def _runner(world: World, talk: Talk) -> Actor:
    return world.actor(coordinator_of(talk.gmina) if talk.gmina else OFFICE)


def _workday(now: datetime, days: int) -> date:
    day = now.astimezone(WARSAW).date() + timedelta(days=days)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day
