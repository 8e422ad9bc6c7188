"""What both sides confirm is locked; what one says the other may say otherwise until then."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.mentoring.cancel_meeting import MeetingReasonNeeded
from incubator.mentoring.confirm_record import NothingToConfirm, confirm_record
from incubator.mentoring.pages.offers import offers_of
from incubator.mentoring.queries import NoSuchMeeting, WrongMeetingState, note_of, to_record
from incubator.mentoring.recording import MeetingNotBegun, NotASide, RecordLocked
from incubator.mentoring.report_missed import WaitALittle, report_missed
from incubator.mentoring.settle_record import NotOverYet, settle_record
from incubator.mentoring.states import ALLOWED, State
from incubator.mentoring.take_down import MinutesOutOfReach, take_down
from incubator.mentoring.tell_due import ask_to_confirm
from incubator.mentoring.views import MeetingView
from incubator.mentoring.write_note import write_note
from incubator.people.guards import NotYours
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, Person, acting
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import TEN, contract, count, credit, met, order

AFTER = TEN.end + timedelta(hours=1)


async def held(db: Database, cast: Cast) -> tuple[MentorAtHand, MeetingView]:
    ewa = await a_mentor(db, cast)
    await contract(db, ewa, 600, "2026-01-01", "2026-12-31")
    await credit(db, cast.acme, 600)
    return ewa, await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))


async def down(db: Database, who: Person, key: UUID, minutes: int = 50, **said: object) -> MeetingView:
    actor = await acting(db, who)
    given = {"outcome": "umowa", "now": AFTER, **said}
    return await attempt(
        db,
        lambda tx: take_down(tx, actor=actor, meeting_id=key, minutes=minutes, **given),  # type: ignore[arg-type]
    )


async def yes(db: Database, who: Person, key: UUID, seen: int | None = None) -> MeetingView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: confirm_record(tx, actor=actor, meeting_id=key, seen=seen, now=AFTER))


async def missed(db: Database, who: Person, key: UUID, now=AFTER) -> MeetingView:  # type: ignore[no-untyped-def]
    actor = await acting(db, who)
    return await attempt(db, lambda tx: report_missed(tx, actor=actor, meeting_id=key, now=now))


def test_what_is_over_stays_over_and_a_record_can_be_said_otherwise() -> None:
    for state in State:
        assert (State.CANCELLED in ALLOWED[state]) == (state == State.BOOKED)
        assert State.BOOKED not in ALLOWED[state]


async def test_both_confirm_and_it_is_locked_for_everybody(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    with pytest.raises(NothingToConfirm):
        await yes(db, ewa.person, meeting.id)
    await down(db, ewa.person, meeting.id, confirming=True)
    locked = await yes(db, cast.colleague, meeting.id)
    assert locked.locked_at == AFTER and (locked.minutes, locked.outcome) == (50, "umowa")
    for again in (
        down(db, ewa.person, meeting.id, 40),
        yes(db, cast.member, meeting.id),
        missed(db, cast.member, meeting.id),
    ):
        with pytest.raises(RecordLocked):
            await again
    with pytest.raises(asyncpg.RestrictViolationError):
        async with transaction(db) as tx:
            await tx.execute("UPDATE meeting SET minutes = 10")
    assert await count(db, "credit WHERE used = 60") == 1, "the budget stays drawn by what was booked"


async def test_who_changes_it_takes_the_others_yes_away(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    await down(db, ewa.person, meeting.id, confirming=True)
    changed = await down(db, cast.member, meeting.id, 30, confirming=True)
    assert changed.mentor_confirmed_at is None and changed.startup_confirmed_at == AFTER
    same = await down(db, cast.colleague, meeting.id, 30)
    assert same.startup_confirmed_at == AFTER, "the same words change nothing"
    with pytest.raises(ChangedMeanwhile):
        await yes(db, ewa.person, meeting.id, seen=meeting.sequence)
    assert (await yes(db, ewa.person, meeting.id, seen=same.sequence)).locked_at == AFTER


async def test_who_may_not_and_when_not(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    with pytest.raises(MeetingNotBegun):
        await down(db, ewa.person, meeting.id, now=TEN.start - timedelta(minutes=1))
    with pytest.raises(NotASide):
        await down(db, cast.coordinator, meeting.id)
    for stranger in (cast.stranger, cast.resident, cast.other_coordinator):
        with pytest.raises(NoSuchMeeting):
            await down(db, stranger, meeting.id)
    for minutes in (0, 481, -5):
        with pytest.raises(MinutesOutOfReach):
            await down(db, ewa.person, meeting.id, minutes)


async def test_a_mentor_who_missed_it_costs_nobody_anything_once_that_is_agreed(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    with pytest.raises(WaitALittle):
        await missed(db, cast.member, meeting.id, now=TEN.start + timedelta(minutes=14))
    await missed(db, cast.member, meeting.id, now=TEN.start + timedelta(minutes=15))
    disputed = await down(db, ewa.person, meeting.id, confirming=True)
    assert disputed.state == "took_place" and disputed.startup_confirmed_at is None
    await missed(db, cast.member, meeting.id)
    assert await count(db, "credit WHERE used = 60") == 1
    agreed = await yes(db, ewa.person, meeting.id)
    assert (agreed.state, agreed.minutes) == ("missed_by_mentor", 0)
    assert await count(db, "credit WHERE used = 0") == await count(db, "mentor_contract WHERE used_minutes = 0") == 1


async def test_a_startup_that_missed_it_has_used_its_minutes(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    assert (await missed(db, ewa.person, meeting.id)).state == "missed_by_startup"
    await yes(db, cast.member, meeting.id)
    assert await count(db, "credit WHERE used = 60") == 1


async def test_a_coordinator_of_the_gmina_settles_with_a_reason(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)

    async def settle(
        who: Person, state: State = State.MISSED_BY_MENTOR, reason: str = "lista", now=AFTER
    ) -> MeetingView:  # type: ignore[no-untyped-def]
        actor = await acting(db, who)
        return await attempt(
            db,
            lambda tx: settle_record(
                tx, actor=actor, meeting_id=meeting.id, state=state, minutes=0, reason=reason, now=now
            ),
        )

    for who, refusal in ((cast.member, NotYours), (ewa.person, NotYours), (cast.other_coordinator, NoSuchMeeting)):
        with pytest.raises(refusal):
            await settle(who)
    with pytest.raises(MeetingReasonNeeded):
        await settle(cast.coordinator, reason=" ")
    with pytest.raises(MinutesOutOfReach):
        await settle(cast.coordinator, State.TOOK_PLACE)
    with pytest.raises(NotOverYet):
        await settle(cast.coordinator, now=TEN.start + timedelta(minutes=20))
    with pytest.raises(WrongMeetingState):
        await settle(cast.coordinator, State.CANCELLED)
    assert (await settle(cast.coordinator)).locked_at == AFTER
    assert await count(db, "credit WHERE used = 0") == 1


async def test_two_yeses_at_one_moment_lock_it_once(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    await down(db, ewa.person, meeting.id)
    await asyncio.gather(yes(db, ewa.person, meeting.id), yes(db, cast.member, meeting.id))
    assert await count(db, "meeting WHERE locked_at IS NOT NULL") == 1


async def test_a_note_is_its_authors_alone(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    member, mentor = await acting(db, cast.member), await acting(db, ewa.person)
    async with transaction(db) as tx:
        for actor, text in ((member, "trudna rozmowa"), (mentor, "obiecujący"), (mentor, "bardzo obiecujący")):
            await write_note(tx, actor=actor, meeting_id=meeting.id, text=text, now=AFTER)
        assert await note_of(tx, actor=member, meeting_id=meeting.id) == "trudna rozmowa"
        assert await note_of(tx, actor=mentor, meeting_id=meeting.id) == "bardzo obiecujący"
        for other in (cast.colleague, cast.coordinator, cast.administrator):
            assert await note_of(tx, actor=await acting(db, other), meeting_id=meeting.id) == ""
        with pytest.raises(NotASide):
            await write_note(tx, actor=await acting(db, cast.coordinator), meeting_id=meeting.id, text="x", now=AFTER)
        await write_note(tx, actor=member, meeting_id=meeting.id, text=" ", now=AFTER)
    assert await count(db, "meeting_note") == 1


async def test_three_days_later_who_has_not_confirmed_is_asked_once(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    await down(db, ewa.person, meeting.id, confirming=True)
    for days in (2, 4, 5):
        async with transaction(db) as tx:
            await ask_to_confirm(tx, now=TEN.end + timedelta(days=days))
    async with statement(db) as tx:
        assert [row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail")] == [cast.member.email]
        assert [one.id for one in await to_record(tx, actor=await acting(db, cast.member), now=AFTER)] == [meeting.id]
        assert await to_record(tx, actor=await acting(db, cast.stranger), now=AFTER) == []


async def test_nobody_settles_the_record_of_a_meeting_of_their_own_organisation(db: Database, cast: Cast) -> None:
    _, meeting = await held(db, cast)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO membership (organisation_id, account_id, role) VALUES ($1, $2, 'member')",
            cast.acme,
            cast.coordinator.id,
        )
    actor = await acting(db, cast.coordinator)
    assert "settle" not in offers_of(actor, meeting, now=AFTER)
    with pytest.raises(NotYours):
        await attempt(
            db,
            lambda tx: settle_record(
                tx, actor=actor, meeting_id=meeting.id, state=State.MISSED_BY_MENTOR, minutes=0, reason="x", now=AFTER
            ),
        )


async def test_who_says_that_the_other_did_not_come_does_not_wipe_what_they_wrote(db: Database, cast: Cast) -> None:
    ewa, meeting = await held(db, cast)
    await down(db, ewa.person, meeting.id, confirming=True)
    disputed = await missed(db, cast.member, meeting.id)
    assert (disputed.state, disputed.minutes, disputed.outcome) == ("missed_by_mentor", 0, "umowa")
    assert disputed.mentor_confirmed_at is None
