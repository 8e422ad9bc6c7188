"""An anonymous call is scored by people who do not read at the desk who applied."""

import pytest

from incubator.assessment.appoint_scorer import ScorerSeesWho, appoint_scorer
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


async def test_nor_does_the_office_score_an_anonymous_call_of_its_own(db: Database, cast: Cast) -> None:
    judged, _ = await judged_by(db, cast, scorers=0, applications=1, anonymous=True)
    office = await acting(db, cast.office)
    async with transaction(db) as tx:
        await tx.execute("UPDATE programme SET gmina_id = NULL")
        with pytest.raises(ScorerSeesWho):
            await appoint_scorer(tx, actor=office, edition_id=judged.edition, email=cast.office.email, now=NOW)
