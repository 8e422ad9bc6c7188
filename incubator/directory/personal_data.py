"""What it knows of a person, for their export, and what goes when an organisation closes."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.elsewhere import Query
from incubator.people.personal_data import query
from incubator.people.telling import tell

PERSONAL: tuple[tuple[str, Query], ...] = (
    (
        "company_profiles",
        query(
            "SELECT profile.slug, profile.name, nip, regon, krs, makes_pl, makes_en, looking_for_pl, looking_for_en, offers_pl,"
            " offers_en, town, website, email, phone, state, withheld_reason, confirmed_at, created_at FROM directory_profile AS profile"
            " JOIN membership ON membership.organisation_id = profile.organisation_id"
            " WHERE account_id = $1 AND role = 'owner' ORDER BY profile.id"
        ),
    ),
    (
        "directory_imports",
        query(
            "SELECT id, source, source_day, fresh, changed, unchanged, made_at, applied_at FROM directory_import"
            " WHERE account_id = $1 ORDER BY id"
        ),
    ),
)

OUT = "DELETE FROM directory_profile WHERE organisation_id = $1 RETURNING id, gmina_id"


async def wind_up_profile(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """A company that closes stands in the directory no more. It may come again: that is no objection."""
    row = await tx.fetchrow(OUT, organisation_id)
    if row is not None:
        await tell(tx, actor, now, "take_out", of=("company", row["id"]), gmina_id=row["gmina_id"])
