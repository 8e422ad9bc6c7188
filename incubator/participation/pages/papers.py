"""Certificates as papers and as a public check; surveys of what became of participants."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import N_, Invalid, Refusal
from incubator.participation.answer_outcome import Answers, Band, answer_outcome, survey_by, surveys_of
from incubator.participation.issue_certificate import NoSuchCertificate, certificate_by
from incubator.participation.pages.labels import labels_in
from incubator.participation.queries import participation_for
from incubator.people.forms import Ask, Typed, form_page, typed_in
from incubator.people.guards import office_or_coordinator, public, signed_in
from incubator.people.visit import Visit
from incubator.programmes.queries import edition_to_run
from incubator.web.bodies import Body, Paragraphs
from incubator.web.flash import see_other
from incubator.web.i18n import locale_of
from incubator.web.pages import page
from incubator.web.pdf import certificate_paper


class OutcomeForm(Body, frozen=True, kw_only=True):
    """The answers as they are typed: jobs and PLN with a comma or a point."""

    in_business: Annotated[str, Meta(pattern=r"^(yes|no)$(?!\n)")]
    jobs: Annotated[str, Meta(pattern=r"^[0-9]{1,6}([.,][0-9]{1,2})?$(?!\n)")]
    revenue_band: Band
    funding: Annotated[str, Meta(pattern=r"^[0-9 ]{1,13}([.,][0-9]{1,2})?$(?!\n)")]
    comment: Paragraphs = ""


@get("/certificates/{code:str}", guards=[public])
async def show_check(request: Ask, code: FromPath[str], db: NamedDependency[Database]) -> Response[str]:
    """Whether a certificate is valid, and what is on the paper."""
    async with statement(db) as tx:
        found = await certificate_by(tx, code=code)
    return page(request, "participation/check.html", certificate=found)


@get("/participations/{participation_id:uuid}/certificates/{certificate_id:uuid}", guards=[signed_in])
async def show_paper(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], certificate_id: FromPath[UUID]
) -> Response[bytes]:
    """The certificate as a PDF, in the language of the page."""
    async with statement(visit.db) as tx:
        await participation_for(tx, actor=visit.actor, participation_id=participation_id)
        found = await certificate_by(tx, key=certificate_id)
    if found.participation_id != participation_id:
        raise NoSuchCertificate()
    path = f"/certificates/{found.code}"
    return await certificate_paper(
        "participation/certificate_paper.html", locale_of(visit.request), found, checked_at=path
    )


@get("/outcomes/{secret:str}", guards=[public])
async def show_survey(request: Ask, secret: FromPath[str], db: NamedDependency[Database]) -> Response[str]:
    return await _survey(request, secret, db)


@post("/outcomes/{secret:str}", guards=[public], status_code=303)
async def answer_survey(
    request: Ask, secret: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[Any]:
    typed = await typed_in(request)
    try:
        answers = _answers(typed)
    except Invalid as refusal:
        return await _survey(request, secret, db, typed, refusal)
    await attempt(db, lambda tx: answer_outcome(tx, secret=secret, answers=answers, now=now))
    return see_other(request, f"/outcomes/{secret}", N_("Thank you! Your answers are kept."))


def _answers(typed: Typed) -> Answers:
    said = typed.shaped(OutcomeForm)
    return Answers(
        in_business=said.in_business == "yes",
        jobs_fte=_hundredths(said.jobs),
        revenue_band=said.revenue_band,
        funding_minor=_hundredths(said.funding),
        comment=said.comment,
    )


def _hundredths(typed: str) -> int:
    whole, _, part = typed.replace(" ", "").replace(",", ".").partition(".")
    return int(whole or "0") * 100 + int(part.ljust(2, "0"))


async def _survey(
    request: Ask, secret: str, db: Database, typed: Typed | None = None, refusal: Refusal | None = None
) -> Response[str]:
    async with statement(db) as tx:
        survey = await survey_by(tx, secret=secret)
    return form_page(
        request,
        "participation/survey.html",
        survey=survey,
        labels=labels_in,
        typed=typed,
        refusal=refusal,
    )


@get("/desk/editions/{edition_id:uuid}/outcomes", guards=[office_or_coordinator])
async def show_outcomes(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Response[str]:
    """What became of those who took part."""
    async with statement(visit.db) as tx:
        edition = await edition_to_run(tx, actor=visit.actor, edition_id=edition_id)
        surveys = await surveys_of(tx, actor=visit.actor, edition_id=edition_id)
    return page(visit.request, "participation/desk_outcomes.html", edition=edition, surveys=surveys)


handlers: list[ControllerRouterHandler] = [show_check, show_paper, show_survey, answer_survey, show_outcomes]
