"""Give one applicant longer than the call, and say why."""

from datetime import datetime
from uuid import UUID

from incubator.applications.calls import Desk, call_to_change
from incubator.applications.extensions import ExtensionView, extension_by_id
from incubator.applications.tell import tell_extended
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor


class UnknownApplicant(Invalid):
    """No open organisation, or person, that could apply."""

    code = "unknown_applicant"
    sentence = N_("Choose who gets longer: an organisation that is here, or a person with an account.")


class ExtensionTooShort(Invalid):
    """It ends before the call does, or is over already."""

    code = "extension_too_short"
    sentence = N_("The longer time has to end after the call does, and in the future.")


class CallNotPublic(Conflict):
    """Nobody can apply yet."""

    code = "call_not_public"
    sentence = N_("Publish the call first.")


class AllDecided(Conflict):
    """The ranking is approved: nobody would judge what comes in now."""

    code = "all_decided"
    sentence = N_("The applications to this call are decided already, so nobody can be given longer any more.")


EXTEND = """
INSERT INTO call_extension (edition_id, organisation_id, account_id, until, reason, granted_by, granted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
"""
THERE = """
SELECT EXISTS (SELECT FROM organisation WHERE id = $1 AND closed_at IS NULL)
    OR EXISTS (SELECT FROM account WHERE id = $2 AND erased_at IS NULL)
"""
DECIDED = "SELECT EXISTS (SELECT FROM ranking WHERE edition_id = $1 AND approved_at IS NOT NULL)"


async def extend_for(
    tx: Tx,
    *,
    actor: Actor,
    edition_id: UUID,
    organisation_id: UUID | None = None,
    account_id: UUID | None = None,
    until: datetime,
    reason: str,
    now: datetime,
) -> ExtensionView:
    """The extension; who got it is written to, and may hand in until just before `until`.

    Raises NoSuchEdition, NotYours, NoSuchCall, CallNotPublic, AllDecided, UnknownApplicant, ExtensionTooShort."""
    desk = await call_to_change(tx, actor=actor, edition_id=edition_id)
    await must_fit(tx, desk=desk, organisation_id=organisation_id, account_id=account_id, until=until, now=now)
    key = await tx.fetchval(
        EXTEND, edition_id, organisation_id, account_id, until, reason.strip(), actor.account_id, now
    )
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="extend_for",
        subject_kind="call",
        subject_id=edition_id,
        gmina_id=desk.edition.gmina_id,
        after={"extension_id": key, "until": until},
    )
    made = await extension_by_id(tx, extension_id=key)
    await tell_extended(tx, edition=desk.edition, extension=made, now=now)
    return made


async def must_fit(
    tx: Tx,
    *,
    desk: Desk,
    organisation_id: UUID | None,
    account_id: UUID | None,
    until: datetime,
    now: datetime,
) -> None:
    """Raises CallNotPublic, AllDecided, UnknownApplicant, ExtensionTooShort."""
    if desk.call.published_at is None:
        raise CallNotPublic()
    # Read under the call's lock, for which an approval waits.
    if desk.edition.state == "closed" or await tx.fetchval(DECIDED, desk.edition.id):
        raise AllDecided()
    both = organisation_id is not None and account_id is not None
    if both or not await tx.fetchval(THERE, organisation_id, account_id):
        raise UnknownApplicant()
    if not max(now, desk.call.closes_at) < until or until.year > 2100:
        raise ExtensionTooShort()
