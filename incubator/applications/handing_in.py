"""Handing in, the first time and after a supplementation: the checks, and what is kept of it for good."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from incubator.applications.answering import read
from incubator.applications.call_views import CallView
from incubator.applications.rules import Finding, not_eligible
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW


@dataclass(eq=False)
class ApplicationIncomplete(Invalid):
    """Answers are missing or do not fit: `findings` says which and why."""

    code = "application_incomplete"
    sentence = N_("Some answers are missing or need to be changed. The list says which.")
    findings: list[Finding]


@dataclass(eq=False)
class NotEligible(Conflict):
    """The applicant does not fit the rules of the call: `findings` says which."""

    code = "not_eligible"
    sentence = N_("By the rules of this call you cannot apply. The list says why.")
    findings: list[Finding]


KEEP = """
INSERT INTO submission (application_id, round, at, by, facts, answers, terms_version)
VALUES ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, $7)
"""
ANSWERS = "UPDATE application SET answers = $2::text::jsonb WHERE id = $1"


def in_the_way(application: ApplicationView, call: CallView, *, now: datetime) -> tuple[list[Finding], list[Finding]]:
    """Of the applicant, and of the answers: everything that keeps it from being handed in."""
    today = now.astimezone(WARSAW).date()
    who = not_eligible(application.facts, call.eligibility, closing_day=call.closing_day, today=today)
    _, what = read(call.questions, application.answers)
    if not application.title:
        what.insert(0, Finding(code="title_missing", about="title", sentence=N_("Give your idea a title.")))
    return who, what


def must_be_complete(application: ApplicationView, call: CallView, *, now: datetime) -> dict[str, Any]:
    """The clean answers. Raises NotEligible, ApplicationIncomplete."""
    who, what = in_the_way(application, call, now=now)
    if who:
        raise NotEligible(who)
    if what:
        raise ApplicationIncomplete(what)
    return read(call.questions, application.answers)[0]


async def keep(
    tx: Tx,
    *,
    application: ApplicationView,
    answers: dict[str, Any],
    turn: int,
    by: UUID,
    terms_version: int | None,
    now: datetime,
) -> ApplicationView:
    """What was handed in, kept for good as the application's round `turn`; the application has the clean
    answers from now on."""
    facts = {
        "title": application.title,
        "organisation": application.organisation_name,
        **msgspec.to_builtins(application.facts),
    }
    told = msgspec.json.encode(answers).decode()
    await tx.execute(KEEP, application.id, turn, now, by, msgspec.json.encode(facts).decode(), told, terms_version)
    await tx.execute(ANSWERS, application.id, told)
    return replace(application, answers=answers)
