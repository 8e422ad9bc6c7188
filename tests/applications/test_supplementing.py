"""While an application is being supplemented, what is typed is the applicant's own until it is handed in."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx

from incubator.applications.queries import application_at_desk, application_for, applications_in
from incubator.applications.save_draft import save_draft
from incubator.applications.states import State
from incubator.applications.submit import submit
from incubator.applications.supplement import supplement
from incubator.applications.views import ApplicationView
from incubator.applications.withdraw import withdraw
from incubator.assessment.check_formally import check_formally
from incubator.assessment.details import Check
from incubator.assessment.note_unanswered import note_unanswered
from incubator.assessment.queries_formal import formal_queue
from incubator.assessment.set_assessment import to_set_up
from incubator.db.engine import Database, Tx, transaction
from incubator.people.actor import Actor
from incubator.web.cursors import write_cursor
from tests.applications.cast import PNG, Opened, attach, filled, handed_in, opened
from tests.applications.test_applying import asked_to_supplement
from tests.cast import Cast, acting
from tests.conftest import NOW

Visit = Callable[..., httpx.AsyncClient]
CHECKED = """
INSERT INTO formal_check (application_id, round, result, items, note, checked_by) VALUES ($1, 0, 'supplement', '{}', 'x', $2)
"""
SUBJECTS = "SELECT subject FROM mail WHERE recipient = $1 AND subject LIKE '%supplemented in time%'"
LATE = NOW + timedelta(days=8)


async def half_supplemented(tx: Tx, call: Opened, made: ApplicationView, member: Actor, cast: Cast) -> UUID:
    """Asked for, and begun; the file that was attached last."""
    await asked_to_supplement(tx, made, cast)
    draft = call.draft("Jeszcze nie wiem", number="7")
    await save_draft(tx, actor=member, application_id=made.id, draft=draft, now=NOW)
    new = await attach(tx, member, made.id, call.questions["file"], PNG)
    return UUID(str(new.id))


async def test_the_desk_reads_what_was_handed_in_and_not_what_is_being_typed(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    desk = await acting(db, cast.coordinator)
    number = str(call.questions["number"])
    async with transaction(db) as tx:
        await half_supplemented(tx, call, made, member, cast)
        seen = [
            await application_at_desk(tx, actor=desk, application_id=made.id),
            await application_for(tx, actor=desk, application_id=made.id),
            *await applications_in(tx, actor=desk, edition_id=call.edition),
        ]
        assert [(one.title, one.answers[number]) for one in seen] == [("Roboty w lesie", 2.5)] * 3
        assert all(one.answers == made.answers and one.facts == made.facts for one in seen)
        [queued] = await formal_queue(tx, actor=desk, edition_id=call.edition, now=NOW)
        assert queued.title == "Roboty w lesie"
        own = await application_for(tx, actor=member, application_id=made.id)
        assert (own.title, own.answers[number]) == ("Jeszcze nie wiem", "7")
        await supplement(tx, actor=member, application_id=made.id, clock=lambda: NOW)
        assert (await application_at_desk(tx, actor=desk, application_id=made.id)).title == "Jeszcze nie wiem"


async def test_what_was_typed_too_late_is_no_part_of_the_application(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        new = await half_supplemented(tx, call, made, member, cast)
        await to_set_up(tx, edition_id=call.edition, seen=None)
        check = Check(result="failed", note="Nie w terminie")
        gone = await check_formally(tx, actor=desk, application_id=made.id, check=check, now=LATE)
        kept = await application_for(tx, actor=member, application_id=made.id)
        assert (kept.state, kept.title, kept.answers) == (State.FORMALLY_REJECTED, made.title, made.answers)
        assert gone.title == made.title and kept.facts == made.facts
        assert await tx.fetchval("SELECT count(*) FROM application_file WHERE application_id = $1", made.id) == 1
        assert await tx.fetchval("SELECT true FROM application_file WHERE id = $1", new) is None


async def test_who_withdraws_instead_of_supplementing_leaves_what_was_handed_in(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await half_supplemented(tx, call, made, member, cast)
        await withdraw(tx, actor=member, application_id=made.id, now=NOW)
        kept = await application_for(tx, actor=member, application_id=made.id)
        assert (kept.state, kept.title, kept.answers) == (State.WITHDRAWN, made.title, made.answers)


async def test_nought_is_an_answer(db: Database, cast: Cast) -> None:
    """Typed, or as a program sends it; and again when the application is supplemented."""
    call = await opened(db, cast, form=("number",))
    async with transaction(db) as tx:
        await tx.execute("UPDATE question SET least = 0")
    made, member = await filled(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await save_draft(tx, actor=member, application_id=made.id, draft=call.draft(number=0), now=NOW)
        sent = await submit(tx, actor=member, application_id=made.id, terms_version=1, clock=lambda: NOW)
        assert sent.answers == {str(call.questions["number"]): 0}
        await asked_to_supplement(tx, sent, cast)
        again = await supplement(tx, actor=member, application_id=made.id, clock=lambda: NOW)
        assert again.answers == sent.answers


async def test_both_rounds_are_read_over_the_api_by_who_may_and_what_is_typed_by_its_applicant(
    visit: Visit, db: Database, cast: Cast
) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        new = await half_supplemented(tx, call, made, member, cast)
    desk, own, other = visit(cast.coordinator), visit(cast.member), visit(cast.other_coordinator)
    address = f"/api/applications/{made.id}"
    [first] = (await desk.get(f"{address}/submissions")).json()["items"]
    assert (first["turn"], first["facts"]["title"], first["by_name"]) == (0, "Roboty w lesie", "Member")
    assert (await desk.get(f"{address}/files/{new}")).status_code == 404
    assert (await own.get(f"{address}/files/{new}")).status_code == 200
    assert [len((await who.get(f"{address}/files")).json()) for who in (desk, own)] == [1, 2]
    assert (await other.get(f"{address}/submissions")).status_code == 404
    async with transaction(db) as tx:
        await supplement(tx, actor=member, application_id=made.id, clock=lambda: NOW)
    for who in (desk, own):
        told = (await who.get(f"{address}/submissions")).json()["items"]
        assert [one["facts"]["title"] for one in told] == ["Roboty w lesie", "Jeszcze nie wiem"]
    assert (await desk.get(f"{address}/files/{new}")).status_code == 200


async def test_a_cursor_before_the_first_is_the_first(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made = await handed_in(db, cast, call, cast.member)
    desk, after = visit(cast.coordinator), write_cursor(-(10**12), made.id)
    answer = await desk.get(f"/api/editions/{call.edition}/applications?after={after}")
    assert (answer.status_code, len(answer.json()["items"])) == (200, 1)


async def test_the_desk_says_how_many_applications_wait(visit: Visit, db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    await handed_in(db, cast, call, cast.member)
    desk, other = visit(cast.coordinator), visit(cast.other_coordinator)
    told = await desk.get("/desk/programmes")
    assert "waits for the formal check" in told.text and f"/desk/editions/{call.edition}/formal" in told.text
    assert "1 application to your programmes waits" in (await desk.get("/desk")).text
    assert "waits for the formal check" not in (await other.get("/desk")).text
    assert "for the formal check" not in (await other.get("/desk/programmes")).text


async def test_a_mail_about_what_was_not_supplemented_names_it_as_it_was_handed_in(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made, member = await handed_in(db, cast, call, cast.member), await acting(db, cast.member)
    async with transaction(db) as tx:
        await half_supplemented(tx, call, made, member, cast)
        await tx.execute(CHECKED, made.id, cast.coordinator.id)
        await note_unanswered(tx, now=LATE)
        [subject] = [row["subject"] for row in await tx.fetch(SUBJECTS, cast.coordinator.email)]
    assert "Roboty w lesie" in subject and "Jeszcze" not in subject
