"""Say who stands behind the bundle, a programme or an edition."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.catalogue import bundle, programme_by_id
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.details import PartnerLine
from incubator.programmes.reach import bundle_to_change, count_on, edition_to_change, programme_to_change
from incubator.programmes.views import BundleView, EditionInFull, ProgrammeInFull


async def set_bundle_partners(
    tx: Tx, *, actor: Actor, partners: list[PartnerLine], seen: int | None = None, now: datetime
) -> BundleView:
    """All of them anew, in this order. Raises NotYours, ChangedMeanwhile."""
    row = await bundle_to_change(tx, actor=actor, seen=seen)
    await _replace(tx, actor, ("bundle", row["id"]), None, partners, now)
    return await bundle(tx)


async def set_programme_partners(
    tx: Tx, *, actor: Actor, programme_id: UUID, partners: list[PartnerLine], seen: int | None = None, now: datetime
) -> ProgrammeInFull:
    """All of them anew, in this order. Raises NoSuchProgramme, NotYours, ChangedMeanwhile."""
    row = await programme_to_change(tx, actor=actor, programme_id=programme_id, seen=seen)
    await _replace(tx, actor, ("programme", programme_id), row["gmina_id"], partners, now)
    return await programme_by_id(tx, programme_id=programme_id, reader=actor, now=now)


async def set_edition_partners(
    tx: Tx, *, actor: Actor, edition_id: UUID, partners: list[PartnerLine], seen: int | None = None, now: datetime
) -> EditionInFull:
    """All of them anew, in this order. Raises NoSuchEdition, NotYours, ChangedMeanwhile."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    await _replace(tx, actor, ("edition", edition_id), edition.gmina_id, partners, now)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)


async def _replace(
    tx: Tx, actor: Actor, of: tuple[str, UUID], gmina_id: UUID | None, partners: list[PartnerLine], now: datetime
) -> None:
    """`of` is locked. The history tells how many: a partner may be a person."""
    owner, key = of
    await tx.execute(f"DELETE FROM partner WHERE {owner}_id = $1", key)
    await tx.executemany(
        f"INSERT INTO partner ({owner}_id, position, name, url, role_pl, role_en) VALUES ($1, $2, $3, $4, $5, $6)",
        [(key, turn, one.name, one.url, one.role_pl, one.role_en) for turn, one in enumerate(partners)],
    )
    await count_on(tx, owner, key)
    await tell(tx, actor, now, "set_partners", of=of, gmina_id=gmina_id, after={"partners": len(partners)})
