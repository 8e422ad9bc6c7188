"""The numbered places of a market day, and which of them are free."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """A place; `taken` when a ticket has it."""

    id: UUID
    number: str
    about_pl: str
    about_en: str
    taken: bool


# By number where it is one: 2 before 10.
STALLS = """
SELECT id, number, about_pl, about_en,
    EXISTS (SELECT FROM ticket WHERE stall_id = session_stall.id AND live) AS taken
FROM session_stall WHERE session_id = $1
ORDER BY length(substring(number FROM '^[0-9]+')), number, id
"""


async def stalls_of(tx: Tx, *, session_id: UUID) -> list[Stall]:
    return [Stall(**row) for row in await tx.fetch(STALLS, session_id)]
