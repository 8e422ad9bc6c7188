"""From the demonstration's plain values to rows."""

from datetime import date, timedelta
from uuid import UUID

from incubator.demo.gminas import GminaFacts
from incubator.demo.shapes import AROUND_THE_CLOCK, DayOff, Hours, Place, Venue
from incubator.kernel.ids import uuid7
from incubator.places.tables import Gmina, Incubator, Space
from incubator.places.tables_hours import DatedHours, WeeklyHours


def gmina_row(facts: GminaFacts) -> Gmina:
    told = facts.portrait
    return Gmina(
        id=uuid7(),
        terc=facts.terc,
        slug=facts.slug,
        name=facts.name,
        kind=facts.kind,
        county=facts.county,
        population=facts.population,
        brand_pl=told.brand_pl,
        brand_en=told.brand_en,
        specialisations_pl=list(told.specialisations_pl),
        specialisations_en=list(told.specialisations_en),
        latitude=told.latitude,
        longitude=told.longitude,
    )


def incubator_row(venue: Venue, gmina_id: UUID) -> Incubator:
    return Incubator(
        id=uuid7(),
        gmina_id=gmina_id,
        code=venue.code,
        slug=venue.slug,
        name=venue.name,
        funding_programme=venue.funding_programme,
        street=venue.street,
        postcode=venue.postcode,
        town=venue.town,
        latitude=venue.latitude,
        longitude=venue.longitude,
        email=venue.email,
        phone=venue.phone,
        description_pl=venue.about_pl,
        description_en=venue.about_en,
        terms_pl=venue.terms_pl,
        terms_en=venue.terms_en,
        status="open",
    )


def space_row(place: Place, incubator_id: UUID, position: int) -> Space:
    """Without what ties it to other rows: resource, zone, quota."""
    rules = place.rules
    return Space(
        id=uuid7(),
        incubator_id=incubator_id,
        kind=place.kind,
        slug=place.slug,
        name_pl=place.name_pl,
        name_en=place.name_en,
        description_pl=place.about_pl,
        description_en=place.about_en,
        capacity=place.capacity,
        area_m2=place.area_m2,
        equipment=list(place.equipment),
        step_free=place.step_free,
        induction_loop=place.induction_loop,
        accessible_wc=place.accessible_wc,
        position=position,
        grid_minutes=rules.grid_minutes,
        shortest_minutes=rules.shortest_minutes,
        longest_minutes=rules.longest_minutes,
        lead_minutes=rules.lead_minutes,
        horizon_days=rules.horizon_days,
        turnaround_minutes=rules.turnaround_minutes,
        needs_approval=rules.needs_approval,
        pending_blocks=rules.pending_blocks,
        audience=list(rules.audience),
        local_only=rules.local_only,
        cancel_minutes=rules.cancel_minutes,
        # Who rents by the week or month comes and goes on holidays too.
        closed_on_holidays=place.hours != AROUND_THE_CLOCK,
    )


def hours_rows(
    hours: tuple[Hours, ...], *, incubator_id: UUID | None = None, space_id: UUID | None = None
) -> list[WeeklyHours]:
    return [
        WeeklyHours(
            incubator_id=incubator_id,
            space_id=space_id,
            weekday=weekday,
            opens=stretch.opens * 60,
            closes=stretch.closes * 60,
        )
        for stretch in hours
        for weekday in stretch.days
    ]


def day_off_row(day_off: DayOff, *, incubator_id: UUID, today: date) -> DatedHours:
    day = today + timedelta(days=day_off.in_days)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return DatedHours(incubator_id=incubator_id, day=day, note=day_off.reason_pl)
