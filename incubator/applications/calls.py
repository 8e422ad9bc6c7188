"""Calls, read and locked: every verb on a call, or on its time, goes through here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.applications.call_views import CALL, QUESTIONS, CallView, call_view
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.people.actor import Actor
from incubator.programmes.queries import EditionView, NoSuchEdition, edition_by_id, edition_to_run, may_run
from incubator.web.etags import must_be_current

EXTENDED = "SELECT max(until) FROM call_extension WHERE edition_id = $1 AND coalesce(organisation_id, account_id) = $2"


class NoSuchCall(NotFound):
    """The edition has no call, or none that was published and the asker does not run it."""

    code = "no_such_call"
    sentence = N_("This edition has no call for applications.")


class FormIsFrozen(Conflict):
    """Applicants have the form before them, so it stays as it is."""

    code = "form_is_frozen"
    sentence = N_("The call is open: its form stays as it is, for people are filling it in.")


@dataclass(frozen=True, slots=True)
class Desk:
    """A call that somebody is about to change, locked, with its edition."""

    edition: EditionView
    call: CallView


async def call_of(tx: Tx, *, edition_id: UUID, lock: bool = False) -> CallView:
    """The call of an edition, whoever asks; with `lock`, nobody changes it, its form, or hands anything
    in to it until the transaction ends. Raises NoSuchCall."""
    row = await tx.fetchrow(f"{CALL} {'FOR NO KEY UPDATE' if lock else ''}", edition_id)
    if row is None:
        raise NoSuchCall()
    return call_view(row, await tx.fetch(QUESTIONS, edition_id))


async def public_call(tx: Tx, *, edition_id: UUID) -> tuple[EditionView, CallView]:
    """What everybody may read: of a published edition, a published call. Raises NoSuchEdition, NoSuchCall."""
    edition = await edition_by_id(tx, edition_id=edition_id)
    if not edition.public:
        raise NoSuchEdition()
    call = await call_of(tx, edition_id=edition_id)
    if call.published_at is None:
        raise NoSuchCall()
    return edition, call


async def call_as_seen(tx: Tx, *, reader: object, edition_id: UUID) -> CallView:
    """The call as `reader` may see it, signed in or not: before it is published, who runs the edition
    alone, by a token with the scope. Raises NoSuchEdition, NoSuchCall."""
    edition = await edition_by_id(tx, edition_id=edition_id)
    if isinstance(reader, Actor) and "programmes:read" in reader.scopes and may_run(reader, edition.gmina_id):
        return await call_of(tx, edition_id=edition_id)
    return (await public_call(tx, edition_id=edition_id))[1]


async def desk_call(tx: Tx, *, actor: Actor, edition_id: UUID) -> Desk:
    """The call, for who runs the edition. Raises NoSuchEdition, NotYours, NoSuchCall."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    return Desk(edition, await call_of(tx, edition_id=edition_id))


async def call_to_change(tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None) -> Desk:
    """The call, locked, for who runs the edition. Raises also ChangedMeanwhile when it is no longer the
    version that was `seen`."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    call = await call_of(tx, edition_id=edition_id, lock=True)
    must_be_current(call.version, seen)
    return Desk(edition, call)


async def form_to_change(tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None, now: datetime) -> Desk:
    """As `call_to_change`, for changes of the form. Raises also FormIsFrozen."""
    desk = await call_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    if desk.call.frozen(now):
        raise FormIsFrozen()
    return desk


async def extended_until(tx: Tx, *, edition_id: UUID, applicant_id: UUID) -> datetime | None:
    """Until when this organisation, or person, may hand in; None where nobody gave them longer."""
    until: datetime | None = await tx.fetchval(EXTENDED, edition_id, applicant_id)
    return until


async def count_on(tx: Tx, *, edition_id: UUID) -> None:
    """The call or its form was changed: the next version."""
    await tx.execute("UPDATE call SET version = version + 1 WHERE edition_id = $1", edition_id)
