"""Builds the fifteen incubators and puts people into them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from incubator.db.engine import Session
from incubator.demo.gminas import gminas
from incubator.demo.rows import day_off_row, gmina_row, hours_rows, incubator_row, space_row
from incubator.demo.shapes import Place, Venue
from incubator.demo.venues import VENUES
from incubator.kernel.ids import uuid7
from incubator.places.tables import Quota, Resource, SpacePart, SpaceResource, Zone

RESOURCES = {"room": "room", "hot_desk": "desk", "dedicated_desk": "desk", "private_office": "office"}


@dataclass(slots=True)
class Built:
    """Where things are: gminas and incubators by slug, spaces by (incubator slug, space slug)."""

    gminas: dict[str, UUID] = field(default_factory=dict)
    incubators: dict[str, UUID] = field(default_factory=dict)
    spaces: dict[tuple[str, str], UUID] = field(default_factory=dict)
    resources: dict[UUID, int] = field(default_factory=dict)


async def build(opened: Session, *, today: date) -> Built:
    """All gminas, each with its incubator, spaces, hours, quotas and days off."""
    built = Built()
    for facts in gminas():
        row = gmina_row(facts)
        opened.add(row)
        built.gminas[facts.slug] = row.id
    await opened.flush()
    for venue in VENUES:
        await _venue(opened, built, venue, today)
    await opened.flush()
    return built


async def _venue(opened: Session, built: Built, venue: Venue, today: date) -> None:
    row = incubator_row(venue, built.gminas[venue.gmina])
    opened.add(row)
    built.incubators[venue.slug] = row.id
    await opened.flush()
    zones = {slug: uuid7() for slug, _, _ in venue.zones}
    for slug, name_pl, name_en in venue.zones:
        opened.add(Zone(id=zones[slug], incubator_id=row.id, slug=slug, name_pl=name_pl, name_en=name_en))
    quotas = {allowance.slug: uuid7() for allowance in venue.allowances}
    for allowance in venue.allowances:
        opened.add(
            Quota(
                id=quotas[allowance.slug],
                incubator_id=row.id,
                name=allowance.name,
                unit=allowance.unit,
                organisation_minutes=allowance.organisation_hours * 60,
                person_minutes=allowance.person_hours * 60,
            )
        )
    opened.add_all(hours_rows(venue.hours, incubator_id=row.id))
    opened.add_all([day_off_row(day_off, incubator_id=row.id, today=today) for day_off in venue.days_off])
    await opened.flush()
    for position, place in enumerate(venue.places):
        await _place(opened, built, venue, place, row.id, position, zones.get(place.zone), quotas.get(place.quota))


async def _place(
    opened: Session,
    built: Built,
    venue: Venue,
    place: Place,
    incubator_id: UUID,
    position: int,
    zone_id: UUID | None,
    quota_id: UUID | None,
) -> None:
    space = space_row(place, incubator_id, position)
    space.zone_id, space.quota_id = zone_id, quota_id
    taken = [built.spaces[venue.slug, part] for part in place.parts]
    if not taken:
        resource = Resource(kind=RESOURCES[place.kind])
        opened.add(resource)
        await opened.flush()
        assert resource.id is not None
        space.resource_id = built.resources[space.id] = resource.id
    opened.add(space)
    await opened.flush()
    opened.add_all([SpacePart(space_id=space.id, part_id=part) for part in taken])
    opened.add_all(
        [SpaceResource(space_id=space.id, resource_id=built.resources[part]) for part in taken or [space.id]]
    )
    opened.add_all(hours_rows(place.hours, space_id=space.id))
    built.spaces[venue.slug, place.slug] = space.id
