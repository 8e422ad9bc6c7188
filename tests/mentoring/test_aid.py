"""An hour of a mentor for a company is aid of the gmina that runs the mentor."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from incubator.aid.dated import NoEuroRate
from incubator.aid.grant import DeclarationNeeded
from incubator.aid.grant_hours import HoursCeiling
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.confirm_record import confirm_record
from incubator.mentoring.meet_together import meet_together, open_counter
from incubator.mentoring.move_meeting import move_meeting
from incubator.mentoring.report_missed import report_missed
from incubator.mentoring.states import State
from tests.aid.cast import entries, granted, hours_worth, put_rate
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, complaints, count, credit, met, order, sql
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
HALF = tuesday("10:00", "10:30")


async def test_what_a_company_is_given_is_granted_and_what_a_person_is_given_is_not(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    ours = await met(db, cast.member, order(mentor, cast, organisation_id=cast.acme))
    own = await met(db, cast.member, order(mentor, cast, ELEVEN))
    assert await entries(db, ours.id) == [(18_000, 60)]
    assert await entries(db, own.id) == []
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM aid_entry")
    assert row is not None
    assert (row["gmina_id"], row["organisation_id"], row["subject_kind"]) == (cast.niepolomice, cast.acme, "meeting")
    assert (row["market"], row["charged"], row["incubator_id"]) == (18_000, 0, cast.las)
    assert row["benchmark"] == "Godzina mentora: 180,00\u00a0zł netto od 07.09.2026. mediana trzech ofert"


async def test_an_association_and_a_gmina_without_a_benchmark_have_none(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    there = await a_mentor(db, cast, "jan", gmina=cast.skawina, incubator=cast.rynek)
    other = await met(db, cast.member, order(there, cast, organisation_id=cast.acme, incubator_id=cast.rynek))
    await sql(db, "UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
    ngo = await met(db, cast.member, order(mentor, cast, ELEVEN, organisation_id=cast.acme))
    assert (await entries(db, other.id), await entries(db, ngo.id)) == ([], [])


async def test_minutes_of_a_programme_are_counted_once_at_the_meeting(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    await credit(db, cast.acme, 600)
    assert await count(db, "aid_entry") == 0
    made = await met(db, cast.member, order(await a_mentor(db, cast), cast, organisation_id=cast.acme))
    assert made.credit_id is not None
    assert await count(db, "aid_entry") == 1


async def test_the_room_of_a_meeting_is_not_counted_beside_it(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    wish = order(await a_mentor(db, cast), cast, organisation_id=cast.acme, space_id=cast.room_s)
    made = await met(db, cast.member, wish)
    assert made.booking_id is not None
    assert await count(db, "aid_entry") == 1


async def test_over_the_ceiling_it_is_refused_with_the_figures_and_nothing_is_left_of_it(
    db: Database, cast: Cast
) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_990)
    wish = order(mentor, cast, organisation_id=cast.acme, space_id=cast.room_s)
    for bare in (True, False):
        with pytest.raises(HoursCeiling) as refused:
            await met(db, cast.member, wish, bare=bare)
        assert (refused.value.aid, refused.value.granted, refused.value.ceiling) == ("42.35", "299990.00", "300000.00")
    assert [await count(db, table) for table in ("meeting", "booking", "occupancy")] == [0, 0, 0]
    assert await complaints(db) == []
    assert (await met(db, cast.member, order(mentor, cast))).organisation_id is None


async def test_the_figures_of_the_ceiling_are_written_as_people_write_them(
    db: Database, cast: Cast, visit: Visit
) -> None:
    await hours_worth(db, cast)
    await a_mentor(db, cast)
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_990)
    typed = {"start": f"{TEN.start:%Y-%m-%dT%H:%MZ}", "where": "online", "organisation_id": str(cast.acme)}
    told = await post_form(visit(cast.owner), "/mentors/ewa/meet/confirm?lang=pl", typed)
    text = told.text.replace("\xa0", " ")
    assert told.status_code == 409
    assert "byłaby to pomoc de minimis w kwocie 42,35 EUR. Od 7 wrz 2023" in text
    assert "udzielono 299 990,00 EUR, a pułap wynosi 300 000,00 EUR" in text


async def test_without_a_declaration_it_is_refused(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    await sql(db, "DELETE FROM aid_declaration")
    with pytest.raises(DeclarationNeeded):
        await met(db, cast.member, order(await a_mentor(db, cast), cast, organisation_id=cast.acme))


async def test_the_quick_way_leaves_aid_to_the_other_and_takes_what_is_none(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    actor, counter = await acting(db, cast.member), open_counter(db)
    warm = await met(db, cast.colleague, order(mentor, cast, tuesday("15:00", "16:00")))
    ours = order(mentor, cast, organisation_id=cast.acme)
    assert await meet_together(counter, actor=actor, order=ours, now=NOW) is None
    assert await count(db, "meeting") == 1
    quick = await meet_together(counter, actor=actor, order=order(mentor, cast, ELEVEN), now=NOW)
    assert quick is not None and quick.id != warm.id


async def test_called_off_by_anybody_it_is_taken_back(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    for who in (cast.member, mentor.person, cast.coordinator):
        made = await met(db, cast.member, order(mentor, cast, organisation_id=cast.acme))
        actor = await acting(db, who)
        await attempt(db, lambda tx, a=actor, m=made: cancel_meeting(tx, actor=a, meeting_id=m.id, reason="x", now=NOW))  # type: ignore[misc]
        assert await entries(db, made.id) == [(18_000, 60), (-18_000, 60)]


async def test_another_length_is_granted_anew_and_another_time_is_not(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    made = await met(db, cast.member, order(await a_mentor(db, cast), cast, organisation_id=cast.acme))
    actor = await acting(db, cast.member)
    for period in (ELEVEN, HALF, TEN):
        await attempt(db, lambda tx, p=period: move_meeting(tx, actor=actor, meeting_id=made.id, period=p, now=NOW))  # type: ignore[misc]
    assert await entries(db, made.id) == [(18_000, 60), (-18_000, 60), (9_000, 30), (-9_000, 30), (18_000, 60)]


async def test_a_longer_meeting_over_the_ceiling_stays_as_it_was(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    made = await met(db, cast.member, order(await a_mentor(db, cast), cast, HALF, organisation_id=cast.acme))
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_970)
    actor = await acting(db, cast.member)
    with pytest.raises(HoursCeiling):
        await attempt(db, lambda tx: move_meeting(tx, actor=actor, meeting_id=made.id, period=TEN, now=NOW))
    assert await entries(db, made.id) == [(9_000, 30)]
    assert await complaints(db) == []


async def test_what_the_startup_missed_stays_and_what_the_mentor_missed_is_taken_back(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    startup, teacher = await acting(db, cast.member), await acting(db, mentor.person)
    later = TEN.end + timedelta(days=1)
    for period, says, other, state, left in (
        (TEN, teacher, startup, State.MISSED_BY_STARTUP, [(18_000, 60)]),
        (ELEVEN, startup, teacher, State.MISSED_BY_MENTOR, [(18_000, 60), (-18_000, 60)]),
    ):
        made = await met(db, cast.member, order(mentor, cast, period, organisation_id=cast.acme))
        async with transaction(db) as tx:
            told = await report_missed(tx, actor=says, meeting_id=made.id, now=later)
            assert told.state == state
            await confirm_record(tx, actor=other, meeting_id=made.id, now=later)
        assert await entries(db, made.id) == left


async def test_the_page_says_what_it_is_worth_and_leads_to_the_declaration(
    db: Database, cast: Cast, visit: Visit
) -> None:
    await hours_worth(db, cast)
    await sql(db, "DELETE FROM aid_declaration")
    await a_mentor(db, cast)
    who = visit(cast.owner)
    page = f"/mentors/ewa/meet/confirm?start={TEN.start:%Y-%m-%dT%H:%MZ}&minutes=60"
    shown = (await who.get(page)).text
    assert "de minimis aid worth 180.00" in shown and f"/organisations/{cast.acme}/aid" in shown
    typed = {
        "start": f"{TEN.start:%Y-%m-%dT%H:%MZ}",
        "minutes": "60",
        "where": "online",
        "organisation_id": str(cast.acme),
    }
    told = await post_form(who, "/mentors/ewa/meet/confirm", typed)
    assert told.status_code == 409
    assert f"/organisations/{cast.acme}/aid?back=/mentors/ewa/meet/confirm%3Fstart%3D" in told.text


async def test_the_page_of_the_meeting_says_what_was_granted_to_the_company_and_not_to_the_mentor(
    db: Database, cast: Cast, visit: Visit
) -> None:
    await hours_worth(db, cast)
    mentor = await a_mentor(db, cast)
    made = await met(db, cast.member, order(mentor, cast, organisation_id=cast.acme))
    own = await met(db, cast.member, order(mentor, cast, ELEVEN))
    who, stands = visit(cast.member), f"/organisations/{cast.acme}/aid"
    for page in (f"/meetings/{made.id}", f"/meetings/{made.id}/done"):
        text = (await who.get(page)).text
        assert "De minimis aid was granted for it to Acme: 180.00\u00a0zł, which is 42.35\u00a0EUR." in text
        assert stands in text
    assert stands not in (await who.get(f"/meetings/{own.id}")).text
    assert "De minimis aid was granted" not in (await visit(mentor.person).get(f"/meetings/{made.id}")).text
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel_meeting(tx, actor=actor, meeting_id=made.id, reason="", now=NOW))
    assert "De minimis aid was granted" not in (await who.get(f"/meetings/{made.id}")).text


async def test_a_rate_that_is_missing_keeps_the_hour_from_being_given(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast)
    await sql(db, "DELETE FROM euro_rate")
    wish = order(await a_mentor(db, cast), cast, organisation_id=cast.acme)
    with pytest.raises(NoEuroRate):
        await met(db, cast.member, wish)
    async with transaction(db) as tx:
        await put_rate(tx)
    assert await entries(db, (await met(db, cast.member, wish)).id) == [(18_000, 60)]
