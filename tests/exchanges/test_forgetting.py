"""What is a person's is in their export, and goes when they go; what became everybody's stays without them."""

from incubator.db.engine import Database, statement, transaction
from incubator.exchanges.personal_data import PERSONAL, forget_asker
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.exchanges.cast import a_session, put_topic, scalar
from tests.exchanges.test_topics import supported

MENTOR = """
INSERT INTO session_speaker (session_id, position, name, role_pl, role_en, mentor_id) VALUES ($1, 1, 'Anna', 'mentorka', '', NULL)
"""


async def test_the_export_holds_what_was_asked_and_supported(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        own = await put_topic(tx, gmina=cast.niepolomice, account=cast.member.id)
        others = await put_topic(tx, gmina=None, account=cast.resident.id)
    await supported(db, cast.member, others)
    async with statement(db) as tx:
        told = {name: await ask(tx, cast.member.id) for name, ask in PERSONAL}
        nothing = {name: await ask(tx, cast.stranger.id) for name, ask in PERSONAL}
    assert [str(row["id"]) for row in told["topics_asked"]] == [str(own)]
    assert len(told["topics_supported"]) == 1
    assert not any(nothing.values())


async def test_an_erasure_takes_what_nobody_saw_and_empties_the_rest(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await scalar(db, MENTOR, session)
    async with transaction(db) as tx:
        await put_topic(tx, gmina=cast.niepolomice, account=cast.member.id, state="new")
        shown = await put_topic(tx, gmina=cast.niepolomice, account=cast.member.id)
        await tx.execute("UPDATE topic_request SET about = 'Mieszkam przy Rynku 5' WHERE id = $1", shown)
        others = await put_topic(tx, gmina=None, account=cast.resident.id)
    await supported(db, cast.member, others)
    await supported(db, cast.stranger, shown)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await forget_asker(tx, actor=actor, now=NOW)
    kept = await scalar(
        db, "SELECT array_agg((id, about) ORDER BY id) FROM topic_request WHERE account_id = $1", actor.account_id
    )
    assert kept == [(shown, "")]
    assert await scalar(db, "SELECT array_agg(account_id) FROM topic_support") == [cast.stranger.id]
    assert await scalar(db, "SELECT name FROM session_speaker") == "Anna"
