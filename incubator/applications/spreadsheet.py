"""Applications of a call as a spreadsheet, a row each."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from incubator.applications.call_views import CallView, QuestionView
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file

HEAD = (
    N_("Number"),
    N_("Code for scorers"),
    N_("State"),
    N_("Handed in on"),
    N_("Applicant"),
    N_("Title of your idea"),
    N_("Gmina"),
    N_("Day of registration of the company"),
    N_("Size of the company"),
    N_("PKD class"),
)
STATES = {
    State.SUBMITTED: N_("submitted"),
    State.SUPPLEMENTING: N_("to be supplemented"),
    State.FORMALLY_PASSED: N_("passed the formal check"),
    State.FORMALLY_REJECTED: N_("rejected at the formal check"),
    State.BELOW_THRESHOLD: N_("below the threshold"),
    State.NOT_ADMITTED: N_("not chosen"),
    State.RESERVE: N_("on the reserve list"),
    State.OFFERED: N_("a place is offered"),
    State.ADMITTED: N_("admitted"),
    State.DECLINED: N_("offer declined"),
    State.WITHDRAWN: N_("withdrawn"),
}


def spreadsheet(
    call: CallView, applications: Sequence[ApplicationView], gminas: dict[UUID, str], texts: Translator
) -> bytes:
    """The facts, and each answer in a column of its own; of a file only that it is there."""
    labels = [getattr(one, f"label_{texts.locale}") or one.label_pl for one in call.questions]
    head = [*(texts.gettext(title) for title in HEAD), *labels]
    return csv_file([head, *([*_row(call, one, gminas, texts)] for one in applications)])


def _row(call: CallView, one: ApplicationView, gminas: dict[UUID, str], texts: Translator) -> Iterator[str]:
    facts = one.facts
    yield str(one.number)
    yield one.code
    yield texts.gettext(STATES[one.state])
    yield one.submitted_at.astimezone(WARSAW).strftime("%Y-%m-%d %H:%M") if one.submitted_at else ""
    yield one.applicant_name
    yield one.title
    yield gminas.get(facts.gmina_id, "") if facts.gmina_id else ""
    yield facts.registered_on.isoformat() if facts.registered_on else ""
    yield facts.size or ""
    yield facts.pkd or ""
    for question in call.questions:
        yield _answer(question, one.answers.get(str(question.id)), texts)


def _answer(question: QuestionView, value: Any, texts: Translator) -> str:
    if value is None:
        return ""
    if question.kind in {"choice", "choices"}:
        chosen = value if isinstance(value, list) else [value]
        named = {
            option.value: option.en if texts.locale == "en" and option.en else option.pl for option in question.options
        }
        return ", ".join(named.get(str(one), str(one)) for one in chosen)
    if question.kind in {"file", "declaration"}:
        return texts.gettext("yes")
    return str(value).replace(".", ",") if question.kind == "number" else str(value)
