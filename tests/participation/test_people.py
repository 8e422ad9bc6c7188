"""Who takes part as a person gets what the programme grants, as an organisation does."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.credits.grant_credit import Grant, NobodyToGrant
from incubator.credits.queries import credits_of
from incubator.db.engine import Database, statement, transaction
from incubator.participation.admit import accept_offer
from incubator.participation.forget_participant import forget_participant
from incubator.participation.grant_more import OnlyGminasGrant, grant_more
from incubator.participation.queries import booked_for_later, participation_by_id
from incubator.participation.record import Filter, record_of
from incubator.participation.remove import remove
from incubator.participation.views import ParticipationView
from incubator.people.guards import NotYours
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.credits.cast import put_credit
from tests.credits.test_draw import at, book
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import met, order
from tests.participation.cast import Perk, active, edition_of, scalar
from tests.participation.test_pages import Visit
from tests.programmes.cast import put_application, put_call

PERKS = (Perk("room_minutes", 600), Perk("mentor_minutes", 120), Perk("other", None))
GRANT = Grant(kind="desk_days", amount=3, first_day=date(2026, 9, 1), last_day=date(2026, 9, 30), reason="Za pomoc")


async def alone(db: Database, cast: Cast, who: Person, *, edition: UUID | None = None) -> ParticipationView:
    """`who` takes part without an organisation, by the offer that they accepted."""
    edition = edition or await edition_of(db, cast.niepolomice, perks=PERKS)
    async with transaction(db) as tx:
        await put_call(tx, edition=edition, opens=NOW - timedelta(days=30), closes=NOW - timedelta(days=5))
        key = await put_application(tx, edition=edition, account=who.id, organisation=None, at=NOW, state="offered")
        await tx.execute("UPDATE edition SET places_taken = 1 WHERE id = $1", edition)
    actor = await acting(db, who)
    async with transaction(db) as tx:
        return await accept_offer(tx, actor=actor, application_id=key, now=NOW)


async def test_a_person_who_is_admitted_holds_what_the_edition_promises(db: Database, cast: Cast) -> None:
    made = await alone(db, cast, cast.member)
    async with statement(db) as tx:
        own = await credits_of(tx, holder_id=cast.member.id, source_id=made.id)
        its = await credits_of(tx, holder_id=cast.acme)
    assert [(one.kind, one.granted, one.gmina_id) for one in own] == [
        ("mentor_minutes", 120, cast.niepolomice),
        ("room_minutes", 600, cast.niepolomice),
    ]
    assert its == [], "they belong to one, and take part for themself"


async def test_they_book_rooms_and_mentors_on_it_and_the_record_tells_of_the_mentors(db: Database, cast: Cast) -> None:
    made = await alone(db, cast, cast.member)
    ewa = await a_mentor(db, cast)
    room = await book(db, cast.member, cast.room_s, at(10), organisation=None)
    for_acme = await book(db, cast.member, cast.room_s, at(12), organisation=cast.acme)
    meeting = await met(db, cast.member, order(ewa, cast, mode="online", incubator_id=None))
    assert room.credit_id is not None and meeting.credit_id is not None and for_acme.credit_id is None
    took_place = "UPDATE meeting SET state = 'took_place', minutes = 50, settled_by = $1, locked_at = $2"
    await scalar(db, took_place, cast.coordinator.id, NOW)
    for who in (cast.member, cast.coordinator):
        actor = await acting(db, who)
        async with statement(db) as tx:
            told = await record_of(tx, actor=actor, wanted=Filter(participation_id=made.id))
        assert [(row.kind, row.minutes) for row in told.rows] == [("mentor", 50)]


async def test_hours_kept_for_a_programme_are_open_to_a_person_who_takes_part(db: Database, cast: Cast) -> None:
    made, ewa = await alone(db, cast, cast.member), await a_mentor(db, cast)
    await scalar(db, "UPDATE mentor_hours SET audience = 'programme', programme_id = $1", made.programme_id)
    meeting = await met(db, cast.member, order(ewa, cast, mode="online", incubator_id=None))
    assert (meeting.programme_id, meeting.organisation_id) == (made.programme_id, None)
    assert meeting.credit_id is not None


@pytest.mark.parametrize("end", ["removed", "erased"])
async def test_the_end_ends_it_and_lists_what_was_booked_on_it(db: Database, cast: Cast, end: str) -> None:
    made = await alone(db, cast, cast.member)
    booked = await book(db, cast.member, cast.room_s, at(10), organisation=None)
    actor = await acting(db, cast.coordinator if end == "removed" else cast.member)
    async with transaction(db) as tx:
        if end == "removed":
            await remove(tx, actor=actor, participation_id=made.id, reason="Nie przychodzi.", now=NOW)
        else:
            await forget_participant(tx, actor=actor, now=NOW)
        ended = await participation_by_id(tx, participation_id=made.id)
        later = await booked_for_later(tx, participation=ended, now=NOW)
        left = await credits_of(tx, holder_id=cast.member.id, now=NOW)
    assert ([one.id for one in later], left) == ([booked.id], [])
    assert (await book(db, cast.member, cast.room_s, at(12), organisation=None)).credit_id is None


async def test_a_coordinator_grants_more_to_a_person_or_an_organisation_that_takes_part(
    db: Database, cast: Cast
) -> None:
    edition = await edition_of(db, cast.niepolomice, perks=())
    person, startup = await alone(db, cast, cast.resident, edition=edition), await active(db, cast, edition)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        for one in (person, startup):
            await grant_more(tx, actor=actor, participation_id=one.id, grant=GRANT, now=NOW)
        own = await credits_of(tx, holder_id=cast.resident.id)
        its = await credits_of(tx, holder_id=cast.acme)
        told = await tx.fetch("SELECT after FROM history WHERE verb = 'grant_credit' ORDER BY id")
    assert [[(one.kind, one.granted, one.gmina_id) for one in held] for held in (own, its)] == [
        [("desk_days", 3, cast.niepolomice)]
    ] * 2
    assert "Za pomoc" not in str(told), "no personal text in history"


@pytest.mark.parametrize("who", ["stranger", "resident", "member", "other_coordinator", "office"])
async def test_others_grant_nothing(db: Database, cast: Cast, who: str) -> None:
    made = await alone(db, cast, cast.resident)
    actor = await acting(db, getattr(cast, who))
    with pytest.raises(NotYours):
        async with transaction(db) as tx:
            await grant_more(tx, actor=actor, participation_id=made.id, grant=GRANT, now=NOW)


async def test_in_an_edition_of_the_metropolis_no_single_gmina_grants(db: Database, cast: Cast) -> None:
    made = await alone(db, cast, cast.resident, edition=await edition_of(db, None))
    actor = await acting(db, cast.administrator)
    with pytest.raises(OnlyGminasGrant):
        async with transaction(db) as tx:
            await grant_more(tx, actor=actor, participation_id=made.id, grant=GRANT, now=NOW)


async def test_who_has_left_the_house_is_granted_nothing(db: Database, cast: Cast) -> None:
    made = await alone(db, cast, cast.resident)
    await scalar(db, "UPDATE account SET erased_at = now(), email = NULL WHERE id = $1", cast.resident.id)
    actor = await acting(db, cast.coordinator)
    with pytest.raises(NobodyToGrant):
        async with transaction(db) as tx:
            await grant_more(tx, actor=actor, participation_id=made.id, grant=GRANT, now=NOW)


async def test_pages_show_what_a_person_has_and_what_a_booking_takes_of_it(
    visit: Visit, db: Database, cast: Cast
) -> None:
    made = await alone(db, cast, cast.member)
    direct = await put_credit(db, cast.acme, granted=180)
    await scalar(db, "UPDATE credit SET name_pl = 'Za pomoc przy targu' WHERE id = $1", direct)
    client = visit(cast.member)
    own = (await client.get(f"/participations/{made.id}?lang=en")).text
    assert "Pula room_minutes" in own and "that you book for yourself" in own and "10 h" in own
    mine = (await client.get("/participations")).text
    assert "as a private person" in mine and "Za pomoc przy targu" in mine
    assert "Za pomoc przy targu" not in (await visit(cast.stranger).get("/participations?lang=en")).text
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        held = await hold(tx, actor=actor, space_id=cast.room_s, period=at(10), now=NOW)
    page = (await client.get(f"/bookings/{held.id}/confirm")).text
    assert "the hours of your programme" in page and "1 h of 10 h, 9 h left" in page


async def test_a_coordinator_grants_it_on_the_persons_page_at_the_desk(visit: Visit, db: Database, cast: Cast) -> None:
    made = await alone(db, cast, cast.resident)
    client, path = visit(cast.coordinator), f"/desk/participations/{made.id}"
    days = {"first_day": "2026-09-01", "last_day": "2026-09-30"}
    typed = {"form": "credit", "kind": "room_minutes", "amount": "2", "reason": "Za pomoc", "version": "1", **days}
    assert (await post_form(client, path, typed)).status_code == 303
    granted = "SELECT granted FROM credit WHERE account_id = $1 AND source_id = id"
    assert await scalar(db, granted, cast.resident.id) == 120
