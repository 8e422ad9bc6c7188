"""What an export holds, and what an erasure, the end of an organisation and time leave of applications."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.applications.states import State
from incubator.applications.tidy import tidy_applications
from incubator.db.engine import Database, statement, transaction
from incubator.features import ELSEWHERE
from incubator.people.close_organisation import close_organisation
from incubator.people.erase_account import erase_account
from incubator.people.personal_data import export_personal_data
from tests.applications.cast import CLOSES, begun, filled, handed_in, opened
from tests.cast import Cast, Person, acting
from tests.conftest import NOW

DAY = timedelta(days=1)


async def erase(db: Database, who: Person) -> None:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        await erase_account(tx, actor=actor, confirmation=who.email, elsewhere=ELSEWHERE, now=NOW)


async def row(db: Database, key: UUID) -> dict[str, Any] | None:
    async with statement(db) as tx:
        found = await tx.fetchrow(
            """SELECT state, title, answers::text AS answers, (SELECT count(*) FROM application_file
            WHERE application_id = application.id) AS files, (SELECT count(*) FROM submission
            WHERE application_id = application.id) AS submissions FROM application WHERE id = $1""",
            key,
        )
    return dict(found) if found else None


async def test_an_export_holds_ones_own_and_ones_organisations(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    await handed_in(db, cast, call, cast.member)
    await filled(db, cast, call, cast.resident)
    told = {}
    for who in (cast.member, cast.owner, cast.resident, cast.stranger):
        actor = await acting(db, who)
        async with statement(db) as tx:
            told[who.email] = await export_personal_data(tx, actor=actor, elsewhere=ELSEWHERE, now=NOW)
    sizes = [len(one["applications"]) for one in told.values()]  # type: ignore[arg-type]
    assert sizes == [1, 1, 1, 0]
    mine: Any = told[cast.member.email]["applications"][0]  # type: ignore[index]
    assert (mine["organisation"], mine["number"], mine["state"]) == ("Acme", 1, "submitted")
    assert {"question": "Pytanie text", "answer": "Roboty"} in mine["answers"]
    assert len(told[cast.member.email]["application_files"]) == 1  # type: ignore[arg-type]
    assert len(told[cast.owner.email]["applications_handed_in"]) == 0  # type: ignore[arg-type]
    assert len(told[cast.member.email]["applications_handed_in"]) == 1  # type: ignore[arg-type]


async def test_a_draft_goes_with_its_person(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    own, ours = await filled(db, cast, call, cast.resident), await filled(db, cast, call, cast.colleague)
    await erase(db, cast.resident)
    await erase(db, cast.colleague)
    assert await row(db, own.id) is None
    kept = await row(db, ours.id)
    assert kept is not None and (kept["state"], kept["files"]) == (State.DRAFT, 1)


async def test_what_nobody_decided_on_is_withdrawn_and_emptied(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    made = await handed_in(db, cast, call, cast.resident)
    await erase(db, cast.resident)
    assert await row(db, made.id) == {
        "state": State.WITHDRAWN,
        "title": "",
        "answers": "{}",
        "files": 0,
        "submissions": 0,
    }


@pytest.mark.parametrize("state", [State.NOT_ADMITTED, State.FORMALLY_REJECTED, State.ADMITTED])
async def test_what_was_decided_stays_under_an_account_without_a_name(db: Database, cast: Cast, state: State) -> None:
    call = await opened(db, cast)
    made = await handed_in(db, cast, call, cast.resident)
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET state = $2 WHERE id = $1", made.id, state)
    await erase(db, cast.resident)
    kept = await row(db, made.id)
    assert kept is not None and (kept["state"], kept["files"], kept["submissions"]) == (state, 1, 1)


async def test_the_end_of_an_organisation_ends_its_applications(db: Database, cast: Cast) -> None:
    call, other = await opened(db, cast), await opened(db, cast)
    draft, made = await filled(db, cast, other, cast.member), await handed_in(db, cast, call, cast.member)
    owner = await acting(db, cast.owner)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM mail")
        await close_organisation(tx, actor=owner, organisation_id=cast.acme, elsewhere=ELSEWHERE, now=NOW)
        assert {one["recipient"] for one in await tx.fetch("SELECT recipient FROM mail")} == {cast.member.email}
    assert await row(db, draft.id) is None
    kept = await row(db, made.id)
    assert kept is not None and (kept["state"], kept["submissions"], kept["files"]) == (State.WITHDRAWN, 1, 1)


async def test_drafts_are_kept_for_ninety_days_after_their_call(db: Database, cast: Cast) -> None:
    call = await opened(db, cast)
    draft, longer = await filled(db, cast, call, cast.member), await begun(db, cast, call, cast.resident)
    made = await handed_in(db, cast, call, cast.stranger)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO call_extension (edition_id, account_id, until, reason, granted_by) VALUES ($1, $2, $3, 'x', $4)",
            call.edition,
            cast.resident.id,
            CLOSES + 5 * DAY,
            cast.coordinator.id,
        )
        await tidy_applications(tx, now=CLOSES + 90 * DAY)
        assert await tx.fetchval("SELECT count(*) FROM application") == 3
        await tidy_applications(tx, now=CLOSES + 91 * DAY)
    assert await row(db, draft.id) is None and await row(db, longer.id) is not None
    async with transaction(db) as tx:
        await tidy_applications(tx, now=CLOSES + 96 * DAY)
        assert await tx.fetchval("SELECT count(*) FROM application_file") == 1
    assert await row(db, longer.id) is None and await row(db, made.id) is not None


async def test_files_of_who_was_not_admitted_go_five_years_after_the_year_of_the_decision(
    db: Database, cast: Cast
) -> None:
    call = await opened(db, cast)
    lost, won = await handed_in(db, cast, call, cast.member), await handed_in(db, cast, call, cast.stranger)
    async with transaction(db) as tx:
        for key, state in ((lost.id, State.NOT_ADMITTED), (won.id, State.ADMITTED)):
            await tx.execute("UPDATE application SET state = $2, changed_at = $3 WHERE id = $1", key, state, NOW)
        await tidy_applications(tx, now=datetime(2031, 12, 31, 22, 59, tzinfo=UTC))
        assert await tx.fetchval("SELECT count(*) FROM application_file") == 2
        await tidy_applications(tx, now=datetime(2031, 12, 31, 23, 1, tzinfo=UTC))
        rest = await tx.fetch("SELECT application_id FROM application_file")
        assert [one["application_id"] for one in rest] == [won.id]


async def test_what_was_judged_of_an_erased_person_goes_five_years_after_the_year_of_the_decision(
    db: Database, cast: Cast
) -> None:
    call = await opened(db, cast)
    made, other = await handed_in(db, cast, call, cast.resident), await handed_in(db, cast, call, cast.stranger)
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET state = 'not_admitted', changed_at = $1", NOW)
    await erase(db, cast.resident)
    async with transaction(db) as tx:
        await tidy_applications(tx, now=datetime(2031, 12, 31, 22, 59, tzinfo=UTC))
    kept = await row(db, made.id)
    assert kept is not None and (kept["title"], kept["submissions"]) == ("Roboty w lesie", 1)
    async with transaction(db) as tx:
        await tidy_applications(tx, now=datetime(2031, 12, 31, 23, 1, tzinfo=UTC))
    gone, stays = await row(db, made.id), await row(db, other.id)
    assert gone is not None and (gone["title"], gone["answers"], gone["submissions"]) == ("", "{}", 0)
    assert stays is not None and (stays["title"], stays["submissions"]) == ("Roboty w lesie", 1)
