"""Three programmes with an edition in every phase. Calls, applications and participants are for other
parts to add between `found_programmes`, `start_editions` and `close_editions`."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.demo.plan import first_workday
from incubator.demo.programme_terms import TERMS, TERMS_AGAIN
from incubator.demo.programme_texts import BUNDLE_PARTNERS, PLANS, PROGRAMMES, Plan
from incubator.demo.settle_in import OFFICE, coordinator_of
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, local_moment
from incubator.people.actor import Actor
from incubator.programmes.close_edition import close_edition
from incubator.programmes.details import DateLine, EditionDetails, TermsText
from incubator.programmes.found_programme import found_programme
from incubator.programmes.open_edition import open_edition
from incubator.programmes.publish_edition import publish_edition
from incubator.programmes.publish_programme import publish_programme
from incubator.programmes.publish_terms import publish_terms
from incubator.programmes.set_dates import set_dates
from incubator.programmes.set_edition_mentors import set_edition_mentors
from incubator.programmes.set_partners import set_bundle_partners, set_edition_partners, set_programme_partners
from incubator.programmes.set_perks import set_perks
from incubator.programmes.start_edition import start_edition

MENTORS = """
SELECT mentor.id FROM mentor WHERE mentor.state <> 'retired'
ORDER BY mentor.gmina_id IS DISTINCT FROM $1, mentor.slug LIMIT 4
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """The edition in each phase; see PLANS for what each is."""

    coming: UUID
    open: UUID
    assessed: UUID
    ranked: UUID
    running: UUID
    over: UUID


def runner_of(world: World, phase: str) -> Actor:
    """Who runs the edition in this phase."""
    gmina = PROGRAMMES[PLANS[phase].programme].gmina
    return world.actor(coordinator_of(gmina) if gmina else OFFICE)


def call_of(phase: str, *, now: datetime) -> tuple[datetime, datetime]:
    """When the call of the edition in this phase opens and closes: at nine, and at four in the afternoon."""
    opens, closes = PLANS[phase].call
    return local_moment(_workday(now, opens), 9 * 60), local_moment(_workday(now, closes), 16 * 60)


async def found_programmes(tx: Tx, world: World, *, now: datetime) -> Editions:
    """Programmes and editions, all published, none started; and a draft of one that is still thought about."""
    await set_bundle_partners(tx, actor=world.actor(OFFICE), partners=list(BUNDLE_PARTNERS), now=now)
    programmes = {name: await _programme(tx, world, name, now=now) for name in PROGRAMMES}
    await _draft(tx, world, programmes["warsztat"], now=now)
    return Editions(
        **{
            phase: await _edition(tx, world, phase, programmes[plan.programme], now=now)
            for phase, plan in PLANS.items()
        }
    )


async def start_editions(tx: Tx, world: World, editions: Editions, *, now: datetime) -> None:
    """The running one and the one that is over, each on its first day."""
    for phase in ("over", "running"):
        at = local_moment(_workday(now, PLANS[phase].starts), 8 * 60)
        await start_edition(tx, actor=runner_of(world, phase), edition_id=getattr(editions, phase), now=at)


async def close_editions(tx: Tx, world: World, editions: Editions, *, now: datetime) -> None:
    """The one that is over, some days after its last."""
    at = local_moment(_day(now, PLANS["over"].ends + 5), 12 * 60)
    await close_edition(tx, actor=runner_of(world, "over"), edition_id=editions.over, now=at)


async def _programme(tx: Tx, world: World, name: str, *, now: datetime) -> UUID:
    started = PROGRAMMES[name]
    actor = world.actor(coordinator_of(started.gmina) if started.gmina else OFFICE)
    gmina_id = world.built.gminas[started.gmina] if started.gmina else None
    first = min(plan.call[0] for plan in PLANS.values() if plan.programme == name)
    at = local_moment(_day(now, min(first - 60, -60)), 10 * 60)
    made = await found_programme(tx, actor=actor, gmina_id=gmina_id, details=started.details, now=at)
    key = made.brief.id
    await set_programme_partners(tx, actor=actor, programme_id=key, partners=list(started.partners), now=at)
    await publish_programme(tx, actor=actor, programme_id=key, now=at)
    return key


async def _edition(tx: Tx, world: World, phase: str, programme_id: UUID, *, now: datetime) -> UUID:
    """Announced thirty days before its call, or yesterday."""
    plan, actor = PLANS[phase], runner_of(world, phase)
    at = local_moment(_day(now, min(plan.call[0] - 30, -1)), 10 * 60)
    made = await open_edition(tx, actor=actor, programme_id=programme_id, details=_details(plan, now), now=at)
    key, dates = made.brief.id, _dates(plan, now)
    await set_dates(tx, actor=actor, edition_id=key, dates=dates, now=at)
    await set_perks(tx, actor=actor, edition_id=key, perks=list(plan.perks), now=at)
    await set_edition_partners(tx, actor=actor, edition_id=key, partners=list(plan.partners), now=at)
    if mentors := [row["id"] for row in await tx.fetch(MENTORS, made.gmina_id)]:
        await set_edition_mentors(tx, actor=actor, edition_id=key, mentor_ids=mentors, now=at)
    await _terms(tx, actor, key, TERMS, at)
    await publish_edition(tx, actor=actor, edition_id=key, now=at)
    if phase == "running":
        await _terms(tx, actor, key, TERMS_AGAIN, local_moment(_day(now, plan.starts + 20), 10 * 60))
    return key


async def _draft(tx: Tx, world: World, programme_id: UUID, *, now: datetime) -> None:
    details = EditionDetails(
        name_pl="Edycja 2",
        name_en="Edition 2",
        starts_on=_workday(now, 270),
        ends_on=_workday(now, 440),
        places=8,
    )
    actor = runner_of(world, "open")
    await open_edition(tx, actor=actor, programme_id=programme_id, details=details, now=now - timedelta(hours=20))


async def _terms(tx: Tx, actor: Actor, edition_id: UUID, texts: tuple[str, ...], at: datetime) -> None:
    polish, english = texts
    terms = TermsText(text_pl=polish, text_en=english, in_force_from=at.astimezone(WARSAW).date() + timedelta(days=7))
    await publish_terms(tx, actor=actor, edition_id=edition_id, terms=terms, now=at)


def _details(plan: Plan, now: datetime) -> EditionDetails:
    return EditionDetails(
        name_pl=plan.name_pl,
        name_en=plan.name_en,
        about_pl=plan.about_pl,
        about_en=plan.about_en,
        starts_on=_workday(now, plan.starts),
        ends_on=_workday(now, plan.ends),
        demo_day=_workday(now, plan.demo_day),
        places=plan.places,
    )


def _dates(plan: Plan, now: datetime) -> list[DateLine]:
    return [
        DateLine(on_day=_workday(now, plan.starts + after), name_pl=polish, name_en=english)
        for after, polish, english in plan.named
    ]


def _workday(now: datetime, after: int) -> date:
    return first_workday(now, in_days=after)


def _day(now: datetime, after: int) -> date:
    return now.astimezone(WARSAW).date() + timedelta(days=after)
