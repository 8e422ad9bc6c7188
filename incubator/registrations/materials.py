"""What was given out at a session to those who were registered."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A link, or a file to be fetched."""

    id: UUID
    title_pl: str
    title_en: str
    url: str | None
    file_name: str
    media_type: str


ALL = """
SELECT id, title_pl, title_en, url, file_name, media_type FROM session_material WHERE session_id = $1 ORDER BY added_at, id
"""


async def materials_for(tx: Tx, *, registration: RegistrationView) -> list[Material]:
    """All of them for who is registered; none for others, who find the public ones on the page of the session."""
    if registration.state != State.REGISTERED:
        return []
    return [Material(**row) for row in await tx.fetch(ALL, registration.session_id)]
