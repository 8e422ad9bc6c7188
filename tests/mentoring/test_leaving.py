"""Who leaves the house leaves no meeting behind, and takes their words along."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.db.engine import Database, statement, transaction
from incubator.features import ELSEWHERE
from incubator.mentoring.queries import meetings_of
from incubator.people.close_organisation import close_organisation
from incubator.people.erase_account import erase_account
from tests.cast import Cast, Person, acting
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import ELEVEN, HOURS, TEN, count, met, order, sql
from tests.mentoring.test_away import away
from tests.mentoring.test_record import down, yes
from tests.moments import NOW

Visit = Callable[..., httpx.AsyncClient]


async def erase(db: Database, who: Person) -> None:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        await erase_account(tx, actor=actor, confirmation=who.email, elsewhere=ELSEWHERE, now=NOW)


async def test_an_erased_persons_meetings_are_called_off_and_their_words_are_gone(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    coming = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    kept = await met(db, cast.member, order(ewa, cast, ELEVEN, organisation_id=cast.acme))
    over = await met(db, cast.member, order(ewa, cast, HOURS[0]))
    await down(db, ewa.person, over.id, confirming=True, now=TEN.end + timedelta(days=1))
    await yes(db, cast.member, over.id)
    await sql(
        db, "INSERT INTO meeting_note (meeting_id, account_id, text) VALUES ($1, $2, 'moje')", kept.id, cast.member.id
    )
    await erase(db, cast.member)
    async with statement(db) as tx:
        rows = {row["id"]: row for row in await tx.fetch("SELECT * FROM meeting")}
        told = [row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail")]
    assert [rows[key]["state"] for key in (coming.id, kept.id, over.id)] == ["cancelled", "booked", "took_place"]
    assert (rows[coming.id]["question"], rows[over.id]["outcome"], rows[over.id]["minutes"]) == ("", "", 50)
    assert rows[kept.id]["question"] == "Jak?", "what was booked for an organisation is the organisation's"
    assert await count(db, "meeting_note") == 0 and await count(db, "booking WHERE state = 'confirmed'") == 0
    assert ewa.person.email in told


async def test_a_closed_organisation_has_no_meetings_coming(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast, space_id=cast.room_s, organisation_id=cast.acme))
    private = await met(db, cast.member, order(ewa, cast, ELEVEN))
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await close_organisation(tx, actor=owner, organisation_id=cast.acme, elsewhere=ELSEWHERE, now=NOW)
        told = {row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail")}
    assert await count(db, "meeting WHERE state = 'booked'") == 1
    assert {ewa.person.email, cast.member.email} <= told
    assert await count(db, "occupancy") == 1
    async with statement(db) as tx:
        left = await meetings_of(tx, actor=await acting(db, cast.member), now=NOW)
    assert [one.id for one in left] == [private.id]


async def test_an_erased_mentor_gives_no_meetings_and_has_no_name(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    await erase(db, ewa.person)
    assert await count(db, "meeting WHERE state = 'cancelled' AND cancelled_by_side = 'mentor'") == 1
    assert await count(db, "mentor WHERE name = 'Usunięte konto' AND state = 'retired' AND slug <> 'ewa'") == 1


async def test_the_export_holds_what_is_theirs_and_no_more(visit: Visit, db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    mine = await met(db, cast.member, order(ewa, cast))
    await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    told = (await visit(cast.member).get("/api/me/export")).json()
    assert [one["id"] for one in told["meetings"]] == [str(mine.id)]
    assert len((await visit(ewa.person).get("/api/me/export")).json()["meetings_given"]) == 2
    await sql(db, "DELETE FROM membership WHERE account_id = $1", cast.member.id)


async def test_who_left_the_organisation_no_longer_sees_its_meetings(visit: Visit, db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    await sql(db, "DELETE FROM membership WHERE account_id = $1", cast.member.id)
    assert (await visit(cast.member).get(f"/meetings/{meeting.id}")).status_code == 404
    assert (await visit(cast.member).get("/api/meetings")).json()["items"] == []


async def test_a_mentors_export_holds_when_they_are_away(visit: Visit, db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await away(db, ewa.person, ewa, stand_in_id=ola.id)
    (told,) = (await visit(ewa.person).get("/api/me/export")).json()["mentor_absences"]
    assert (told["stand_in"], told["removed_at"]) == ("Ola", None)
    assert (await visit(ola.person).get("/api/me/export")).json()["mentor_absences"] == []
