"""Publish a call: from now on everybody may read it, and apply once it opens."""

from datetime import datetime
from uuid import UUID

from incubator.applications.call_views import CallView
from incubator.applications.calls import call_of, call_to_change
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class CallPublished(Conflict):
    code = "call_published"
    sentence = N_("This call is public already.")


class FormIsEmpty(Conflict):
    """A call without a question."""

    code = "form_is_empty"
    sentence = N_("Add at least one question to the form first.")


class ClosingIsPast(Conflict):
    """A call that would be closed as soon as it is public."""

    code = "closing_is_past"
    sentence = N_("This call would be closed at once. Choose a closing that is still to come.")


class EditionIsDraft(Conflict):
    """Nobody could find the call."""

    code = "edition_is_draft"
    sentence = N_("Publish the programme and this edition first: without them nobody finds the call.")


class TermsMissing(Conflict):
    """Who applies accepts the terms of the edition: there have to be some."""

    code = "terms_missing"
    sentence = N_("Publish the terms of this edition first: who applies accepts them.")


TERMS = "SELECT EXISTS (SELECT FROM edition_terms WHERE edition_id = $1)"


async def publish_call(tx: Tx, *, actor: Actor, edition_id: UUID, seen: int | None = None, now: datetime) -> CallView:
    """The call, public. Raises NoSuchEdition, NotYours, NoSuchCall, ChangedMeanwhile, CallPublished,
    EditionIsDraft, FormIsEmpty, TermsMissing, ClosingIsPast."""
    desk = await call_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    if desk.call.published_at is not None:
        raise CallPublished()
    if not desk.edition.public:
        raise EditionIsDraft()
    if not desk.call.questions:
        raise FormIsEmpty()
    if not await tx.fetchval(TERMS, edition_id):
        raise TermsMissing()
    if desk.call.closes_at <= now:
        raise ClosingIsPast()
    await tx.execute("UPDATE call SET published_at = $2, version = version + 1 WHERE edition_id = $1", edition_id, now)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="publish_call",
        subject_kind="call",
        subject_id=edition_id,
        gmina_id=desk.edition.gmina_id,
        after={"questions": len(desk.call.questions)},
    )
    await bump(tx, [edition_id])
    return await call_of(tx, edition_id=edition_id)
