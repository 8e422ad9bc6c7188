"""An anonymous call is scored by people who do not read at the desk who applied."""

from collections.abc import Callable

import httpx
import pytest

from incubator.assessment.appoint_scorer import ScorerSeesWho, appoint_scorer
from incubator.assessment.remove_scorer import remove_scorer
from incubator.db.engine import Database, transaction
from tests.assessment.cast import judged_by
from tests.cast import Cast, acting
from tests.moments import NOW


async def test_who_reads_the_names_at_the_desk_scores_no_anonymous_call(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, scorers=0, applications=1, anonymous=True)
    async with transaction(db) as tx:
        for who in (cast.coordinator, cast.administrator):
            with pytest.raises(ScorerSeesWho):
                await appoint_scorer(tx, actor=actor, edition_id=judged.edition, email=who.email, now=NOW)
        for who in (cast.other_coordinator, cast.office):
            view = await appoint_scorer(tx, actor=actor, edition_id=judged.edition, email=who.email, now=NOW)
            assert view.account_id == who.id


async def test_in_a_call_with_names_the_coordinator_may_score_too(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, scorers=0, applications=1)
    async with transaction(db) as tx:
        await appoint_scorer(tx, actor=actor, edition_id=judged.edition, email=cast.coordinator.email, now=NOW)


async def test_the_way_to_what_is_to_be_scored_is_shown_to_scorers_alone(
    visit: Callable[..., httpx.AsyncClient], db: Database, cast: Cast
) -> None:
    judged, actor = await judged_by(db, cast, scorers=0, applications=1)
    async with transaction(db) as tx:
        await appoint_scorer(tx, actor=actor, edition_id=judged.edition, email=cast.stranger.email, now=NOW)
    for who, sees in ((cast.stranger, 2), (cast.member, 0), (cast.coordinator, 0)):
        assert (await visit(who).get("/programmes")).text.count('href="/assess"') == sees
    async with transaction(db) as tx:
        await remove_scorer(tx, actor=actor, edition_id=judged.edition, account_id=cast.stranger.id, now=NOW)
    assert 'href="/assess"' not in (await visit(cast.stranger).get("/programmes")).text


async def test_nor_does_the_office_score_an_anonymous_call_of_its_own(db: Database, cast: Cast) -> None:
    judged, _ = await judged_by(db, cast, scorers=0, applications=1, anonymous=True)
    office = await acting(db, cast.office)
    async with transaction(db) as tx:
        await tx.execute("UPDATE programme SET gmina_id = NULL")
        with pytest.raises(ScorerSeesWho):
            await appoint_scorer(tx, actor=office, edition_id=judged.edition, email=cast.office.email, now=NOW)
