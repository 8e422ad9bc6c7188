"""What programmes come to, edition by edition, as the page and the API show it: no name of who took part."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.participation.totals import AnswersTotal, EditionTotal, totals_of
from incubator.people.actor import Actor
from incubator.programmes.queries import may_run
from incubator.reporting.partition import HIDDEN, amount, divided
from incubator.reporting.small_cells import Cell, Seen, Shown, protect

BANDS = ("none", "to_50", "to_200", "to_1000", "above_1000")
STATES = ("active", "graduated", "withdrawn", "removed")
STAGES = ("exit", "six_months", "twelve_months")


class Figure(msgspec.Struct, frozen=True):
    """A count or a sum. Without a `count`, `shown` says why: `few` is fewer than five, `withheld` would tell of few."""

    count: int | None
    shown: Shown


class RevenueBands(msgspec.Struct, frozen=True, kw_only=True):
    """How many named each band of revenue of the last twelve months, in thousands of PLN."""

    none: Figure
    to_50: Figure
    to_200: Figure
    to_1000: Figure
    above_1000: Figure


class StageOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers to the survey of one stage come to: FTE in hundredths, money in grosz."""

    stage: str
    answered: Figure
    in_business: Figure
    jobs_fte: Figure
    funding_minor: Figure
    revenue: RevenueBands


class EditionOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """An edition: `admitted` are all that ever were, and of those some are `active`, or ended so. Minutes are those
    of the record: of a participant once for each meeting."""

    edition_id: UUID
    edition_pl: str
    edition_en: str
    programme_id: UUID
    programme_pl: str
    programme_en: str
    gmina: str | None
    starts_on: date
    ends_on: date
    places: int
    applications: Figure
    admitted: Figure
    active: Figure
    graduated: Figure
    withdrawn: Figure
    removed: Figure
    meeting_minutes: Figure
    mentor_minutes: Figure
    stages: list[StageOutcome]


async def outcomes_of_all(tx: Tx, *, actor: Actor) -> list[EditionOutcome]:
    """Every edition for the metropolis office, those of their gminas for a coordinator. Who does not run an edition
    sees no small counts of it."""
    sees_all = actor.is_office or actor.is_administrator
    editions, answers = await totals_of(tx, gmina_ids=None if sees_all else list(actor.coordinates))
    return [outcome_of(one, answers, own=may_run(actor, one.gmina_id)) for one in editions]


def outcome_of(one: EditionTotal, answers: Sequence[AnswersTotal], *, own: bool) -> EditionOutcome:
    """What of an edition may be shown; `own` where who asks runs it."""
    counts = [getattr(one, state) for state in STATES]
    took = divided(one.admitted, [*counts, one.admitted - sum(counts)], own=own)
    states: dict[str, Any] = {state: _figure(seen) for state, seen in zip(STATES, took.parts, strict=False)}
    theirs = {each.stage: each for each in answers if each.edition_id == one.edition_id}
    plain = ("edition_id", "edition_pl", "edition_en", "programme_id", "programme_pl", "programme_en", "gmina")
    return EditionOutcome(
        **{name: getattr(one, name) for name in (*plain, "starts_on", "ends_on", "places")},
        applications=_figure(protect(Cell(one.applications, own))),
        admitted=_figure(took),
        **states,
        meeting_minutes=_figure(amount(one.meeting_minutes, of=one.meeting_participants, own=own)),
        mentor_minutes=_figure(amount(one.mentor_minutes, of=one.mentor_participants, own=own)),
        stages=[_stage(theirs[stage], own) for stage in STAGES if stage in theirs],
    )


def _stage(told: AnswersTotal, own: bool) -> StageOutcome:
    business = divided(told.answered, [told.in_business, told.answered - told.in_business], own=own)
    bands = divided(told.answered, [getattr(told, band) for band in BANDS], own=own)
    jobs = amount(told.jobs_fte, of=told.employers, own=own)
    funding = amount(told.funding_minor, of=told.funded, own=own)
    few = business.shown == Shown.FEW
    return StageOutcome(
        stage=told.stage,
        answered=_figure(business),
        in_business=_figure(business.parts[0]),
        jobs_fte=_figure(HIDDEN if few else jobs),
        funding_minor=_figure(HIDDEN if few else funding),
        revenue=RevenueBands(**{band: _figure(seen) for band, seen in zip(BANDS, bands.parts, strict=True)}),
    )


def _figure(seen: Seen) -> Figure:
    return Figure(seen.count, seen.shown)
