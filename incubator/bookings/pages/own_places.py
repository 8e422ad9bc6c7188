"""The places of a coordinator: to choose from, and to name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.places.catalogue import gminas
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.places.views import GminaView, IncubatorBrief, SpaceView


@dataclass(frozen=True, slots=True)
class OwnIncubator:
    """An incubator with the spaces that are in use."""

    brief: IncubatorBrief
    spaces: tuple[SpaceView, ...]


@dataclass(frozen=True, slots=True)
class OwnGmina:
    """A gmina that the person coordinates, with its incubators."""

    gmina: GminaView
    incubators: tuple[OwnIncubator, ...]


class What(TypedDict):
    """The one of the three that was chosen; none where the choice is unreadable."""

    gmina_id: UUID | None
    incubator_id: UUID | None
    space_id: UUID | None


async def own_places(tx: Tx, *, actor: Actor) -> list[OwnGmina]:
    """The gminas that one coordinates; of the administrator, all."""
    found = [one for one in await gminas(tx) if actor.is_administrator or one.id in actor.coordinates]
    return [OwnGmina(one, _inside(one, await shelf(tx, wish=Wish(gmina=one.slug)))) for one in found]


def incubators_of(places: Iterable[OwnGmina]) -> dict[UUID, OwnIncubator]:
    return {one.brief.id: one for place in places for one in place.incubators}


@dataclass(frozen=True, slots=True)
class Named:
    """What people call a space, an incubator or a gmina. A space that was taken out of use has no
    name here; `incubator_name` says where it was."""

    kind: str
    name_pl: str
    name_en: str
    incubator_name: str = ""


def named(
    places: Sequence[OwnGmina], *, gmina_id: UUID | None, incubator_id: UUID | None, space_id: UUID | None
) -> Named:
    """The narrowest of the three."""
    incubators = incubators_of(places)
    if space_id is not None:
        return _named_space(incubators, incubator_id, space_id)
    if incubator_id is not None:
        name = incubators[incubator_id].brief.name if incubator_id in incubators else ""
        return Named("incubator", name, name)
    name = next((place.gmina.name for place in places if place.gmina.id == gmina_id), "")
    return Named("gmina", name, name)


def read_what(text: str) -> What:
    """ "space:…" with its identifier, as the form gives it."""
    kind, _, key = text.partition(":")
    what: What = {"gmina_id": None, "incubator_id": None, "space_id": None}
    try:
        found = UUID(key)
    except ValueError:
        return what
    match kind:
        case "gmina":
            what["gmina_id"] = found
        case "incubator":
            what["incubator_id"] = found
        case "space":
            what["space_id"] = found
    return what


def _named_space(incubators: dict[UUID, OwnIncubator], incubator_id: UUID | None, space_id: UUID) -> Named:
    for incubator in incubators.values():
        for space in incubator.spaces:
            if space.id == space_id:
                return Named("space", space.name_pl, space.name_en, space.incubator_name)
    where = incubators[incubator_id].brief.name if incubator_id in incubators else ""
    return Named("space", "", "", where)


def _inside(gmina: GminaView, spaces: Sequence[SpaceView]) -> tuple[OwnIncubator, ...]:
    return tuple(
        OwnIncubator(brief, tuple(space for space in spaces if space.incubator_id == brief.id))
        for brief in gmina.incubators
    )
