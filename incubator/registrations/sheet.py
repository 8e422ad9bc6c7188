"""Who registered, as a spreadsheet: one line for each ticket."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.registrations.to_register import Question
from incubator.registrations.views import RegistrationView, TicketView
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file

HEAD = (
    N_("Name and surname"),
    N_("E-mail"),
    N_("Registered by"),
    N_("Organisation"),
    N_("State"),
    N_("Stall"),
    N_("Registered at"),
    N_("In"),
    N_("Out"),
    N_("Minutes"),
)
STATES = {
    "waiting": N_("waiting"),
    "offered": N_("seat offered"),
    "registered": N_("registered"),
    "cancelled": N_("given up"),
    "lapsed": N_("offer over"),
    "turned_away": N_("session called off"),
}
ANSWERS = """
SELECT registration_id, question_id, value FROM registration_answer
JOIN registration ON registration.id = registration_id WHERE session_id = $1
"""


async def answers_at(tx: Tx, *, session_id: UUID) -> dict[tuple[UUID, UUID], str]:
    """What was answered, by registration and question."""
    rows = await tx.fetch(ANSWERS, session_id)
    return {(row["registration_id"], row["question_id"]): row["value"] for row in rows}


def registrations_csv(
    everybody: Sequence[RegistrationView],
    *,
    questions: Sequence[Question],
    answers: dict[tuple[UUID, UUID], str],
    texts: Translator,
) -> bytes:
    """Every cell harmless in a spreadsheet."""
    head = [*(texts.gettext(title) for title in HEAD), *(question.text_pl for question in questions)]
    lines = [
        [
            *_line(one, ticket, texts),
            *(_said(question, answers.get((one.id, question.id), ""), texts) for question in questions),
        ]
        for one in everybody
        for ticket in one.tickets
    ]
    return csv_file([head, *lines])


def _line(one: RegistrationView, ticket: TicketView, texts: Translator) -> list[str]:
    return [
        ticket.name,
        ticket.email or one.email,
        one.name,
        one.organisation_name or "",
        texts.gettext(STATES[one.state]),
        ticket.stall_number or "",
        _clock(one.created_at),
        _clock(ticket.checked_in_at),
        _clock(ticket.checked_out_at),
        "" if ticket.minutes is None else str(ticket.minutes),
    ]


def _clock(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(WARSAW):%Y-%m-%d %H:%M}"


def _said(question: Question, value: str, texts: Translator) -> str:
    if question.kind == "choice" and value.isdecimal() and int(value) < len(question.choices_pl):
        return question.choices_pl[int(value)]
    return (
        {"yes": texts.gettext("yes"), "no": texts.gettext("no")}.get(value, value)
        if question.kind == "yes_no"
        else value
    )
