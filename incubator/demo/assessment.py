"""How the applications of the demonstration are judged, through the verbs.

The editions that run or are over have an approved ranking: places offered, one declined so that the first of
the reserve list moved up, a reserve list, somebody below the threshold. The edition in assessment is in the
middle of it: checked, being supplemented, rejected; sheets complete, begun and missing; a declared conflict.
The trial edition has a ranking that waits for the panel.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from incubator.applications.queries import applications_in
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.assessment.answer_offer import decline_offer, offer_place
from incubator.assessment.appoint_scorer import appoint_scorer
from incubator.assessment.approve_ranking import approve_ranking
from incubator.assessment.check_formally import check_formally
from incubator.assessment.declare_conflict import declare_conflict
from incubator.assessment.details import Approval, AssessmentRules, Check, Given, Result, SheetDetails
from incubator.assessment.make_ranking import make_ranking
from incubator.assessment.score import score
from incubator.assessment.set_assessment import set_assessment
from incubator.assessment.set_formal_items import set_formal_items
from incubator.assessment.set_rubric import set_rubric
from incubator.assessment.share_out import share_out
from incubator.assessment.tasks import tasks_of
from incubator.assessment.views import AssessmentView, TaskView
from incubator.db.engine import Tx
from incubator.demo.assessment_texts import (
    CONFLICT,
    ITEMS,
    MINUTES,
    MISSING,
    PANEL,
    REJECTED,
    REMARKS,
    RUBRIC,
    SCORERS,
    WHY,
)
from incubator.demo.programmes import Editions, call_of, runner_of
from incubator.demo.teams import address
from incubator.demo.world import World
from incubator.people.actor import Actor
from incubator.places.details import picked
from incubator.programmes.describe_edition import describe_edition
from incubator.programmes.details import EditionDetails

DECIDED = ("over", "running")
"""Phases whose applications are all judged."""
HANDED_IN = frozenset({State.SUBMITTED, State.FORMALLY_PASSED})


async def judge_applications(tx: Tx, world: World, editions: Editions, *, now: datetime) -> None:
    """Every edition whose call is over, each after its call has closed; offers that are not declined here are
    left to be accepted. Editions without applications are only set up."""
    for phase in (*DECIDED, "ranked", "assessed"):
        actor, edition_id = runner_of(world, phase), getattr(editions, phase)
        closed = call_of(phase, now=now)[1]
        assessment = await _set_up(tx, actor, edition_id, closed - timedelta(days=3))
        found = [one for one in await applications_in(tx, actor=actor, edition_id=edition_id) if one.state in HANDED_IN]
        if not found:
            continue
        if phase == "assessed":
            await _midway(tx, world, actor, assessment, found, closed)
            continue
        await _judge(tx, world, actor, assessment, found, closed)
        if phase == "ranked":
            await make_ranking(tx, actor=actor, edition_id=edition_id, now=closed + timedelta(days=14))
        else:
            await _approve(tx, world, actor, assessment, closed + timedelta(days=14))


async def offer_one_more(tx: Tx, world: World, editions: Editions, *, now: datetime) -> None:
    """After participation: the running edition gets one more place, which is offered two days ago and waits
    for an answer."""
    actor, edition_id, at = runner_of(world, "running"), editions.running, now - timedelta(days=2)
    row = await tx.fetchrow("SELECT * FROM edition WHERE id = $1", edition_id)
    assert row is not None
    details = msgspec.structs.replace(picked(row, EditionDetails), places=row["places"] + 1)
    await describe_edition(tx, actor=actor, edition_id=edition_id, details=details, now=at)
    await offer_place(tx, actor=actor, edition_id=edition_id, now=at)


async def _set_up(tx: Tx, actor: Actor, edition_id: UUID, at: datetime) -> AssessmentView:
    await set_rubric(tx, actor=actor, edition_id=edition_id, criteria=list(RUBRIC), now=at)
    await set_formal_items(tx, actor=actor, edition_id=edition_id, items=list(ITEMS), now=at)
    for name in SCORERS:
        await appoint_scorer(tx, actor=actor, edition_id=edition_id, email=address(name), now=at)
    view = await set_assessment(tx, actor=actor, edition_id=edition_id, rules=AssessmentRules(), now=at)
    tie_rule = [f"criterion:{view.criteria[0].id}", "submitted_at"]
    rules = AssessmentRules(threshold_percent=50, reserve_places=3, tie_rule=tie_rule)
    return await set_assessment(tx, actor=actor, edition_id=edition_id, rules=rules, now=at)


async def _judge(
    tx: Tx, world: World, actor: Actor, assessment: AssessmentView, found: Sequence[ApplicationView], closed: datetime
) -> None:
    for one in found:
        await _check(tx, actor, assessment, one, "passed", "", closed + timedelta(days=4))
    at = closed + timedelta(days=5)
    await share_out(tx, actor=actor, edition_id=assessment.edition_id, now=at)
    turns = {one.id: turn for turn, one in enumerate(found)}
    for scorer in _scorers(world):
        for task in await _tasks(tx, scorer, assessment):
            await _declare(tx, scorer, task, at + timedelta(days=1))
            turn = len(SCORERS) * 5 if turns[task.application_id] == len(found) - 1 else turns[task.application_id]
            await _score(tx, scorer, assessment, task, turn, at + timedelta(days=6), submit=True)


async def _approve(tx: Tx, world: World, actor: Actor, assessment: AssessmentView, at: datetime) -> None:
    edition_id = assessment.edition_id
    made = await make_ranking(tx, actor=actor, edition_id=edition_id, now=at - timedelta(hours=2))
    approval = Approval(panel=PANEL, minutes=MINUTES)
    approved = await approve_ranking(
        tx, actor=actor, edition_id=edition_id, ranking_id=made.id, approval=approval, now=at
    )
    offered = [row.application_id for row in approved.rows if row.outcome == "admitted"]
    if sum(row.outcome == "reserve" for row in approved.rows) > 1:
        email = await tx.fetchval(
            "SELECT email FROM account JOIN application ON account_id = account.id WHERE application.id = $1",
            offered[-1],
        )
        await decline_offer(
            tx, actor=world.actor(email), application_id=offered[-1], now=at + timedelta(days=2, hours=3)
        )


async def _midway(
    tx: Tx, world: World, actor: Actor, assessment: AssessmentView, found: Sequence[ApplicationView], closed: datetime
) -> None:
    """The last three are still in the formal check, or did not pass it, where there are enough."""
    at = closed + timedelta(days=3)
    ending: list[tuple[Result, str]] = [("failed", REJECTED), ("supplement", MISSING)] if len(found) > 5 else []
    checked = found[:-1] if len(found) > 5 else found
    passed: list[tuple[Result, str]] = [("passed", "")]
    results = passed * (len(checked) - len(ending)) + ending
    for one, (result, note) in zip(checked, results, strict=True):
        await _check(tx, actor, assessment, one, result, note, at if result != "supplement" else at + timedelta(days=5))
    await share_out(tx, actor=actor, edition_id=assessment.edition_id, now=at + timedelta(days=1))
    first, second, third = _scorers(world)
    for task in await _tasks(tx, first, assessment):
        await _declare(tx, first, task, at + timedelta(days=2))
        await _score(tx, first, assessment, task, 1, at + timedelta(days=4), submit=True)
    tasks = await _tasks(tx, second, assessment)
    for turn, task in enumerate(tasks[:2]):
        await _declare(tx, second, task, at + timedelta(days=3))
        await _score(tx, second, assessment, task, turn, at + timedelta(days=5), submit=turn == 0)
    for turn, task in enumerate((await _tasks(tx, third, assessment))[:2]):
        await _declare(tx, third, task, at + timedelta(days=3), reason=CONFLICT if turn else "")


async def _check(
    tx: Tx, actor: Actor, assessment: AssessmentView, one: ApplicationView, result: Result, note: str, at: datetime
) -> None:
    if one.state != State.SUBMITTED:
        return
    met = [item.id for item in assessment.items] if result == "passed" else [assessment.items[0].id]
    check = Check(result=result, note=note, met=met)
    await check_formally(tx, actor=actor, application_id=one.id, check=check, now=at)


def _scorers(world: World) -> list[Actor]:
    return [world.actor(address(name)) for name in SCORERS]


async def _tasks(tx: Tx, scorer: Actor, assessment: AssessmentView) -> list[TaskView]:
    """In the order of their numbers, for the codes are drawn at random."""
    order = "SELECT id FROM application WHERE edition_id = $1 ORDER BY number"
    turns = {row["id"]: turn for turn, row in enumerate(await tx.fetch(order, assessment.edition_id))}
    tasks = [one for one in await tasks_of(tx, actor=scorer) if one.edition_id == assessment.edition_id]
    return sorted(tasks, key=lambda one: turns[one.application_id])


async def _declare(tx: Tx, scorer: Actor, task: TaskView, at: datetime, *, reason: str = "") -> None:
    await declare_conflict(
        tx, actor=scorer, application_id=task.application_id, conflicted=bool(reason), reason=reason, now=at
    )


async def _score(
    tx: Tx, scorer: Actor, assessment: AssessmentView, task: TaskView, turn: int, at: datetime, *, submit: bool
) -> None:
    """Fewer points the later the turn; a draft lacks the last criterion."""
    scores = [
        Given(
            criterion_id=one.id,
            points=max(one.most - 1 - (turn + n) % 3 - turn // 4, 0),
            comment=WHY[(turn + n) % len(WHY)],
        )
        for n, one in enumerate(assessment.criteria if submit else assessment.criteria[:-1])
    ]
    sheet = SheetDetails(scores=scores, comment=REMARKS[turn % len(REMARKS)])
    await score(tx, actor=scorer, application_id=task.application_id, sheet=sheet, submit=submit, now=at)
