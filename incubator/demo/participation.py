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
    PLAN,
    REMOVED,
    WITHDRAWN,
)
from incubator.demo.programme_texts import PLANS
from incubator.demo.programmes import Editions, call_of, runner_of
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, local_moment
from incubator.participation.add_milestone import NewMilestone, add_edition_milestone
from incubator.participation.admit import accept_offer
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
from incubator.participation.views import ParticipationView
from incubator.participation.withdraw import withdraw
from incubator.people.actor import Actor

LINKS = "SELECT text FROM mail WHERE text LIKE '%/outcomes/%' ORDER BY created_at DESC, id DESC LIMIT 3"
OFFERED = "SELECT id, account_id FROM application WHERE edition_id = $1 AND state = 'offered' ORDER BY number"
At = Callable[[int, int], datetime]
"""The hour of a day, so many days from today."""


async def take_part(tx: Tx, world: World, editions: Editions, *, now: datetime) -> None:
    """Who was offered a place accepts it. After the editions have started and before the one that is over is
    closed."""
    at = partial(_at, now.astimezone(WARSAW).date())
    for phase in ("over", "running"):
        actor, edition = runner_of(world, phase), getattr(editions, phase)
        first = PLANS[phase].starts
        await _milestones(tx, actor, edition, first, at)
        taking = await _accepted(tx, world, edition, call_of(phase, now=now)[1] + timedelta(days=17))
        # The last of the running edition is admitted, and has not signed yet.
        signed = taking if phase == "over" else taking[:-1]
        for turn, one in enumerate(signed, start=1):
            await _begun(tx, actor, one, turn, at, first)
        await _met(tx, world, actor, edition, signed, first, at)
        if phase == "over":
            await _over(tx, world, actor, signed, at)
        else:
            await _running(tx, world, actor, signed, at)


def _at(today: date, days: int, hour: int) -> datetime:
    return local_moment(today + timedelta(days=days), hour * 60)


async def _milestones(tx: Tx, actor: Actor, edition: UUID, first: int, at: At) -> None:
    for after, polish, english in MILESTONES:
        due = at(first + after, 12).astimezone(WARSAW).date()
        said = NewMilestone(name_pl=polish, name_en=english, due_on=due)
        await add_edition_milestone(tx, actor=actor, edition_id=edition, milestone=said, now=at(first - 10, 9))


async def _accepted(tx: Tx, world: World, edition: UUID, now: datetime) -> list[ParticipationView]:
    """In the order in which they had applied."""
    return [
        await accept_offer(tx, actor=_actor(world, row["account_id"]), application_id=row["id"], now=now)
        for row in await tx.fetch(OFFERED, edition)
    ]


async def _begun(tx: Tx, actor: Actor, one: ParticipationView, turn: int, at: At, first: int) -> None:
    signed = at(first - 3, 9).astimezone(WARSAW).date()
    agreement = Agreement(number=f"ROZ/{turn}/{signed.year}", signed_on=signed)
    await sign_agreement(tx, actor=actor, participation_id=one.id, agreement=agreement, now=at(first - 3, 11))
    await start(tx, actor=actor, participation_id=one.id, now=at(first, 9))


async def _met(
    tx: Tx, world: World, actor: Actor, edition: UUID, taking: list[ParticipationView], first: int, at: At
) -> None:
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
        for place, one in enumerate(taking):
            late = 25 if (turn + place) % 4 == 3 else 0
            minutes = meeting.period.minutes - late
            present.append(Present(participation_id=one.id, minutes=minutes))
            present += [
                Present(participation_id=one.id, account_id=person, minutes=minutes)
                for person in _members(world, one)[: 1 + place % 2]
            ]
        told = AttendanceList(evidence="online_log" if turn % 3 == 2 else "list", present=present)
        after_it = meeting.end + timedelta(hours=1)
        await record_attendance(tx, actor=actor, meeting_id=meeting.id, attendance=told, now=after_it)


async def _running(tx: Tx, world: World, actor: Actor, taking: list[ParticipationView], at: At) -> None:
    """One has given up since, and one was removed."""
    for turn, one in enumerate(taking):
        await _handed_in(tx, world, actor, one, turn, at)
    await plan_together(tx, actor=actor, participation_id=taking[0].id, plan=PLAN, seen=None, now=at(-40, 13))
    *_, gave_up, stayed_away = taking
    founder = _actor(world, gave_up.account_id)
    await withdraw(tx, actor=founder, participation_id=gave_up.id, reason=WITHDRAWN, now=at(-12, 9))
    await remove(tx, actor=actor, participation_id=stayed_away.id, reason=REMOVED, now=at(-9, 15))


async def _handed_in(tx: Tx, world: World, actor: Actor, one: ParticipationView, turn: int, at: At) -> None:
    """Accepted, handed in or given back, by turns; the last is still to do."""
    for step, milestone in enumerate((await milestones_of(tx, participation_id=one.id))[:2]):
        said = Evidence(evidence=EVIDENCE[step], evidence_url="https://demo.invalid/prototyp" if step else "")
        on: dict[str, UUID] = {"milestone_id": milestone.id}
        founder = _actor(world, one.account_id)
        await hand_in(tx, actor=founder, evidence=said, now=at(-30 + step * 12, 16), **on)
        if step == 0:
            await accept_milestone(tx, actor=actor, remark="", now=at(-28, 11), **on)
        elif turn % 3 == 1:
            remark = "Prosimy o link do działającej wersji."
            await return_milestone(tx, actor=actor, remark=remark, now=at(-16, 11), **on)


async def _over(tx: Tx, world: World, actor: Actor, taking: list[ParticipationView], at: At) -> None:
    last = PLANS["over"].ends
    for one in taking:
        founder = _actor(world, one.account_id)
        for milestone in await milestones_of(tx, participation_id=one.id):
            said = Evidence(evidence=EVIDENCE[0])
            await hand_in(tx, actor=founder, milestone_id=milestone.id, evidence=said, now=at(last - 20, 10))
            await accept_milestone(tx, actor=actor, milestone_id=milestone.id, now=at(last - 19, 10))
        await issue_certificate(tx, actor=actor, participation_id=one.id, now=at(last, 14))
        for person in _members(world, one)[:1]:
            await issue_certificate(tx, actor=actor, participation_id=one.id, account_id=person, now=at(last, 14))
        await graduate(tx, actor=actor, participation_id=one.id, now=at(last, 15))
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


def _members(world: World, one: ParticipationView) -> list[UUID]:
    """Those of the organisation; nobody where a person takes part."""
    actors = (actor for actor in world.actors.values() if one.organisation_id in actor.organisations)
    return [actor.account_id for actor in sorted(actors, key=lambda actor: actor.name)]


def _actor(world: World, account_id: UUID) -> Actor:
    return next(actor for actor in world.actors.values() if actor.account_id == account_id)
