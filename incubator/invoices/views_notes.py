"""What pages and the API show of accounting notes."""

from datetime import date
from uuid import UUID

from incubator.invoices.note_document import NoteDocument
from incubator.invoices.views import View


class NoteView(View, frozen=True):
    """An accounting note, in grosz; a later one about the same (`turn` above 1) says the difference."""

    id: UUID
    gmina_id: UUID
    incubator_id: UUID
    incubator_name: str
    number: str
    kind: str
    turn: int
    charge_id: UUID
    account_id: UUID | None
    organisation_id: UUID | None
    issued_on: date
    amount: int
    buyer: str


class NoteInFull(View, frozen=True):
    """With all that it says."""

    note: NoteView
    document: NoteDocument


class Notes(View, frozen=True):
    items: list[NoteView]
