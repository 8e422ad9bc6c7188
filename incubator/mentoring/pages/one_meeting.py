"""One meeting: everything about it, and what can be done with it by whom."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.confirm_record import confirm_record
from incubator.mentoring.pages.meeting_deeds import deeds_of
from incubator.mentoring.pages.offers import offers_of
from incubator.mentoring.queries import history_for, link_for, meeting_for, note_of, side_of
from incubator.mentoring.report_missed import report_missed
from incubator.mentoring.settle_record import settle_record
from incubator.mentoring.states import Side, State
from incubator.mentoring.take_down import take_down
from incubator.mentoring.write_note import write_note
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, CheckField, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import signed_in
from incubator.web.bodies import Body, OptionalLine, Paragraphs
from incubator.web.i18n import texts_of
from incubator.web.pages import page

Minutes = Annotated[int, Meta(ge=0, le=1440)]


class CancelForm(Body, frozen=True):
    reason: OptionalLine = ""


class RecordForm(Body, frozen=True):
    minutes: Minutes
    outcome: Paragraphs = ""
    confirm: str = ""


class SettleForm(Body, frozen=True):
    state: Literal["took_place", "missed_by_startup", "missed_by_mentor"]
    minutes: Minutes = 0
    reason: OptionalLine = ""


class NoteForm(Body, frozen=True):
    note: Paragraphs = ""


async def _cancel(asked: Asked) -> None:
    form = asked.typed.shaped(CancelForm)
    await cancel_meeting(asked.tx, actor=asked.actor, meeting_id=asked.place, reason=form.reason, now=asked.now)


async def _record(asked: Asked) -> None:
    form = asked.typed.shaped(RecordForm)
    await take_down(
        asked.tx,
        actor=asked.actor,
        meeting_id=asked.place,
        minutes=form.minutes,
        outcome=form.outcome,
        confirming=bool(form.confirm),
        seen=asked.typed.seen,
        now=asked.now,
    )


async def _confirm(asked: Asked) -> None:
    await confirm_record(asked.tx, actor=asked.actor, meeting_id=asked.place, seen=asked.typed.seen, now=asked.now)


async def _missed(asked: Asked) -> None:
    if not asked.typed.one("sure"):
        raise CheckField("sure")
    await report_missed(asked.tx, actor=asked.actor, meeting_id=asked.place, seen=asked.typed.seen, now=asked.now)


async def _settle(asked: Asked) -> None:
    form = asked.typed.shaped(SettleForm)
    await settle_record(
        asked.tx,
        actor=asked.actor,
        meeting_id=asked.place,
        state=State(form.state),
        minutes=form.minutes,
        reason=form.reason,
        seen=asked.typed.seen,
        now=asked.now,
    )


async def _note(asked: Asked) -> None:
    form = asked.typed.shaped(NoteForm)
    await write_note(asked.tx, actor=asked.actor, meeting_id=asked.place, text=form.note, now=asked.now)


DEEDS: dict[str, Deed] = {
    "cancel": Deed(_cancel, N_("The meeting is called off.")),
    "record": Deed(_record, N_("Written down.")),
    "confirm": Deed(_confirm, N_("Confirmed. Thank you!")),
    "missed": Deed(_missed, N_("Noted. The other side can still say how they see it.")),
    "settle": Deed(_settle, N_("The record is closed.")),
    "note": Deed(_note, N_("Your note is kept. Only you can read it.")),
}


@get("/meetings/{meeting_id:uuid}", guards=[signed_in])
async def show_meeting(
    request: Ask,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    meeting_id: FromPath[UUID],
) -> Response[str]:
    return await _shown(request, db, actor, meeting_id, now)


@post("/meetings/{meeting_id:uuid}", guards=[signed_in], status_code=303)
async def change_meeting(
    request: Ask,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    actor: NamedDependency[Actor],
    meeting_id: FromPath[UUID],
) -> Response[Any]:
    """One of the page's forms."""
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=meeting_id, typed=typed, now=now)

    async def again(sent: Typed, refusal: Refusal) -> Response[Any]:
        return await _shown(request, db, actor, meeting_id, now, sent, refusal)

    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=f"/meetings/{meeting_id}", again=again)


async def _shown(
    request: Ask,
    db: Database,
    actor: Actor,
    meeting_id: UUID,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        meeting = await meeting_for(tx, actor=actor, meeting_id=meeting_id)
        history = await history_for(tx, actor=actor, meeting_id=meeting_id)
        note = await note_of(tx, actor=actor, meeting_id=meeting_id)
    labels = _labels(request)
    problem, status = problem_of(request, refusal, labels)
    side = side_of(actor, meeting)
    return page(
        request,
        "mentoring/one.html",
        status=status,
        meeting=meeting,
        history=deeds_of(history),
        note=note,
        side=side.value,
        meets=side != Side.COORDINATOR,
        link=link_for(actor, meeting),
        can=offers_of(actor, meeting, now=now),
        typed=typed,
        labels=labels,
        problem=problem,
        stale=isinstance(refusal, Stale),
        now=now,
        locks_after=meeting.period.end + timedelta(days=3),
    )


def _labels(request: Ask) -> dict[str, str]:
    _ = texts_of(request).gettext
    return {
        "minutes": _("How many minutes it took"),
        "outcome": _("What came of it"),
        "reason": _("Reason"),
        "state": _("What happened"),
        "note": _("Your own note"),
        "sure": _("Yes, after a quarter of an hour nobody was there"),
        "version": _("Version"),
    }


handlers = [show_meeting, change_meeting]
