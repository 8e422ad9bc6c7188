"""The desk: who takes part in an edition, and one of them."""

from dataclasses import dataclass
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.participation.in_full import in_full
from incubator.participation.pages.deeds import DESK, EDITION
from incubator.participation.pages.labels import labels_in
from incubator.participation.queries import booked_for_later, participants_of, participation_to_run
from incubator.participation.views import ParticipationView
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.programmes.at_desk import edition_at_desk
from incubator.programmes.queries import EditionView, edition_to_run

# Of the gmina that runs the edition, or of all where the office does; those with an owner.
ORGANISATIONS = """
SELECT id, name FROM organisation
WHERE closed_at IS NULL AND ($1::uuid IS NULL OR gmina_id = $1)
    AND EXISTS (SELECT FROM membership WHERE organisation_id = organisation.id AND role = 'owner')
    AND NOT EXISTS (SELECT FROM participation WHERE organisation_id = organisation.id AND edition_id = $2)
ORDER BY name, id LIMIT 500
"""
MEMBERS = """
SELECT id, name FROM account WHERE erased_at IS NULL AND (
    id IN (SELECT account_id FROM membership WHERE organisation_id = $2)
    OR $2 IS NOT NULL AND id IN (SELECT account_id FROM attendance WHERE participation_id = $1)
) ORDER BY name, id
"""
TEMPLATES = "SELECT id, name_pl, name_en, due_on FROM edition_milestone WHERE edition_id = $1 ORDER BY due_on, id"


@dataclass(frozen=True, slots=True)
class Named:
    id: UUID
    name: str


async def _participants(tx: Tx, visit: Visit, edition: EditionView) -> Shown:
    return Shown(
        "participation/desk_participants.html",
        edition=edition,
        participants=await participants_of(tx, actor=visit.actor, edition_id=edition.id),
        organisations=[Named(**row) for row in await tx.fetch(ORGANISATIONS, edition.gmina_id, edition.id)],
        templates=await tx.fetch(TEMPLATES, edition.id),
    )


async def _participation(tx: Tx, visit: Visit) -> ParticipationView:
    return await participation_to_run(tx, actor=visit.actor, participation_id=visit.key("participation_id"))


async def _shown(tx: Tx, visit: Visit, found: ParticipationView) -> Shown:
    return Shown(
        "participation/desk_participation.html",
        edition=await edition_to_run(tx, actor=visit.actor, edition_id=found.edition_id),
        full=await in_full(tx, actor=visit.actor, participation_id=found.id),
        later=await booked_for_later(tx, participation=found, now=visit.now),
        members=[Named(**row) for row in await tx.fetch(MEMBERS, found.id, found.organisation_id)],
        now=visit.now,
    )


PARTICIPANTS = Screen(
    name="participants",
    path="/desk/editions/{edition_id:uuid}/participants",
    guard=office_or_coordinator,
    about=edition_at_desk,
    shows=_participants,
    deeds=EDITION,
    labels=labels_in,
)
PARTICIPATION = Screen(
    name="desk",
    path="/desk/participations/{participation_id:uuid}",
    guard=office_or_coordinator,
    about=_participation,
    shows=_shown,
    deeds=DESK,
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*PARTICIPANTS.handlers, *PARTICIPATION.handlers]
