"""Puts meetings with mentors into the demonstration, through the verbs and each at its own time: past ones with
their record, some not yet confirmed, and some to come; one called off, and a mentor who will be away."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.kernel.errors import Refusal
from incubator.kernel.period import WARSAW, Period, local_midnight, monday_of
from incubator.mentoring.be_away import be_away
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.confirm_record import confirm_record
from incubator.mentoring.meet import meet
from incubator.mentoring.offered import ANYBODY, FreeTime, free_times
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.report_missed import report_missed
from incubator.mentoring.rules import IN_PERSON, ONLINE
from incubator.mentoring.take_down import take_down
from incubator.mentoring.tell_due import tell_booked
from incubator.mentoring.to_meet import MentorToMeet, mentor_to_meet
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor, actor_by_account

QUESTIONS = (
    "Jak ułożyć umowę z pierwszym dużym klientem, żeby nie zostać bez pieniędzy na trzy miesiące?",
    "Mamy dwa pomysły na cennik. Który sprawdzić najpierw i na kim?",
    "Czy z naszym prototypem lepiej iść po dotację, czy po inwestora?",
    "Jak rozmawiać z pierwszą osobą, którą chcemy zatrudnić?",
    "Prosimy o spojrzenie na prezentację przed dniem demo.",
    "Skąd wiedzieć, że produkt jest gotowy do sprzedaży za granicą?",
)
OUTCOMES = (
    "Ustaliliśmy zaliczkę i dwa etapy odbioru. Do piątku nowy projekt umowy.",
    "Najpierw rozmowy z pięcioma klientami, potem cennik w dwóch wersjach.",
    "Dotacja na prototyp, inwestor dopiero po pierwszych dwudziestu klientach.",
    "Lista pytań do rozmowy i okres próbny. Wracamy do tematu za miesiąc.",
)
FOUNDERS = (
    ("Adam Żubrowicz", "Puszcza Robotics"),
    ("Lena Dąbek", "Puszcza Robotics"),
    ("Hanna Zamkowska", "Fundacja Królewskie Ścieżki"),
)
BARBARA = "SELECT id FROM mentor WHERE slug = 'barbara-kompas' AND state = 'active'"
FATES = ("confirmed", "half", "open", "missed", "confirmed", "coming", "coming", "off", "coming")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A meeting to be lived through: who asks, whom, about when, and how it ends; of `minutes`, or as short as can be."""

    turn: int
    founder: Actor
    organisation_id: UUID | None
    mentor_id: UUID
    day: datetime
    fate: str
    minutes: int | None = None


async def hold_meetings(tx: Tx, world: World, *, now: datetime) -> int:
    """Whatever mentors there are; how many meetings could be had."""
    mentors = [row["id"] for row in await tx.fetch("SELECT id FROM mentor WHERE state = 'active' ORDER BY slug")]
    made = 0
    with_barbara = [*await _to_be_stood_in_for(tx, world, now), *await _worth_an_hour(tx, world, now)]
    for scene in [*_scenes(world, mentors, now), *with_barbara]:
        with suppress(Refusal):
            made += await _lived(tx, scene, now)
    await tell_booked(tx, now=now)
    if len(mentors) > 1:
        await _away(tx, mentors[-1], now)
    return made


def _scenes(world: World, mentors: list[UUID], now: datetime) -> Iterator[Scene]:
    """Two rounds of fates over the mentors, with the founders taking turns."""
    for turn in range(len(FATES) * 2 if mentors else 0):
        name, team = FOUNDERS[turn % len(FOUNDERS)]
        founder, fate = world.actor(address(name)), FATES[turn % len(FATES)]
        own = next((own.id for own in founder.organisations.values() if own.name == team), None)
        days = {"coming": 3 + turn, "off": 6 + turn}.get(fate, -12 + turn)
        yield Scene(
            turn=turn,
            founder=founder,
            organisation_id=own,
            mentor_id=mentors[turn % len(mentors)],
            day=now + timedelta(days=min(days, -1) if fate not in {"coming", "off"} else days),
            fate=fate,
        )


