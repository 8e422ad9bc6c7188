"""One meeting: everything about it, and what can be done with it by whom."""

from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Meta

from incubator.aid.queries import grant_about
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.uids import uid_of_meeting
from incubator.mail.answers import answers_of
from incubator.mentoring.aid import KIND
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.confirm_record import confirm_record
from incubator.mentoring.pages.meeting_deeds import deeds_of
from incubator.mentoring.pages.offers import offers_of
from incubator.mentoring.queries import history_for, link_for, meeting_for, note_of, side_of
from incubator.mentoring.report_missed import report_missed
from incubator.mentoring.settle_record import settle_record
from incubator.mentoring.states import Side, State
from incubator.mentoring.take_down import take_down
from incubator.mentoring.views import MeetingView
from incubator.mentoring.write_note import write_note
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, Paragraphs
from incubator.web.i18n import Translator

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
    await asked.do(cancel_meeting, meeting_id=asked.place.id, reason=asked.typed.shaped(CancelForm).reason)


async def _record(asked: Asked) -> None:
    form = asked.typed.shaped(RecordForm)
    await asked.do(
        take_down,
        meeting_id=asked.place.id,
        minutes=form.minutes,
        outcome=form.outcome,
        confirming=bool(form.confirm),
        seen=asked.typed.seen,
    )


async def _confirm(asked: Asked) -> None:
    await asked.do(confirm_record, meeting_id=asked.place.id, seen=asked.typed.seen)


async def _missed(asked: Asked) -> None:
    if not asked.typed.one("sure"):
        raise CheckField("sure")
    await asked.do(report_missed, meeting_id=asked.place.id, seen=asked.typed.seen)


async def _settle(asked: Asked) -> None:
    form = asked.typed.shaped(SettleForm)
    await asked.do(
        settle_record,
        meeting_id=asked.place.id,
        state=State(form.state),
        minutes=form.minutes,
        reason=form.reason,
        seen=asked.typed.seen,
    )


async def _note(asked: Asked) -> None:
    await asked.do(write_note, meeting_id=asked.place.id, text=asked.typed.shaped(NoteForm).note)


DEEDS: dict[str, Deed] = {
    "cancel": Deed(_cancel, N_("The meeting is called off.")),
    "record": Deed(_record, N_("Written down.")),
    "confirm": Deed(_confirm, N_("Confirmed. Thank you!")),
    "missed": Deed(_missed, N_("Noted. The other side can still say how they see it.")),
    "settle": Deed(_settle, N_("The record is closed.")),
    "note": Deed(_note, N_("Your note is kept. Only you can read it.")),
}


async def _meeting(tx: Tx, visit: Visit) -> MeetingView:
    return await meeting_for(tx, actor=visit.actor, meeting_id=visit.key("meeting_id"))


async def _shown(tx: Tx, visit: Visit, meeting: MeetingView) -> Shown:
    actor, side = visit.actor, side_of(visit.actor, meeting)
    both = (meeting.mentor_account_id, meeting.account_id)
    return Shown(
        "mentoring/one.html",
        meeting=meeting,
        history=deeds_of(await history_for(tx, actor=actor, meeting_id=meeting.id)),
        answers=await answers_of(tx, uid=uid_of_meeting(meeting.id), account_ids=both),
        note=await note_of(tx, actor=actor, meeting_id=meeting.id),
        granted=await grant_about(tx, actor=actor, subject_kind=KIND, subject_id=meeting.id),
        side=side.value,
        meets=side != Side.COORDINATOR,
        link=link_for(actor, meeting),
        can=offers_of(actor, meeting, now=visit.now),
        now=visit.now,
        locks_after=meeting.period.end + timedelta(days=3),
    )


def _labels(texts: Translator) -> dict[str, str]:
    _ = texts.gettext
    return {
        "minutes": _("How many minutes it took"),
        "outcome": _("What came of it"),
        "reason": _("Reason"),
        "state": _("What happened"),
        "note": _("Your own note"),
        "sure": _("Yes, after a quarter of an hour nobody was there"),
        "version": _("Version"),
    }


handlers = Screen(
    name="meeting",
    path="/meetings/{meeting_id:uuid}",
    guard=signed_in,
    about=_meeting,
    shows=_shown,
    deeds=DEEDS,
    labels=_labels,
).handlers
