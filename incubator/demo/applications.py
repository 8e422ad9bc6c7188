"""Calls of the made-up editions, and what was handed in to them: drafts, submitted, withdrawn. What is
judged, admitted and supplemented is for other parts to add, between this and `start_editions`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from incubator.applications.add_question import add_question
from incubator.applications.announce_call import announce_call
from incubator.applications.attach_file import attach_file
from incubator.applications.call_views import CallView
from incubator.applications.details import CallDetails, Draft, FactsSaid
from incubator.applications.extend_for import extend_for
from incubator.applications.publish_call import publish_call
from incubator.applications.save_draft import save_draft
from incubator.applications.start_application import start_application
from incubator.applications.submit import submit, terms_in_force
from incubator.applications.withdraw import withdraw
from incubator.db.engine import Tx
from incubator.demo.application_texts import FORM, IDEAS, INTRO, Idea
from incubator.demo.numbers import made_up_nip
from incubator.demo.programmes import Editions, call_of, runner_of
from incubator.demo.small_pdf import small_pdf
from incubator.demo.teams import TEAMS, address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW

TURNS = {team.name: team for team in TEAMS}
RULES: dict[str, dict[str, Any]] = {
    "coming": {"anonymous": True},
    "open": {"oldest_months": 60, "kinds": ["startup", "company", "person"]},
    "assessed": {"anonymous": True, "sizes": ["micro", "small"]},
    "ranked": {"kinds": ["startup", "company"]},
    "running": {"oldest_months": 36},
    "over": {"oldest_months": 36},
}
WHO: dict[str, tuple[int, ...]] = {
    "open": (0, 1, 2, 3),
    "assessed": (7, 5, 4, 6, 11, 15, 13, 8, 9),
    "ranked": (12, 1, 3, 10),
    "running": (2, 0, 9, 7, 6, 15, 5, 8, 11, 14, 12),
    "over": (4, 3, 1, 10),
}
"""Which of IDEAS were handed in, in this order; who takes part (demo/participation_texts.py) is among the first."""
DRAFTS = {"open": (15, 8, 11), "assessed": (10,)}
"""Which were begun and not handed in."""
WITHDRAWN = {"open": 3, "assessed": 9}


@dataclass(slots=True)
class Applied:
    """Applications by phase, in the order of their numbers; those that were withdrawn left out."""

    submitted: dict[str, list[UUID]] = field(default_factory=dict)


async def apply_to(tx: Tx, world: World, editions: Editions, *, now: datetime) -> Applied:
    """A call for every edition, and applications to those that have opened."""
    applied = Applied()
    for phase in ("over", "running", "ranked", "assessed", "open", "coming"):
        edition_id: UUID = getattr(editions, phase)
        call = await _call(tx, world, phase, edition_id, now)
        applied.submitted[phase] = [
            key
            for turn, which in enumerate(WHO.get(phase, ()))
            if (key := await _hand_in(tx, world, phase, call, IDEAS[which], turn, now)) is not None
        ]
        for turn, which in enumerate(DRAFTS.get(phase, ())):
            await _begin(
                tx, world, call, IDEAS[which], call.opens_at + timedelta(days=2 + turn), full=turn > 0, today=now
            )
    await _longer(tx, world, editions, now)
    return applied


async def _call(tx: Tx, world: World, phase: str, edition_id: UUID, now: datetime) -> CallView:
    opens, closes = call_of(phase, now=now)
    actor, at = runner_of(world, phase), min(opens - timedelta(days=10), now - timedelta(hours=20))
    given: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "now": at}
    said = CallDetails(opens_at=opens, closes_at=closes, intro_pl=INTRO[0], intro_en=INTRO[1], **RULES[phase])
    await announce_call(tx, details=said, **given)
    for question in FORM:
        await add_question(tx, details=question, **given)
    return await publish_call(tx, **given)


async def _hand_in(
    tx: Tx, world: World, phase: str, call: CallView, idea: Idea, turn: int, now: datetime
) -> UUID | None:
    """The application's identifier; None where it was withdrawn again."""
    # The last days of a call are the busiest; an open one has its own still to come.
    last = min(call.closes_at - timedelta(hours=2), now - timedelta(hours=3))
    at = last - timedelta(hours=25 * (len(WHO[phase]) - turn - 1))
    key = await _begin(tx, world, call, idea, at - timedelta(hours=20), full=True, today=now)
    actor = world.actor(address(idea.who))
    terms = await terms_in_force(tx, edition_id=call.edition_id, day=at.astimezone(WARSAW).date())
    await submit(tx, actor=actor, application_id=key, terms_version=terms, clock=lambda: at)
    if WITHDRAWN.get(phase) == WHO[phase][turn]:
        await withdraw(tx, actor=actor, application_id=key, now=at + timedelta(hours=2))
        return None
    return key


async def _begin(
    tx: Tx, world: World, call: CallView, idea: Idea, at: datetime, *, full: bool, today: datetime
) -> UUID:
    actor = world.actor(address(idea.who))
    organisation = world.organisation(idea.team) if idea.team else None
    made = await start_application(tx, actor=actor, edition_id=call.edition_id, organisation_id=organisation, now=at)
    draft = _draft(call, idea, made.facts.gmina_id, made.facts.pkd, today.astimezone(WARSAW).date(), full=full)
    await save_draft(tx, actor=actor, application_id=made.id, draft=draft, now=at + timedelta(minutes=40))
    if full:
        question = next(one for one in call.questions if one.kind == "file")
        plan = small_pdf(idea.title, "", "Plan na pol roku", "1. Rozmowy z klientami", "2. Proba", "3. Sprzedaz")
        await attach_file(
            tx,
            actor=actor,
            application_id=made.id,
            question_id=question.id,
            name=f"Plan - {idea.team or idea.who}.pdf",
            content=plan,
            now=at + timedelta(minutes=45),
        )
    return made.id


def _draft(call: CallView, idea: Idea, home: UUID | None, pkd: str | None, today: date, *, full: bool) -> Draft:
    """All of it, or as far as somebody came on the first evening."""
    closing = call.closing_day
    facts = FactsSaid(
        gmina_id=home,
        pkd=pkd,
        size="micro" if idea.team else None,
        registered_on=min(closing, today) - timedelta(days=idea.registered) if idea.team else None,
    )
    answers: dict[str, Any] = {"text": idea.sentence, "choice": idea.stage}
    if full:
        answers |= {
            "paragraph": idea.problem,
            "choices": ["1", "3"],
            "number": idea.people,
            "date": (closing + timedelta(days=45)).isoformat(),
            "declaration": True,
        }
        if idea.team:
            answers["nip"] = made_up_nip(TURNS[idea.team].turn)
    keyed = {one.id: answers[one.kind] for one in call.questions if one.kind in answers}
    return Draft(title=idea.title, facts=facts, answers=keyed)


async def _longer(tx: Tx, world: World, editions: Editions, now: datetime) -> None:
    """One who had begun could not be online on the last day; they did not come back to it."""
    idea = IDEAS[DRAFTS["assessed"][0]]
    closes = call_of("assessed", now=now)[1]
    await extend_for(
        tx,
        actor=runner_of(world, "assessed"),
        edition_id=editions.assessed,
        organisation_id=world.organisation(idea.team) if idea.team else None,
        until=closes + timedelta(days=3),
        reason="Awaria sieci w ostatnim dniu naboru, potwierdzona przez operatora.",
        now=closes - timedelta(hours=1),
    )
