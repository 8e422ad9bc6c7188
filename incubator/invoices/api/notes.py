"""Accounting notes: one's own, and those of a gmina."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.invoices.api.shapes import DESK_READ, OWN_READ, First, Last, days
from incubator.invoices.queries_notes import note_for, notes_at_desk, own_notes
from incubator.invoices.views_notes import NoteInFull, Notes
from incubator.people.visit import Visit
from incubator.places.reach import gmina_key


@get("/accounting-notes", operation_id="listOwnNotes", **OWN_READ)
async def list_own(visit: NamedDependency[Visit]) -> Notes:
    """One's own accounting notes and those of one's organisations, for what is outside the scope of VAT; the latest
    first, at most a thousand."""
    async with statement(visit.db) as tx:
        return Notes(items=await own_notes(tx, actor=visit.actor))


@get("/accounting-notes/{note_id:uuid}", operation_id="getNote", **OWN_READ)
async def get_note(visit: NamedDependency[Visit], note_id: FromPath[UUID]) -> NoteInFull:
    """All that an accounting note says."""
    async with statement(visit.db) as tx:
        return await note_for(tx, actor=visit.actor, note_id=note_id)


@get("/gminas/{slug:str}/accounting-notes", operation_id="listGminaNotes", **DESK_READ)
async def list_of_gmina(visit: NamedDependency[Visit], slug: FromPath[str], first: First, last: Last) -> Notes:
    """The accounting notes of a gmina on these days, in order, at most a thousand; for its coordinators."""
    stretch = days(first, last)
    async with statement(visit.db) as tx:
        return Notes(items=await notes_at_desk(tx, actor=visit.actor, gmina_id=await gmina_key(tx, slug), days=stretch))


handlers: list[ControllerRouterHandler] = [list_own, get_note, list_of_gmina]
