"""Reading accounting notes, narrowed by who asks: a person their own and their organisations', the desk its gmina's."""

from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.invoices.note_document import NoteDocument
from incubator.invoices.queries import Days
from incubator.invoices.views_notes import NoteInFull, NoteView
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate

MOST = 1_000


class NoSuchNote(NotFound):
    """None, or not the asker's to see."""

    code = "no_such_note"
    sentence = N_("There is no such accounting note, or it is not yours to see.")


NOTE = """
SELECT note.id, note.gmina_id, note.incubator_id, incubator.name AS incubator_name, number, note.kind, turn, charge_id,
    account_id, organisation_id, issued_on, amount, document->'buyer'->>'name' AS buyer
FROM accounting_note AS note JOIN incubator ON incubator.id = note.incubator_id
"""
OWN = (
    f"{NOTE} WHERE account_id = $1 OR organisation_id = ANY($2::uuid[]) ORDER BY issued_on DESC, note.id DESC LIMIT $3"
)
AT_DESK = f"""
{NOTE} WHERE note.gmina_id = $1 AND issued_on BETWEEN $2 AND $3 ORDER BY issued_on, note.id LIMIT $4
"""


async def own_notes(tx: Tx, *, actor: Actor) -> list[NoteView]:
    """One's own and those of one's organisations, the latest first."""
    rows = await tx.fetch(OWN, actor.account_id, list(actor.organisations), MOST)
    return [NoteView(**row) for row in rows]


async def notes_at_desk(tx: Tx, *, actor: Actor, gmina_id: UUID, days: Days) -> list[NoteView]:
    """Raises NotYours."""
    must_coordinate(actor, gmina_id)
    return [NoteView(**row) for row in await tx.fetch(AT_DESK, gmina_id, days.first, days.last, MOST)]


async def note_for(tx: Tx, *, actor: Actor, note_id: UUID) -> NoteInFull:
    """For whom it is for, a member of the organisation that it is for, and the desk. Raises NoSuchNote."""
    row = await tx.fetchrow(f"{NOTE} WHERE note.id = $1", note_id)
    if row is None:
        raise NoSuchNote()
    found = NoteView(**row)
    theirs = found.account_id == actor.account_id or found.organisation_id in actor.organisations
    if not (theirs or found.gmina_id in actor.coordinates or actor.is_administrator):
        raise NoSuchNote()
    told: str = await tx.fetchval("SELECT document::text FROM accounting_note WHERE id = $1", note_id)
    return NoteInFull(note=found, document=msgspec.json.decode(told, type=NoteDocument))
