"""What was typed into an application: read from its form, and shown there again."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar.datastructures import UploadFile

from incubator.applications.call_rules import LARGEST
from incubator.applications.call_views import CallView
from incubator.applications.details import Answer, Draft, FactsSaid
from incubator.applications.views import ApplicationView
from incubator.people.forms import Ask, CheckField, Typed

BARE_PKD = re.compile(r"([0-9]{2})\.?([0-9]{2})\.?([A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The fields of the form as they are to be shown."""

    title: str
    registered_on: str
    size: str
    gmina_id: str
    pkd: str
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as a browser sent it."""

    question_id: UUID
    name: str
    content: bytes


def filled_of(application: ApplicationView) -> Filled:
    """As it is kept."""
    facts = application.facts
    return Filled(
        title=application.title,
        registered_on=facts.registered_on.isoformat() if facts.registered_on else "",
        size=facts.size or "",
        gmina_id=str(facts.gmina_id or ""),
        pkd=facts.pkd or "",
        answers=application.answers,
    )


def filled_in(typed: Typed, call: CallView, application: ApplicationView) -> Filled:
    """As it was typed, with the files that are there."""
    names = ("title", "registered_on", "size", "gmina_id", "pkd")
    files = {str(one.id) for one in call.questions if one.kind == "file"}
    kept = {key: value for key, value in application.answers.items() if key in files}
    answers = {str(key): value for key, value in answers_of(typed, call).items()}
    return Filled(**{name: typed.one(name) for name in names}, answers={**answers, **kept})


def draft_of(typed: Typed, call: CallView) -> Draft:
    """What the form says. Raises CheckField."""
    pkd = BARE_PKD.fullmatch(typed.one("pkd").replace(" ", ""))
    given: dict[str, Any] = {"pkd": f"{pkd[1]}.{pkd[2]}.{pkd[3].upper()}"} if pkd else {}
    title = typed.one("title")
    if len(title) > 200 or "\n" in title:
        raise CheckField("title")
    answers = answers_of(typed, call)
    for key, value in answers.items():
        if (isinstance(value, str) and len(value) > 20_000) or (isinstance(value, list) and not _short(value)):
            raise CheckField(f"q_{key}")
    return Draft(title=title, facts=typed.shaped(FactsSaid, **given), answers=answers)


def answers_of(typed: Typed, call: CallView) -> dict[UUID, Answer]:
    """By the question; a file is no field of text."""
    found: dict[UUID, Answer] = {}
    for one in call.questions:
        name = f"q_{one.id}"
        if one.kind == "choices":
            found[one.id] = typed.many(name)
        elif one.kind == "declaration":
            found[one.id] = typed.one(name) == "yes"
        elif one.kind != "file":
            found[one.id] = typed.one(name)
    return {key: value for key, value in found.items() if value not in ("", [], False)}


async def files_sent(request: Ask, call: CallView) -> list[Sent]:
    """The files that came along with the form; a field that was left alone sends none."""
    form = await request.form()
    found: list[Sent] = []
    for one in call.questions:
        sent = form.get(f"q_{one.id}") if one.kind == "file" else None
        if isinstance(sent, UploadFile) and sent.filename:
            found.append(Sent(one.id, sent.filename, await sent.read(LARGEST + 1)))
    return found


def _short(chosen: list[str]) -> bool:
    return len(chosen) <= 60 and all(len(one) <= 200 and "\n" not in one for one in chosen)
