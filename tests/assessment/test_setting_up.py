"""Who scores what, by which rules; and the formal check."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from incubator.applications.move import WrongApplicationState
from incubator.applications.queries import NoSuchApplication
from incubator.assessment.appoint_scorer import NobodyToAppoint, NoSuchScorer, ScorerAlready, appoint_scorer
from incubator.assessment.assign import (
    AssignedAlready,
    OwnApplication,
    ScorerConflicted,
    SheetHandedIn,
    assign,
    unassign,
)
from incubator.assessment.check_formally import ItemsUnmet, NoteNeeded, OneSupplementation, StillTime, check_formally
from incubator.assessment.details import AssessmentRules, Check, CriterionDetails, FormalItemDetails
from incubator.assessment.note_unanswered import note_unanswered
from incubator.assessment.queries import NoCall, assessment_of, progress_for
from incubator.assessment.queries_formal import formal_queue
from incubator.assessment.remove_scorer import remove_scorer
from incubator.assessment.set_assessment import TieRuleUnclear, set_assessment
from incubator.assessment.set_formal_items import CheckingBegun, set_formal_items
from incubator.assessment.set_rubric import LeastAboveMost, RubricUnclear, set_rubric
from incubator.assessment.share_out import share_out
from incubator.assessment.sharing import TooFewScorers
from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.web.etags import ChangedMeanwhile
from tests.assessment.cast import Judged, judged_by, mails_to, put_assignment, put_sheet
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.programmes.cast import put_call, put_edition

WHOLE = Check(result="passed")


async def check(db: Database, actor: Actor, key: UUID, given: Check, now: datetime = NOW, **how: Any) -> object:
    return await attempt(
        db, lambda tx: check_formally(tx, actor=actor, application_id=key, check=given, now=now, **how)
    )


async def scorer_to(db: Database, actor: Actor, judged: Judged, n: int, scorer: UUID) -> None:
    await attempt(
        db,
        lambda tx: assign(tx, actor=actor, application_id=judged.applications[n], account_id=scorer, now=NOW),
    )


# ---- rules, list, rubric ----


async def test_rules_list_and_rubric_are_set_in_turn(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        edition = await put_edition(tx, gmina=cast.niepolomice)
        with pytest.raises(NoCall):
            await assessment_of(tx, edition_id=edition)
        await put_call(tx, edition=edition, opens=NOW, closes=NOW + timedelta(days=9))
        assert (await assessment_of(tx, edition_id=edition)).version == 0
        common: dict[str, Any] = {"actor": actor, "edition_id": edition, "now": NOW}
        rubric = [
            CriterionDetails(name_pl="Pomysł", most=10, weight=3),
            CriterionDetails(name_pl="Zespół", most=5, least=2),
        ]
        view = await set_rubric(tx, criteria=rubric, seen=0, **common)
        tie = [f"criterion:{view.criteria[1].id}", "submitted_at", "lot"]
        view = await set_assessment(tx, rules=AssessmentRules(tie_rule=tie), seen=view.version, **common)
        items = [FormalItemDetails(name_pl="Podpis"), FormalItemDetails(name_pl="Załączniki", name_en="Files")]
        view = await set_formal_items(tx, items=items, seen=view.version, **common)
        assert ([one.name_pl for one in view.criteria], view.tie_rule) == (["Pomysł", "Zespół"], tie)
        assert [one.name_pl for one in view.items] == ["Podpis", "Załączniki"]
        with pytest.raises(ChangedMeanwhile):
            await set_formal_items(tx, items=items, seen=1, **common)
        kept = CriterionDetails(name_pl="Pomysł i rynek", id=view.criteria[0].id)
        view = await set_rubric(tx, criteria=[kept], **common)
    assert (view.criteria[0].id, view.tie_rule) == (kept.id, ["submitted_at", "lot"])


async def test_what_makes_no_sense_is_refused(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast)
    common: dict[str, Any] = {"actor": actor, "edition_id": judged.edition, "now": NOW}
    async with transaction(db) as tx:
        for tie in (["lot", "lot"], [f"criterion:{uuid7()}"]):
            with pytest.raises(TieRuleUnclear):
                await set_assessment(tx, rules=AssessmentRules(tie_rule=tie), **common)
        for wrong in ([], [CriterionDetails(name_pl="x", id=uuid7())]):
            with pytest.raises(RubricUnclear):
                await set_rubric(tx, criteria=wrong, **common)
        with pytest.raises(LeastAboveMost):
            await set_rubric(tx, criteria=[CriterionDetails(name_pl="x", most=3, least=4)], **common)


async def test_another_gmina_and_the_office_set_up_nothing(db: Database, cast: Cast) -> None:
    judged, _ = await judged_by(db, cast)
    for who in (cast.other_coordinator, cast.office, cast.member):
        actor = await acting(db, who)
        with pytest.raises(NotYours):
            await attempt(
                db,
                partial(set_assessment, actor=actor, edition_id=judged.edition, rules=AssessmentRules(), now=NOW),
            )
        with pytest.raises(NoSuchApplication):
            await check(db, actor, judged.applications[0], WHOLE)


# ---- scorers ----


async def test_a_scorer_is_appointed_by_e_mail_written_to_and_removed(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, scorers=0, applications=1)
    common: dict[str, Any] = {"actor": actor, "edition_id": judged.edition, "now": NOW}
    async with transaction(db) as tx:
        view = await appoint_scorer(tx, email=cast.resident.email, **common)
        assert (view.account_id, view.assigned) == (cast.resident.id, 0)
        with pytest.raises(ScorerAlready):
            await appoint_scorer(tx, email=cast.resident.email, **common)
        with pytest.raises(NobodyToAppoint):
            await appoint_scorer(tx, email="nobody@example.com", **common)
        await put_sheet(tx, judged.applications[0], cast.resident.id, judged.points(1, 1), cast=cast)
        await remove_scorer(tx, account_id=cast.resident.id, **common)
        assert await tx.fetchval("SELECT count(*) FROM score_sheet") == 1
        with pytest.raises(NoSuchScorer):
            await remove_scorer(tx, account_id=cast.resident.id, **common)
        await appoint_scorer(tx, email=cast.resident.email, **common)
        assert len(await mails_to(tx, cast.resident)) == 3


async def test_nobody_is_assigned_to_what_they_applied_for_or_have_a_conflict_with(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, scorers=2)
    owner = judged.applicants[0]
    async with transaction(db) as tx:
        await appoint_scorer(tx, actor=actor, edition_id=judged.edition, email=owner.email, now=NOW)
        await put_assignment(tx, judged.applications[0], judged.scorers[0].id, cast=cast, conflicted=True)
    with pytest.raises(OwnApplication):
        await scorer_to(db, actor, judged, 0, owner.id)
    with pytest.raises(ScorerConflicted):
        await scorer_to(db, actor, judged, 0, judged.scorers[0].id)
    with pytest.raises(NoSuchScorer):
        await scorer_to(db, actor, judged, 0, cast.resident.id)
    await scorer_to(db, actor, judged, 1, owner.id)
    with pytest.raises(AssignedAlready):
        await scorer_to(db, actor, judged, 1, owner.id)


async def test_applications_are_shared_out_evenly_past_conflicts(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=4, scorers=3)
    async with transaction(db) as tx:
        await put_assignment(tx, judged.applications[0], judged.scorers[0].id, cast=cast, conflicted=True)
        assert await share_out(tx, actor=actor, edition_id=judged.edition, now=NOW) == 8
        assert await share_out(tx, actor=actor, edition_id=judged.edition, now=NOW) == 0
        progress = await progress_for(tx, actor=actor, edition_id=judged.edition)
        told = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1", judged.scorers[1].email)
    loads = [sum(who.id == one.account_id for row in progress for one in row.assignments) for who in judged.scorers]
    assert [len(row.assignments) for row in progress] == [2, 2, 2, 2]
    assert [row.missing for row in progress] == [2, 2, 2, 2]
    assert max(loads) - min(loads) <= 1
    assert judged.scorers[0].id not in {one.account_id for one in progress[0].assignments}
    assert "wait for your score" in told


async def test_too_few_scorers_without_a_conflict_are_said_of_the_application(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, applications=2, scorers=2)
    async with transaction(db) as tx:
        await put_assignment(tx, judged.applications[1], judged.scorers[0].id, cast=cast, conflicted=True)
        code = await tx.fetchval("SELECT code FROM application WHERE id = $1", judged.applications[1])
    with pytest.raises(TooFewScorers) as told:
        await attempt(db, lambda tx: share_out(tx, actor=actor, edition_id=judged.edition, now=NOW))
    assert told.value.application == code


async def test_a_sheet_that_was_handed_in_is_not_thrown_away(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast)
    async with transaction(db) as tx:
        await put_sheet(tx, judged.applications[0], judged.scorers[0].id, judged.points(1, 1), cast=cast)
        await put_sheet(tx, judged.applications[0], judged.scorers[1].id, judged.points(1, 1), cast=cast, at=None)
        common: dict[str, Any] = {"actor": actor, "application_id": judged.applications[0], "now": NOW}
        with pytest.raises(SheetHandedIn):
            await unassign(tx, account_id=judged.scorers[0].id, **common)
        await unassign(tx, account_id=judged.scorers[1].id, **common)
        assert await tx.fetchval("SELECT count(*) FROM score_sheet") == 1


# ---- formal check ----


async def test_the_formal_check_sends_back_once_and_tells_the_applicant(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, state="submitted", applications=1)
    key = judged.applications[0]
    with pytest.raises(ItemsUnmet):
        await check(db, actor, key, WHOLE)
    with pytest.raises(NoteNeeded):
        await check(db, actor, key, Check(result="supplement"))
    await check(db, actor, key, Check(result="supplement", note="Brak podpisu"))
    with pytest.raises(StillTime):
        await check(db, actor, key, Check(result="failed", note="x"))
    async with transaction(db) as tx:
        assert await tx.fetchval(
            "SELECT supplement_until FROM application WHERE id = $1", key
        ) == datetime.fromisoformat("2026-09-14T23:59+02:00")
        await tx.execute("UPDATE application SET state = 'submitted' WHERE id = $1", key)
    with pytest.raises(OneSupplementation):
        await check(db, actor, key, Check(result="supplement", note="Jeszcze"))
    await check(db, actor, key, Check(result="passed", met=[judged.item]))
    with pytest.raises(WrongApplicationState):
        await check(db, actor, key, Check(result="failed", note="x"))
    async with transaction(db) as tx:
        queue = await formal_queue(tx, actor=actor, edition_id=judged.edition, now=NOW)
        assert [(one.round, one.result, one.met) for one in queue[0].checks] == [
            (0, "supplement", []),
            (1, "passed", [judged.item]),
        ]
        assert len(await mails_to(tx, judged.applicants[0])) == 2
        with pytest.raises(asyncpg.RestrictViolationError):
            await tx.execute("UPDATE formal_check SET note = ''")


async def test_a_rejection_is_a_decision_with_its_reason(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, state="submitted", applications=1)
    await check(db, actor, judged.applications[0], Check(result="failed", note="Po terminie"))
    async with transaction(db) as tx:
        row = await tx.fetchrow("SELECT outcome, reason, decided_by FROM decision")
        assert row is not None
        assert tuple(row) == ("formally_rejected", "Po terminie", actor.account_id)
        assert "Po terminie" in await tx.fetchval("SELECT text FROM mail")


async def test_what_was_not_supplemented_in_time_is_told_once_and_decided_by_a_person(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, state="submitted", applications=1)
    key, late = judged.applications[0], NOW + timedelta(days=9)
    await check(db, actor, key, Check(result="supplement", note="Brak podpisu"))
    for at in (NOW, late, late):
        await attempt(db, partial(note_unanswered, now=at))
    async with transaction(db) as tx:
        assert len(await mails_to(tx, cast.coordinator)) == 1
        queue = await formal_queue(tx, actor=actor, edition_id=judged.edition, now=late)
        assert (queue[0].state, queue[0].overdue) == ("supplementing", True)
    with pytest.raises(WrongApplicationState):
        await check(db, actor, key, Check(result="passed", met=[judged.item]), now=late)
    await check(db, actor, key, Check(result="failed", note="Bez odpowiedzi"), now=late)


async def test_one_round_is_checked_once_under_many_at_once(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, state="submitted", applications=1)
    key = judged.applications[0]
    got = await asyncio.gather(
        *(check(db, actor, key, Check(result="failed", note=str(n))) for n in range(8)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in got) == ["ApplicationView"] + ["WrongApplicationState"] * 7
    async with transaction(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM decision") == 1


async def test_the_list_stays_once_it_was_used(db: Database, cast: Cast) -> None:
    judged, actor = await judged_by(db, cast, state="submitted", applications=1)
    await check(db, actor, judged.applications[0], Check(result="passed", met=[judged.item]))
    with pytest.raises(CheckingBegun):
        await attempt(db, lambda tx: set_formal_items(tx, actor=actor, edition_id=judged.edition, items=[], now=NOW))
