"""A new version of an edition's terms. Those before stay readable: who applied accepted one of them."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.saving import insert
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.details import TermsText
from incubator.programmes.reach import count_on, edition_to_change
from incubator.programmes.rules import check_terms
from incubator.programmes.views import EditionInFull

LAST = "SELECT version, in_force_from FROM edition_terms WHERE edition_id = $1 ORDER BY version DESC LIMIT 1"


async def publish_terms(
    tx: Tx, *, actor: Actor, edition_id: UUID, terms: TermsText, seen: int | None = None, now: datetime
) -> EditionInFull:
    """The version one higher than the last. Raises NoSuchEdition, NotYours, ChangedMeanwhile,
    TermsInThePast, TermsOutOfOrder."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    last = await tx.fetchrow(LAST, edition_id)
    today = now.astimezone(WARSAW).date()
    check_terms(in_force_from=terms.in_force_from, today=today, before=last["in_force_from"] if last else None)
    version = last["version"] + 1 if last else 1
    columns = {"edition_id": edition_id, "version": version, "published_by": actor.account_id, "published_at": now}
    await insert(tx, "edition_terms", terms, **columns)
    await count_on(tx, "edition", edition_id)
    after = {"terms": version, "in_force_from": terms.in_force_from}
    await tell(tx, actor, now, "publish_terms", of=("edition", edition_id), gmina_id=edition.gmina_id, after=after)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
