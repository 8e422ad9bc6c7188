"""Who leaves the house leaves their programmes; what they were told of is theirs to take along."""

import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.participation.forget_participant import forget_participant
from incubator.participation.personal_data import PERSONAL
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.participation.cast import active, edition_of, met, noted, scalar
from tests.participation.test_attendance import certify

ALONE = """
INSERT INTO participation (id, edition_id, account_id, state, admitted_on, agreement_number, started_on, reason, plan,
    created_at, version)
VALUES ($1, $2, $3, 'active', $4, 'U/9', $4, '', 'Tajny plan', now(), 1)
"""


async def test_the_export_holds_what_is_the_persons(db: Database, cast: Cast) -> None:
    edition = await edition_of(db, cast.niepolomice)
    made, meeting = await active(db, cast, edition), await met(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, None, 120), (made.id, cast.member, 120))
    await certify(db, cast, made, cast.member.id)
    async with statement(db) as tx:
        told = {name: await ask(tx, cast.member.id) for name, ask in PERSONAL}
        others = {name: await ask(tx, cast.stranger.id) for name, ask in PERSONAL}
    assert [row["minutes"] for row in told["programme_attendance"]] == [120]
    assert [row["holder"] for row in told["certificates"]] == ["Member"]
    assert not any(others.values())


async def test_an_erasure_withdraws_and_empties_and_keeps_the_minutes(db: Database, cast: Cast) -> None:
    edition, key = await edition_of(db, cast.niepolomice), uuid7()
    await scalar(db, ALONE, key, edition, cast.resident.id, NOW.date())
    meeting = await met(db, cast, edition)
    await noted(db, cast, meeting.id, (key, None, 120))
    made = await active(db, cast, edition)
    await noted(db, cast, meeting.id, (made.id, cast.member, 120))
    paper = await certify(db, cast, made, cast.member.id)
    for who in (cast.resident, cast.member):
        actor = await acting(db, who)
        async with transaction(db) as tx:
            await forget_participant(tx, actor=actor, now=NOW)
    assert await scalar(db, "SELECT (state, plan, agreement_number) FROM participation WHERE id = $1", key) == (
        "withdrawn",
        "",
        "",
    )
    assert await scalar(db, "SELECT told->>'holder' FROM certificate WHERE id = $1", paper.id) == ""
    assert await scalar(db, "SELECT state FROM participation WHERE id = $1", made.id) == "active"
    assert await scalar(db, "SELECT sum(minutes) FROM attendance") == 240


@pytest.mark.parametrize(("state", "left"), [("withdrawn", ""), ("removed", "–")])
async def test_why_somebody_ended_is_forgotten_with_them(db: Database, cast: Cast, state: str, left: str) -> None:
    edition, key = await edition_of(db, cast.niepolomice), uuid7()
    await scalar(db, ALONE, key, edition, cast.resident.id, NOW.date())
    why = "UPDATE participation SET state = $2, ended_on = $3, reason = 'Choroba syna.' WHERE id = $1"
    await scalar(db, why, key, state, NOW.date())
    actor = await acting(db, cast.resident)
    async with transaction(db) as tx:
        await forget_participant(tx, actor=actor, now=NOW)
    assert await scalar(db, "SELECT reason FROM participation WHERE id = $1", key) == left