async def _to_be_stood_in_for(tx: Tx, world: World, now: datetime) -> list[Scene]:
    """About selling, on the Wednesday of next week with Barbara Kompas: were she to note an absence, Magdalena
    Iskra-Scena has hours then, at that place."""
    key = await tx.fetchval(BARBARA)
    founder = world.actor(address("Lena Dąbek"))
    own = next((own.id for own in founder.organisations.values() if own.name == "Puszcza Robotics"), None)
    day = local_midnight(monday_of(now.astimezone(WARSAW).date()) + timedelta(days=9))
    scene = Scene(turn=2, founder=founder, organisation_id=own, mentor_id=key, day=day, fate="coming")
    return [scene] if key else []


async def _worth_an_hour(tx: Tx, world: World, now: datetime) -> list[Scene]:
    """A whole hour with Barbara Kompas for a company of her gmina, in the week before this: de minimis aid."""
    key = await tx.fetchval(BARBARA)
    founder, own = world.actor(address("Zofia Wronka")), world.organisation("Sensoria Lab")
    day = local_midnight(monday_of(now.astimezone(WARSAW).date()) - timedelta(days=7))
    about = {"founder": founder, "organisation_id": own, "mentor_id": key, "day": day}
    return [Scene(turn=0, fate="confirmed", minutes=60, **about)] if key else []


async def _lived(tx: Tx, scene: Scene, now: datetime) -> bool:
    asked = min(now, scene.day) - timedelta(days=5)
    mentor = await mentor_to_meet(tx, mentor_id=scene.mentor_id)
    time = await _free(tx, mentor, scene, asked)
    if time is None:
        return False
    in_person = time.incubator_id is not None and (scene.turn % 3 != 1 or not time.online)
    order = MeetingOrder(
        mentor_id=mentor.id,
        period=time.period,
        mode=IN_PERSON if in_person else ONLINE,
        incubator_id=time.incubator_id if in_person else None,
        any_room=in_person and scene.turn % 3 == 0,
        organisation_id=scene.organisation_id,
        topic_slug=mentor.topics[scene.turn % len(mentor.topics)] if mentor.topics else None,
        question=QUESTIONS[scene.turn % len(QUESTIONS)],
    )
    meeting = await meet(tx, actor=scene.founder, order=order, now=asked)
    await _ended(tx, scene, mentor, meeting, now)
    return True


async def _free(tx: Tx, mentor: MentorToMeet, scene: Scene, asked: datetime) -> FreeTime | None:
    span = Period(scene.day, scene.day + timedelta(days=8))
    times = (await free_times(tx, mentors=[mentor], span=span, minutes=scene.minutes, seeker=ANYBODY, now=asked))[
        mentor.id
    ]
    # What is to be over is over by now: days may be whole weeks of a mentor's.
    fitting = [one for one in times if one.online or one.incubator_id is not None]
    return fitting[scene.turn % 3 % len(fitting)] if fitting else None


async def _ended(tx: Tx, scene: Scene, mentor: MentorToMeet, meeting: MeetingView, now: datetime) -> None:
    after, key = meeting.period.end + timedelta(minutes=20), meeting.id
    person = await actor_by_account(tx, account_id=mentor.account_id)
    assert person is not None
    if scene.fate == "off":
        reason = "Mamy w tym dniu odbiór prototypu."
        await cancel_meeting(tx, actor=scene.founder, meeting_id=key, reason=reason, now=now - timedelta(hours=2))
    if after > now or scene.fate in {"coming", "off", "open"}:
        return
    if scene.fate == "missed":
        await report_missed(tx, actor=person, meeting_id=key, now=after)
        return
    outcome, minutes = OUTCOMES[scene.turn % len(OUTCOMES)], meeting.period.minutes - 5 * (scene.turn % 2)
    await take_down(tx, actor=person, meeting_id=key, minutes=minutes, outcome=outcome, confirming=True, now=after)
    if scene.fate == "confirmed":
        await confirm_record(tx, actor=scene.founder, meeting_id=key, now=min(after + timedelta(hours=3), now))


async def _away(tx: Tx, mentor_id: UUID, now: datetime) -> None:
    """Two days next month, with nobody to stand in."""
    mentor = await mentor_to_meet(tx, mentor_id=mentor_id)
    person = await actor_by_account(tx, account_id=mentor.account_id)
    assert person is not None
    start = (now + timedelta(days=30)).replace(hour=6, minute=0, second=0, microsecond=0)
    with suppress(Refusal):
        period = Period(start, start + timedelta(days=2))
        await be_away(tx, actor=person, mentor_id=mentor_id, period=period, now=now)
