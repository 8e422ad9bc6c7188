"""A reserve list ends with a word to everybody on it."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.applications.queries import application_for
from incubator.assessment.answer_offer import NobodyWaits, decline_offer, lapse_offers, offer_place
from incubator.assessment.end_reserve_list import end_reserve_list
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.history import history_of
from incubator.people.guards import NotYours
from incubator.programmes.close_edition import ApplicationsStillWait, close_edition
from tests.assessment.cast import mails_to
from tests.assessment.test_make_ranking import outcomes
from tests.assessment.test_places import LATE, decided, taken
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.moments import NOW

TAKEN_BY = "SELECT count(*) FROM application WHERE edition_id = $1 AND state IN ('offered', 'admitted')"


async def test_everybody_on_it_is_not_admitted_and_written_to_and_nobody_else(db: Database, cast: Cast) -> None:
    judged, actor = await decided(db, cast)
    ended = await attempt(db, lambda tx: end_reserve_list(tx, actor=actor, edition_id=judged.edition, now=NOW))
    assert ended == 3
    assert await outcomes(db, judged) == ["offered", *["not_admitted"] * 3, "below_threshold"]
    subject = "The reserve list has ended: Run-up, Autumn edition"
    async with transaction(db) as tx:
        told = [(await mails_to(tx, one)).count(subject) for one in judged.applicants]
        moves = await history_of(tx, subject_id=judged.applications[1])
        whole = await history_of(tx, subject_id=judged.edition)
        decision = await tx.fetchrow(
            "SELECT outcome, decided_by FROM decision WHERE application_id = $1 ORDER BY decided_at DESC, id DESC",
            judged.applications[1],
        )
    assert told == [0, 1, 1, 1, 0]
    assert (moves[-1]["verb"], moves[-1]["after"]["state"]) == ("end_reserve_list", "not_admitted")
    assert (whole[-1]["verb"], whole[-1]["after"]) == ("end_reserve_list", {"waited": 3})
    assert tuple(decision) == ("not_admitted", actor.account_id)
    assert await taken(db, judged) == 1, "no place is given back by it"


async def test_a_place_that_comes_back_later_is_offered_to_nobody(db: Database, cast: Cast) -> None:
    judged, actor = await decided(db, cast)
    await attempt(db, lambda tx: end_reserve_list(tx, actor=actor, edition_id=judged.edition, now=NOW))
    await attempt(db, lambda tx: lapse_offers(tx, now=LATE))
    assert (await outcomes(db, judged))[:2] == ["declined", "not_admitted"]
    assert await taken(db, judged) == 0
    for verb in (end_reserve_list, offer_place):
        with pytest.raises(NobodyWaits):
            await attempt(db, lambda tx: verb(tx, actor=actor, edition_id=judged.edition, now=NOW))  # type: ignore[operator] # noqa: B023


@pytest.mark.parametrize("who", ["stranger", "member", "other_coordinator", "office"])
async def test_others_end_nothing(db: Database, cast: Cast, who: str) -> None:
    judged, _ = await decided(db, cast)
    actor = await acting(db, getattr(cast, who))
    with pytest.raises(NotYours):
        await attempt(db, lambda tx: end_reserve_list(tx, actor=actor, edition_id=judged.edition, now=NOW))
    assert (await outcomes(db, judged))[1] == "reserve"


@pytest.mark.parametrize("turn", range(3))
async def test_a_place_given_back_in_the_same_moment_is_offered_or_the_list_has_ended(
    db: Database, cast: Cast, turn: int
) -> None:
    """On real commits: never both, and no place leaks."""
    judged, desk = await decided(db, cast, places=2)
    who = [await acting(db, judged.applicants[n]) for n in range(2)]

    def decline(n: int) -> Any:
        return attempt(db, lambda tx: decline_offer(tx, actor=who[n], application_id=judged.applications[n], now=NOW))

    def end() -> Any:
        return attempt(db, lambda tx: end_reserve_list(tx, actor=desk, edition_id=judged.edition, now=NOW))

    acts = [decline(0), end(), end(), decline(1)]
    got = await asyncio.gather(*acts[turn:], *acts[:turn], return_exceptions=True)
    assert [type(one) for one in got if isinstance(one, BaseException)] in ([NobodyWaits], [NobodyWaits] * 2)
    states = await outcomes(db, judged)
    assert states[:2] == ["declined"] * 2 and set(states[2:4]) <= {"offered", "not_admitted"}
    async with transaction(db) as tx:
        there = await tx.fetchval(TAKEN_BY, judged.edition)
        for n in (2, 3):
            mails = await mails_to(tx, judged.applicants[n])
            ended = sum(one.startswith("The reserve list has ended") for one in mails)
            offered = sum(one.startswith("A place for you") for one in mails)
            assert (offered, ended) == ((1, 0) if states[n] == "offered" else (0, 1))
    assert await taken(db, judged) == there


async def test_who_withdraws_in_the_same_moment_is_not_written_to(db: Database, cast: Cast) -> None:
    judged, desk = await decided(db, cast)
    leave = "UPDATE application SET state = 'withdrawn' WHERE id = $1 AND state = 'reserve'"

    async def withdraw() -> None:
        async with transaction(db) as tx:
            await tx.execute(leave, judged.applications[1])
            await asyncio.sleep(0.05)

    await asyncio.gather(
        withdraw(), attempt(db, lambda tx: end_reserve_list(tx, actor=desk, edition_id=judged.edition, now=NOW))
    )
    state = (await outcomes(db, judged))[1]
    async with transaction(db) as tx:
        told = [one for one in await mails_to(tx, judged.applicants[1]) if one.startswith("The reserve list has ended")]
    assert (state, len(told)) in {("withdrawn", 0), ("not_admitted", 1)}


async def test_an_edition_is_closed_once_everybody_has_a_word(db: Database, cast: Cast) -> None:
    judged, desk = await decided(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET state = 'running' WHERE id = $1", judged.edition)

    async def refused() -> int:
        with pytest.raises(ApplicationsStillWait) as error:
            await attempt(db, lambda tx: close_edition(tx, actor=desk, edition_id=judged.edition, now=NOW))
        return error.value.n

    waiting = [await refused()]
    await attempt(db, lambda tx: end_reserve_list(tx, actor=desk, edition_id=judged.edition, now=NOW))
    waiting.append(await refused())
    await attempt(db, lambda tx: lapse_offers(tx, now=LATE))
    closed = await attempt(db, lambda tx: close_edition(tx, actor=desk, edition_id=judged.edition, now=NOW))
    assert (waiting, closed.brief.state) == ([4, 1], "closed")


async def test_the_list_of_an_edition_that_was_closed_before_can_still_be_ended(db: Database, cast: Cast) -> None:
    judged, desk = await decided(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET state = 'closed' WHERE id = $1", judged.edition)
    assert await attempt(db, lambda tx: end_reserve_list(tx, actor=desk, edition_id=judged.edition, now=NOW)) == 3


async def test_the_page_asks_once_more_and_tells_who_waited(
    visit: Callable[..., httpx.AsyncClient], db: Database, cast: Cast
) -> None:
    judged, _ = await decided(db, cast)
    desk, path = visit(cast.coordinator), f"/desk/editions/{judged.edition}/ranking"
    page = (await desk.get(f"{path}?lang=en")).text
    assert "3 applicants wait for a place." in page
    typed = {"form": "end_reserve_list", "version": "1"}
    unsure = await post_form(desk, path, typed)
    assert unsure.status_code == 422 and (await outcomes(db, judged))[1] == "reserve"
    assert (await post_form(desk, path, {**typed, "sure": "yes"})).status_code == 303
    assert "wait for a place" not in (await desk.get(path)).text
    own = await visit(judged.applicants[1]).get(f"/applications/{judged.applications[1]}/decision?lang=en")
    assert "there is no place for this application this time" in own.text
    actor = await acting(db, judged.applicants[1])
    async with statement(db) as tx:
        assert (await application_for(tx, actor=actor, application_id=judged.applications[1])).state == "not_admitted"
