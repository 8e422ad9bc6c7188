"""Any mentor: a budget that does not reach for one of them does not stand in the way of the others."""

from typing import Any

import pytest

from incubator.db.engine import Database, statement
from incubator.kernel.ids import uuid7
from incubator.mentoring.any_mentor import TopicWish, any_mentor
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.place import MentorBudgetSpent
from incubator.mentoring.views import MeetingView
from tests.cast import Cast, Person, acting
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import TEN, complaints, credit, policy, sql
from tests.moments import NOW


async def anybody(db: Database, cast: Cast, who: Person, **said: Any) -> MeetingView:
    actor = await acting(db, who)
    order = MeetingOrder(mentor_id=actor.account_id, period=TEN, mode="online", **said)
    async with statement(db) as tx:
        return await any_mentor(tx, actor=actor, wish=TopicWish(topic="prawo", minutes=60), order=order, now=NOW)


async def test_where_one_gmina_gives_no_more_another_does(db: Database, cast: Cast) -> None:
    await a_mentor(db, cast, "ewa")
    far = await a_mentor(db, cast, "zofia", gmina=cast.skawina, incubator=cast.rynek)
    await policy(db, cast.niepolomice, organisation=0, person=0)
    made = await anybody(db, cast, cast.member)
    assert made.mentor_id == far.id
    await policy(db, cast.skawina, organisation=0, person=30)
    with pytest.raises(MentorBudgetSpent):
        await anybody(db, cast, cast.stranger)
    assert await complaints(db) == []


async def test_hours_of_a_programme_whose_time_is_used_up_are_passed_over(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast, "ewa"), await a_mentor(db, cast, "ola")
    programme = uuid7()
    await sql(
        db, "UPDATE mentor_hours SET audience = 'programme', programme_id = $2 WHERE mentor_id = $1", ewa.id, programme
    )
    await credit(db, cast.acme, 30, programme=programme)
    made = await anybody(db, cast, cast.member, organisation_id=cast.acme)
    assert made.mentor_id == ola.id
