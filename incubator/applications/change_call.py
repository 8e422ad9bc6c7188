"""Change a call: everything before it opens, while it is open only a later closing."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.applications.announce_call import columns, must_make_sense
from incubator.applications.call_views import CallView
from incubator.applications.calls import Desk, call_of, call_to_change
from incubator.applications.details import Applicant, CallDetails, Size
from incubator.applications.publish_call import ClosingIsPast
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class CallIsOpen(Conflict):
    """People are applying by what was said."""

    code = "call_is_open"
    sentence = N_("The call is open: people apply by what was said. Only a later closing is possible now.")


class CallIsOver(Conflict):
    """What was handed in is being judged."""

    code = "call_is_over"
    sentence = N_("The call is over and stays as it was. You can still give a single applicant longer.")


CHANGE = """
UPDATE call SET opens_at = $2, closes_at = $3, anonymous = $4, youngest_months = $5, oldest_months = $6, gmina_ids = $7,
    kinds = $8, sizes = $9, pkd = $10, intro_pl = $11, intro_en = $12, version = version + 1
WHERE edition_id = $1
"""


async def change_call(
    tx: Tx, *, actor: Actor, edition_id: UUID, details: CallDetails, seen: int | None = None, now: datetime
) -> CallView:
    """The call as it is now. Raises NoSuchEdition, NotYours, NoSuchCall, ChangedMeanwhile, CallIsOpen,
    CallIsOver, ClosingIsPast, and what `must_make_sense` raises."""
    desk = await call_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    must_be_changeable(desk, details, now=now)
    await must_make_sense(tx, details=details)
    await tx.execute(CHANGE, edition_id, *columns(details))
    before = said_of(desk.call)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="change_call",
        subject_kind="call",
        subject_id=edition_id,
        gmina_id=desk.edition.gmina_id,
        before={"opens_at": before.opens_at, "closes_at": before.closes_at, "anonymous": before.anonymous},
        after={"opens_at": details.opens_at, "closes_at": details.closes_at, "anonymous": details.anonymous},
    )
    await bump(tx, [edition_id])
    return await call_of(tx, edition_id=edition_id)


def must_be_changeable(desk: Desk, details: CallDetails, *, now: datetime) -> None:
    """Raises CallIsOpen, CallIsOver, ClosingIsPast."""
    phase = desk.call.phase(now)
    if phase == "announced" and details.closes_at <= now:
        raise ClosingIsPast()
    if phase == "closed":
        raise CallIsOver()
    if phase == "open":
        before = said_of(desk.call)
        later = msgspec.structs.replace(before, closes_at=details.closes_at)
        if details != later or details.closes_at < before.closes_at:
            raise CallIsOpen()


def said_of(call: CallView) -> CallDetails:
    """What was said of the call, as it would be said again."""
    rules = call.eligibility
    return CallDetails(
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        anonymous=call.anonymous,
        youngest_months=rules.youngest_months,
        oldest_months=rules.oldest_months,
        gmina_ids=list(rules.gmina_ids),
        kinds=msgspec.convert(rules.kinds, list[Applicant]),
        sizes=msgspec.convert(rules.sizes, list[Size]),
        pkd=list(rules.pkd),
        intro_pl=call.intro_pl,
        intro_en=call.intro_en,
    )
