"""Announce the call of an edition: when, for whom; its form comes next."""

from datetime import datetime
from uuid import UUID

from incubator.applications.call_rules import check_call
from incubator.applications.call_views import CallView
from incubator.applications.calls import call_of
from incubator.applications.details import CallDetails
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.details import UnknownGmina
from incubator.programmes.queries import edition_to_run


class CallExists(Conflict):
    """An edition has one call."""

    code = "call_exists"
    sentence = N_("This edition has its call already. Change that one.")


ANNOUNCE = """
INSERT INTO call (edition_id, opens_at, closes_at, anonymous, youngest_months, oldest_months, gmina_ids, kinds, sizes, pkd,
    intro_pl, intro_en, applications, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 1)
ON CONFLICT DO NOTHING RETURNING edition_id
"""
UNKNOWN = "SELECT EXISTS (SELECT FROM unnest($1::uuid[]) AS said WHERE said NOT IN (SELECT id FROM gmina))"


async def announce_call(tx: Tx, *, actor: Actor, edition_id: UUID, details: CallDetails, now: datetime) -> CallView:
    """The call, not published yet. Raises NoSuchEdition, NotYours, CallExists, CallTimesCross, AgesCross,
    UnknownGmina."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    await must_make_sense(tx, details=details)
    if await tx.fetchval(ANNOUNCE, edition_id, *columns(details)) is None:
        raise CallExists()
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="announce_call",
        subject_kind="call",
        subject_id=edition_id,
        gmina_id=edition.gmina_id,
        after={"opens_at": details.opens_at, "closes_at": details.closes_at, "anonymous": details.anonymous},
    )
    return await call_of(tx, edition_id=edition_id)


async def must_make_sense(tx: Tx, *, details: CallDetails) -> None:
    """Raises CallTimesCross, AgesCross, UnknownGmina."""
    check_call(details)
    if await tx.fetchval(UNKNOWN, details.gmina_ids):
        raise UnknownGmina()


def columns(details: CallDetails) -> tuple[object, ...]:
    """What is said of a call, in the order of its fields, which is that of the statements."""
    return tuple(getattr(details, name) for name in CallDetails.__struct_fields__)
