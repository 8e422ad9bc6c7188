"""What other features ask of editions, and who may run one."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import NotYours


class NoSuchEdition(NotFound):
    """No edition with this identifier, or it is still a draft and the asker does not run it."""

    code = "no_such_edition"
    sentence = N_("There is no such edition of a programme.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """An edition with the names of its programme. `gmina_id` is who runs it; None is the office."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    programme_id: UUID
    programme_slug: str
    programme_name_pl: str
    programme_name_en: str
    programme_state: str
    gmina_id: UUID | None
    starts_on: date
    ends_on: date
    demo_day: date | None
    places: int
    places_taken: int
    presence_percent: int
    state: str
    version: int

    @property
    def public(self) -> bool:
        """Whether everybody may know of it."""
        return self.state != "draft" and self.programme_state != "draft"


EDITION = """
SELECT edition.id, edition.slug, edition.name_pl, edition.name_en, edition.programme_id, programme.slug AS programme_slug,
    programme.name_pl AS programme_name_pl, programme.name_en AS programme_name_en, programme.state AS programme_state,
    programme.gmina_id, edition.starts_on, edition.ends_on, edition.demo_day, edition.places, edition.places_taken,
    edition.presence_percent, edition.state, edition.version
FROM edition JOIN programme ON programme.id = edition.programme_id
"""
NAMES = tuple(field.name for field in fields(EditionView))


def may_run(actor: Actor, gmina_id: UUID | None) -> bool:
    """Whether the person runs programmes of this gmina; those of the metropolis are the office's."""
    if actor.is_administrator:
        return True
    return actor.is_office if gmina_id is None else gmina_id in actor.coordinates


def must_run(actor: Actor, gmina_id: UUID | None) -> None:
    """Raises NotYours."""
    if not may_run(actor, gmina_id):
        raise NotYours()


async def edition_by_id(tx: Tx, *, edition_id: UUID, lock: bool = False) -> EditionView:
    """The edition, whoever asks; with `lock`, nobody else changes it meanwhile. Raises NoSuchEdition."""
    row = await tx.fetchrow(f"{EDITION} WHERE edition.id = $1 {'FOR UPDATE OF edition' if lock else ''}", edition_id)
    if row is None:
        raise NoSuchEdition()
    return EditionView(**{name: row[name] for name in NAMES})


async def edition_to_run(tx: Tx, *, actor: Actor, edition_id: UUID, lock: bool = False) -> EditionView:
    """The edition, for who runs it. Raises NoSuchEdition, NotYours."""
    edition = await edition_by_id(tx, edition_id=edition_id, lock=lock)
    must_run(actor, edition.gmina_id)
    return edition
