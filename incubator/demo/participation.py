"""Participants of the edition that runs and of the one that is over: agreements, meetings and their lists,
milestones in every state, certificates, surveys answered and open."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.participation_texts import (
    EVIDENCE,
    MEETINGS,
    MILESTONES,
    OVER,
    PLAN,
    REMOVED,
    RUNNING,
    SIGNED,
    WITHDRAWN,
)
from incubator.demo.programme_texts import PLANS
from incubator.demo.programmes import Editions, runner_of
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, local_moment
from incubator.participation.add_milestone import NewMilestone, add_edition_milestone
from incubator.participation.admit import admit
from incubator.participation.answer_outcome import Answers, answer_outcome
from incubator.participation.ask_outcomes import ask_outcomes
from incubator.participation.graduate import graduate
from incubator.participation.hand_in import Evidence, hand_in
from incubator.participation.issue_certificate import issue_certificate
from incubator.participation.plan_meeting import MeetingDetails, plan_meeting
from incubator.participation.plan_together import plan_together
from incubator.participation.queries import milestones_of
from incubator.participation.record_attendance import AttendanceList, Present, record_attendance
from incubator.participation.remove import remove
from incubator.participation.review_milestone import accept_milestone, return_milestone
from incubator.participation.sign_agreement import Agreement, sign_agreement
from incubator.participation.start import start
from incubator.participation.withdraw import withdraw
from incubator.people.actor import Actor

LINKS = "SELECT text FROM mail WHERE text LIKE '%/outcomes/%' ORDER BY created_at DESC, id DESC LIMIT 3"
At = Callable[[int, int], datetime]
"""The hour of a day, so many days from today."""


async def take_part(tx: Tx, world: World, editions: Editions, *, now: datetime) -> None:
    """After the editions have started and before the one that is over is closed."""
    at = partial(_at, now.astimezone(WARSAW).date())
    for phase, names in (("over", OVER), ("running", RUNNING)):
        actor, edition = runner_of(world, phase), getattr(editions, phase)
        first = PLANS[phase].starts
        await _milestones(tx, actor, edition, first, at)
        taking = {name: await _admitted(tx, world, actor, edition, name, at, first) for name in names}
        if phase == "over":
            await _over(tx, world, actor, edition, taking, at)
        else:
            await _running(tx, world, actor, edition, taking, at)


def _at(today: date, days: int, hour: int) -> datetime:
    return local_moment(today + timedelta(days=days), hour * 60)


async def _milestones(tx: Tx, actor: Actor, edition: UUID, first: int, at: At) -> None:
    for after, polish, english in MILESTONES:
        due = at(first + after, 12).astimezone(WARSAW).date()
        said = NewMilestone(name_pl=polish, name_en=english, due_on=due)
        await add_edition_milestone(tx, actor=actor, edition_id=edition, milestone=said, now=at(first - 10, 9))


async def _admitted(tx: Tx, world: World, actor: Actor, edition: UUID, name: str, at: At, first: int) -> UUID:
    organisation = world.organisation(name)
    made = await admit(tx, actor=actor, edition_id=edition, organisation_id=organisation, now=at(first - 8, 10))
    if name not in SIGNED:
        return made.id
    signed = at(first - 3, 9).astimezone(WARSAW).date()
    agreement = Agreement(number=f"ROZ/{SIGNED.index(name) + 1}/{signed.year}", signed_on=signed)
    await sign_agreement(tx, actor=actor, participation_id=made.id, agreement=agreement, now=at(first - 3, 11))
    await start(tx, actor=actor, participation_id=made.id, now=at(first, 9))
    return made.id


async def _met(tx: Tx, world: World, actor: Actor, edition: UUID, taking: dict[str, UUID], first: int, at: At) -> None:
    """Lists of the meetings that are over, but for the last of them, which is still to be noted."""
    planned = []
    for after, hours, polish, english in MEETINGS:
        begins = at(first + after, 10)
        details = MeetingDetails(
            name_pl=polish,
            name_en=english,
            start=begins,
            end=begins + timedelta(hours=hours),
            place="Klaster Zabłocie, sala warsztatowa",
            required=after != MEETINGS[1][0],
        )
        planned.append(await plan_meeting(tx, actor=actor, edition_id=edition, details=details, now=at(first - 5, 12)))
    over = [one for one in planned if one.end <= at(0, 0)]
    for turn, meeting in enumerate(over if len(over) == len(planned) else over[:-1]):
        present = []
        for place, (name, key) in enumerate(taking.items()):
            if name not in SIGNED:
                continue
            late = 25 if (turn + place) % 4 == 3 else 0
            minutes = meeting.period.minutes - late
            present.append(Present(participation_id=key, minutes=minutes))
            for person in _members(world, name)[: 1 + place % 2]:
                present.append(Present(participation_id=key, account_id=person, minutes=minutes))  # noqa: PERF401
        told = AttendanceList(evidence="online_log" if turn % 3 == 2 else "list", present=present)
        after_it = meeting.end + timedelta(hours=1)
        await record_attendance(tx, actor=actor, meeting_id=meeting.id, attendance=told, now=after_it)


async def _running(tx: Tx, world: World, actor: Actor, edition: UUID, taking: dict[str, UUID], at: At) -> None:
    first = PLANS["running"].starts
    await _met(tx, world, actor, edition, taking, first, at)
    for turn, name in enumerate(name for name in taking if name in SIGNED):
        await _handed_in(tx, world, actor, taking[name], name, turn, at)
    sensoria = taking[RUNNING[0]]
    await plan_together(tx, actor=actor, participation_id=sensoria, plan=PLAN, seen=None, now=at(-40, 13))
    founder = _founder(world, RUNNING[3])
    await withdraw(tx, actor=founder, participation_id=taking[RUNNING[3]], reason=WITHDRAWN, now=at(-12, 9))
    await remove(tx, actor=actor, participation_id=taking[RUNNING[4]], reason=REMOVED, now=at(-9, 15))


async def _handed_in(tx: Tx, world: World, actor: Actor, participation: UUID, name: str, turn: int, at: At) -> None:
    """Accepted, handed in or given back, by turns; the last is still to do."""
    for step, milestone in enumerate((await milestones_of(tx, participation_id=participation))[:2]):
        said = Evidence(evidence=EVIDENCE[step], evidence_url="https://demo.invalid/prototyp" if step else "")
        on: dict[str, UUID] = {"milestone_id": milestone.id}
        await hand_in(tx, actor=_founder(world, name), evidence=said, now=at(-30 + step * 12, 16), **on)
        if step == 0:
            await accept_milestone(tx, actor=actor, remark="", now=at(-28, 11), **on)
        elif turn % 3 == 1:
            remark = "Prosimy o link do działającej wersji."
            await return_milestone(tx, actor=actor, remark=remark, now=at(-16, 11), **on)


async def _over(tx: Tx, world: World, actor: Actor, edition: UUID, taking: dict[str, UUID], at: At) -> None:
    first, last = PLANS["over"].starts, PLANS["over"].ends
    await _met(tx, world, actor, edition, taking, first, at)
    for name, key in taking.items():
        for milestone in await milestones_of(tx, participation_id=key):
            said = Evidence(evidence=EVIDENCE[0])
            founder, due = _founder(world, name), last - 20
            await hand_in(tx, actor=founder, milestone_id=milestone.id, evidence=said, now=at(due, 10))
            await accept_milestone(tx, actor=actor, milestone_id=milestone.id, now=at(due + 1, 10))
        await issue_certificate(tx, actor=actor, participation_id=key, now=at(last, 14))
        person = _members(world, name)[0]
        await issue_certificate(tx, actor=actor, participation_id=key, account_id=person, now=at(last, 14))
        await graduate(tx, actor=actor, participation_id=key, now=at(last, 15))
    await ask_outcomes(tx, now=at(last + 1, 7))
    await _answered(tx, at(last + 6, 18))
    await ask_outcomes(tx, now=at(last + 16, 7))
    await ask_outcomes(tx, now=at(last + 31, 7))


async def _answered(tx: Tx, now: datetime) -> None:
    """By two of those that were asked."""
    for turn, row in enumerate((await tx.fetch(LINKS))[:2]):
        (secret,) = re.findall(r"/outcomes/(\S+)", row["text"])
        answers = Answers(
            in_business=True,
            jobs_fte=350 + turn * 100,
            revenue_band="to_200" if turn else "to_50",
            funding_minor=turn * 15_000_000,
            comment="Dwóch nowych klientów poznaliśmy na dniu otwartym." if turn else "",
        )
        await answer_outcome(tx, secret=secret, answers=answers, now=now)


def _members(world: World, name: str) -> list[UUID]:
    key = world.organisation(name)
    return sorted((actor.account_id for actor in world.actors.values() if key in actor.organisations), key=str)


def _founder(world: World, name: str) -> Actor:
    key = world.organisation(name)
    return next(actor for actor in world.actors.values() if actor.member_of.get(key) == "owner")
