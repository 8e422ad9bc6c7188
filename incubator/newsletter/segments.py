"""For whom an issue is."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.details import IssueDetails
from incubator.newsletter.interests import in_order
from incubator.newsletter.subscriptions import UNKNOWN
from incubator.places.queries import NoSuchGmina


async def clean_segment(tx: Tx, *, gmina_id: UUID | None, details: IssueDetails) -> tuple[list[UUID], list[str]]:
    """Gminas and interests, each once; an issue of a gmina is for its own readers. Raises NoSuchGmina."""
    gminas = sorted(set(details.to_gmina_ids)) if gmina_id is None else [gmina_id]
    if await tx.fetchval(UNKNOWN, gminas):
        raise NoSuchGmina()
    return gminas, in_order(details.to_interests)
