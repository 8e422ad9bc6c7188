"""The gminas, incubators and spaces of the large house."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Session
from incubator.demo.gminas import GminaFacts, gminas
from incubator.demo.rows import gmina_row
from incubator.kernel.ids import uuid7
from incubator.places.tables import Incubator, Quota, Resource, Space, SpacePart, SpaceResource, Zone
from incubator.places.tables_hours import WeeklyHours

OPENS, FREE_FROM, CLOSES = 6 * 60, 17 * 60, 22 * 60
"""Minutes of the day in Warsaw. No booking is loaded after `FREE_FROM`."""

KRAKOW_HAS = 20
NEVER_SPENT = 10_000_000
KINDS = ("room", "hot_desk", "hot_desk", "room", "dedicated_desk", "private_office", "hot_desk")
RESOURCES = {"room": "room", "hot_desk": "desk", "dedicated_desk": "desk", "private_office": "office"}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the spaces of one incubator hang on."""

    gmina_id: UUID
    incubator_id: UUID
    quota_id: UUID
    zone_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A space as the bookings see it. A joined room and its parts take turns by the day."""

    space_id: UUID
    resource_id: int | None
    house: House
    role: str


async def make_places(opened: Session, *, spaces: int) -> list[Spot]:
    """All gminas, an incubator each, and `spaces` spaces over them; the first three of an incubator
    are two rooms and the room that they make together."""
    spots: list[Spot] = []
    shares = _shares(spaces, len(gminas()))
    for facts, count in zip(gminas(), shares, strict=True):
        house = await _house(opened, facts)
        kept = [await _space(opened, house, turn) for turn in range(count) if turn != 2]
        if count > 2:
            kept.append(await _joined(opened, house, parts=kept[:2]))
        spots += kept
    return spots


def _shares(spaces: int, incubators: int) -> Iterator[int]:
    """Kraków's share first, the rest dealt out evenly."""
    first = min(KRAKOW_HAS, spaces)
    yield first
    others = incubators - 1
    for turn in range(others):
        yield (spaces - first + turn) // others


async def _house(opened: Session, facts: GminaFacts) -> House:
    gmina = gmina_row(facts)
    house = House(gmina_id=gmina.id, incubator_id=uuid7(), quota_id=uuid7(), zone_id=uuid7())
    opened.add(gmina)
    await opened.flush()
    opened.add(_incubator(house, facts))
    await opened.flush()
    here = house.incubator_id
    opened.add(_quota(house))
    opened.add(Zone(id=house.zone_id, incubator_id=here, slug="strefa", name_pl="Strefa biurek", name_en="Desk zone"))
    opened.add_all([WeeklyHours(incubator_id=here, weekday=day, opens=OPENS, closes=CLOSES) for day in range(1, 8)])
    await opened.flush()
    return house


def _incubator(house: House, facts: GminaFacts) -> Incubator:
    return Incubator(
        id=house.incubator_id,
        gmina_id=house.gmina_id,
        code=f"LOAD-{facts.terc}",
        slug=f"inkubator-{facts.slug}",
        name=f"Inkubator {facts.name}",
        town=facts.name,
        latitude=facts.portrait.latitude,
        longitude=facts.portrait.longitude,
        description_pl="Dane pokazowe do pomiarów.",
        description_en="Demonstration data for measuring.",
        status="open",
    )


def _quota(house: House) -> Quota:
    return Quota(
        id=house.quota_id,
        incubator_id=house.incubator_id,
        name="Pula tygodniowa",
        organisation_minutes=NEVER_SPENT,
        person_minutes=NEVER_SPENT,
    )


async def _space(opened: Session, house: House, turn: int) -> Spot:
    kind = "room" if turn < 2 else KINDS[turn % len(KINDS)]
    resource = Resource(kind=RESOURCES[kind])
    opened.add(resource)
    await opened.flush()
    assert resource.id is not None
    space = _row(house, turn, kind)
    space.resource_id = resource.id
    space.zone_id = house.zone_id if kind == "hot_desk" else None
    opened.add(space)
    await opened.flush()
    opened.add(SpaceResource(space_id=space.id, resource_id=resource.id))
    return Spot(space_id=space.id, resource_id=resource.id, house=house, role="part" if turn < 2 else "plain")


async def _joined(opened: Session, house: House, *, parts: list[Spot]) -> Spot:
    space = _row(house, 2, "room")
    space.needs_approval = True
    opened.add(space)
    await opened.flush()
    for part in parts:
        assert part.resource_id is not None
        opened.add(SpacePart(space_id=space.id, part_id=part.space_id))
        opened.add(SpaceResource(space_id=space.id, resource_id=part.resource_id))
    await opened.flush()
    return Spot(space_id=space.id, resource_id=None, house=house, role="joined")


def _row(house: House, turn: int, kind: str) -> Space:
    return Space(
        id=uuid7(),
        incubator_id=house.incubator_id,
        kind=kind,
        slug=f"miejsce-{turn + 1}",
        name_pl=f"Miejsce {turn + 1}",
        name_en=f"Space {turn + 1}",
        capacity=1 if kind in {"hot_desk", "dedicated_desk"} else 4 + 8 * (turn % 4),
        equipment=["wifi", "screen"] if kind == "room" else ["wifi"],
        step_free=turn % 2 == 0,
        position=turn,
        horizon_days=400,
        quota_id=house.quota_id,
        closed_on_holidays=False,
    )
