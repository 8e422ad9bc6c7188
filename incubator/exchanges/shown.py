"""That a session which everybody may know of is told otherwise now: in calendars of its gmina, of the metropolis and of its
edition, and in those of who is registered, which look at the session itself."""

from collections.abc import Iterable
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import METROPOLIS, bump

WHOSE = "SELECT id, gmina_id, edition_id FROM session WHERE id = ANY($1::uuid[]) AND published_at IS NOT NULL"


async def shown_anew(tx: Tx, session_ids: Iterable[UUID], *, before: UUID | None = None) -> None:
    """After the change. `before` is an edition that one was of until then."""
    rows = await tx.fetch(WHOSE, list(session_ids))
    if rows:
        whose = {key for row in rows for key in row.values()}
        await bump(tx, {METROPOLIS, before, *whose}, [row["id"] for row in rows])
