"""Offered places: declined, not answered, withdrawn from, taken; and the reserve list moves up."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from incubator.applications.move import WrongApplicationState
from incubator.applications.queries import NoSuchApplication
from incubator.assessment.answer_offer import (
    NobodyWaits,
    OfferOver,
    decline_offer,
    lapse_offers,
    offer_place,
    take_offer,
)
from incubator.assessment.places import NoPlaceLeft
from incubator.assessment.queries_outcome import outcome_for
from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from tests.assessment.cast import Judged, judged_by, mails_to, put_scored, state_of
from tests.assessment.test_make_ranking import approved, outcomes
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.moments import NOW

POINTS = ((9, 9), (8, 8), (7, 7), (6, 6), (1, 1))
LATE = NOW + timedelta(days=9)


async def decided(db: Database, cast: Cast, *, places: int = 1) -> tuple[Judged, Actor]:
    """Five applications, the last below the threshold, in the order of their points."""
    judged, actor = await judged_by(db, cast, applications=5, places=places)
    async with transaction(db) as tx:
        await put_scored(tx, judged, POINTS, cast=cast)
    await approved(db, judged, actor)
    return judged, actor


async def taken(db: Database, judged: Judged) -> int:
    async with transaction(db) as tx:
        return int(await tx.fetchval("SELECT places_taken FROM edition WHERE id = $1", judged.edition))


async def test_a_declined_place_goes_to_the_first_of_the_reserve_list(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    actor = await acting(db, judged.applicants[0])
    await attempt(db, lambda tx: decline_offer(tx, actor=actor, application_id=judged.applications[0], now=NOW))
    assert await outcomes(db, judged) == ["declined", "offered", "reserve", "reserve", "below_threshold"]
    assert await taken(db, judged) == 1
    async with transaction(db) as tx:
        assert "A place for you: Run-up, Autumn edition" in await mails_to(tx, judged.applicants[1])
        second = await acting(db, judged.applicants[2])
        _, told = await outcome_for(tx, actor=second, application_id=judged.applications[2])
    assert (told.position, told.reserve_position, told.points, told.most) == (3, 1, 3500, 50)
    with pytest.raises(WrongApplicationState):
        await attempt(db, lambda tx: decline_offer(tx, actor=actor, application_id=judged.applications[0], now=NOW))


async def test_an_offer_is_answered_in_time_or_goes_on(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    actor = await acting(db, judged.applicants[0])
    await attempt(db, lambda tx: lapse_offers(tx, now=NOW + timedelta(days=7)))
    assert await state_of(db, judged.applications[0]) == "offered"
    with pytest.raises(OfferOver):
        await attempt(db, lambda tx: take_offer(tx, actor=actor, application_id=judged.applications[0], now=LATE))
    await attempt(db, lambda tx: lapse_offers(tx, now=LATE))
    assert (await outcomes(db, judged))[:2] == ["declined", "offered"]
    async with transaction(db) as tx:
        assert (await mails_to(tx, judged.applicants[0]))[-1].startswith("The offer of a place has ended")


async def test_a_taken_place_stays_taken(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    actor = await acting(db, judged.applicants[0])
    view = await attempt(db, lambda tx: take_offer(tx, actor=actor, application_id=judged.applications[0], now=NOW))
    await attempt(db, lambda tx: lapse_offers(tx, now=LATE))
    assert view.state == "admitted"
    assert (await taken(db, judged), (await outcomes(db, judged))[:2]) == (1, ["admitted", "reserve"])


async def test_who_withdraws_from_an_offer_gives_the_place_back_once(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast, places=2)
    async with transaction(db) as tx:
        await tx.execute("UPDATE application SET state = 'withdrawn' WHERE id = $1", judged.applications[0])
    for _ in range(2):
        await attempt(db, lambda tx: lapse_offers(tx, now=NOW))
    assert (await outcomes(db, judged))[:4] == ["withdrawn", "offered", "offered", "reserve"]
    assert await taken(db, judged) == 2


async def test_a_decline_and_a_lapse_at_once_make_one_offer(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    actor = await acting(db, judged.applicants[0])
    acts: list[Any] = [attempt(db, lambda tx: lapse_offers(tx, now=LATE)) for _ in range(3)]
    acts += [
        attempt(db, lambda tx: decline_offer(tx, actor=actor, application_id=judged.applications[0], now=LATE))
        for _ in range(3)
    ]
    for one in await asyncio.gather(*acts, return_exceptions=True):
        assert not isinstance(one, BaseException) or isinstance(one, WrongApplicationState), one
    # One that came last may have found the second offer's answer still open.
    assert await outcomes(db, judged) == ["declined", "offered", "reserve", "reserve", "below_threshold"]
    assert await taken(db, judged) == 1


async def test_the_last_place_is_offered_once_under_many_at_once(db: Database, cast: Cast) -> None:
    judged, actor = await decided(db, cast, places=1)
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET places = 2 WHERE id = $1", judged.edition)
    got = await asyncio.gather(
        *(attempt(db, lambda tx: offer_place(tx, actor=actor, edition_id=judged.edition, now=NOW)) for _ in range(10)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in got) == ["ApplicationView"] + ["NoPlaceLeft"] * 9
    assert (await outcomes(db, judged))[:3] == ["offered", "offered", "reserve"]


async def test_withdrawing_from_the_reserve_list_while_a_place_comes_back(db: Database, cast: Cast) -> None:
    """Whoever leaves the list in the same moment is passed over, or was offered the place before."""
    judged, _ = await decided(db, cast)
    actor = await acting(db, judged.applicants[0])

    async def leave() -> None:
        async with transaction(db) as tx:
            await tx.execute(
                "UPDATE application SET state = 'withdrawn' WHERE id = $1 AND state = 'reserve'", judged.applications[1]
            )
            await asyncio.sleep(0.05)

    await asyncio.gather(
        leave(),
        attempt(db, lambda tx: decline_offer(tx, actor=actor, application_id=judged.applications[0], now=NOW)),
    )
    states = await outcomes(db, judged)
    assert states[:3] in (["declined", "withdrawn", "offered"], ["declined", "offered", "reserve"])
    assert await taken(db, judged) == 1


async def test_a_place_is_offered_by_whoever_runs_the_edition_while_somebody_waits(db: Database, cast: Cast) -> None:
    judged, actor = await decided(db, cast, places=4)
    with pytest.raises(NoPlaceLeft):
        await attempt(db, lambda tx: offer_place(tx, actor=actor, edition_id=judged.edition, now=NOW))
    async with transaction(db) as tx:
        await tx.execute("UPDATE edition SET places = 9 WHERE id = $1", judged.edition)
    with pytest.raises(NobodyWaits):
        await attempt(db, lambda tx: offer_place(tx, actor=actor, edition_id=judged.edition, now=NOW))
    other = await acting(db, cast.other_coordinator)
    with pytest.raises(NotYours):
        await attempt(db, lambda tx: offer_place(tx, actor=other, edition_id=judged.edition, now=NOW))


async def test_nobody_answers_for_another(db: Database, cast: Cast) -> None:
    judged, _ = await decided(db, cast)
    for who in (cast.stranger, cast.coordinator, judged.applicants[1], judged.scorers[0]):
        actor = await acting(db, who)
        for verb in (decline_offer, take_offer):
            with pytest.raises(NoSuchApplication):
                await attempt(db, partial(verb, actor=actor, application_id=judged.applications[0], now=NOW))
    assert issubclass(NoSuchApplication, Refusal)


async def test_an_offered_place_can_be_accepted_where_the_decision_is_read(
    visit: Callable[..., httpx.AsyncClient], db: Database, cast: Cast
) -> None:
    judged, _ = await decided(db, cast)
    key = judged.applications[0]
    applicant = visit(judged.applicants[0])
    page = (await applicant.get(f"/applications/{key}/decision")).text
    assert f'action="/applications/{key}/accept-offer"' in page
    accepted = await post_form(applicant, f"/applications/{key}/accept-offer", {})
    assert accepted.status_code == 303 and await state_of(db, key) == "admitted"
