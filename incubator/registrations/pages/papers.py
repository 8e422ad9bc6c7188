"""Tickets, certificates and surveys: each opened by what is on the ticket, the paper or in the mail."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import segno
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import Invalid, Refusal
from incubator.people.forms import Ask, Typed, form_page, typed_in
from incubator.people.guards import public
from incubator.registrations.certify import session_certificate_by
from incubator.registrations.pages.labels import labels_in
from incubator.registrations.queries import ticket_by_code
from incubator.registrations.survey import SurveyAnswers, answer_session_survey, survey_by_link
from incubator.registrations.where import where
from incubator.web.bodies import Body, Paragraphs
from incubator.web.flash import see_other
from incubator.web.i18n import locale_of
from incubator.web.pages import page
from incubator.web.pdf import certificate_paper, download, pdf

Data = NamedDependency[Database]
Now = NamedDependency[datetime]
Mark = Annotated[int, Meta(ge=1, le=5)]


class SurveyForm(Body, frozen=True):
    """Marks and words."""

    rating: Mark
    usefulness: Mark
    comment: Paragraphs = ""
    wishes: Paragraphs = ""


@get("/tickets/{code:str}", guards=[public])
async def show_ticket(request: Ask, code: FromPath[str], db: Data) -> Response[str]:
    async with statement(db) as tx:
        registration, ticket = await ticket_by_code(tx, code=code)
    return page(
        request,
        "registrations/ticket.html",
        registration=registration,
        session=registration.session,
        ticket=ticket,
        image=segno.make(ticket.code, error="m").svg_data_uri(scale=6, border=2),
    )


@get("/tickets/{code:str}/paper", guards=[public])
async def show_ticket_paper(request: Ask, code: FromPath[str], db: Data) -> Response[bytes]:
    """The ticket as a PDF, in the language of the page."""
    async with statement(db) as tx:
        registration, ticket = await ticket_by_code(tx, code=code)
    locale = locale_of(request)
    content = await pdf(
        "registrations/ticket_paper.html",
        locale,
        session=registration.session,
        where=where(registration.session, locale),
        ticket=ticket,
        image=segno.make(ticket.code, error="m").svg_data_uri(scale=6, border=2),
    )
    return download(content, f"ticket-{ticket.code[:8]}.pdf")


@get("/exchange/certificates/{code:str}", guards=[public])
async def show_session_certificate(request: Ask, code: FromPath[str], db: Data) -> Response[str]:
    """Whether a certificate is valid, and what is on the paper."""
    async with statement(db) as tx:
        found = await session_certificate_by(tx, code=code)
    return page(request, "registrations/certificate.html", certificate=found)


@get("/exchange/certificates/{code:str}/paper", guards=[public])
async def show_session_certificate_paper(request: Ask, code: FromPath[str], db: Data) -> Response[bytes]:
    """The certificate as a PDF: whoever has the code has been given the paper, or shown it."""
    async with statement(db) as tx:
        found = await session_certificate_by(tx, code=code)
    path = f"/exchange/certificates/{found.code}"
    return await certificate_paper("registrations/certificate_paper.html", locale_of(request), found, checked_at=path)


@get("/exchange/survey/{ticket_id:uuid}/{seal:str}", guards=[public])
async def show_session_survey(
    request: Ask, ticket_id: FromPath[UUID], seal: FromPath[str], db: Data, now: Now
) -> Response[str]:
    return await _survey(request, ticket_id, seal, db, now)


@post("/exchange/survey/{ticket_id:uuid}/{seal:str}", guards=[public], status_code=303)
async def take_session_survey(
    request: Ask, ticket_id: FromPath[UUID], seal: FromPath[str], db: Data, now: Now
) -> Response[Any]:
    typed = await typed_in(request)
    try:
        said = typed.shaped(SurveyForm)
    except Invalid as refusal:
        return await _survey(request, ticket_id, seal, db, now, typed, refusal)
    answers = SurveyAnswers(rating=said.rating, usefulness=said.usefulness, comment=said.comment, wishes=said.wishes)
    await attempt(db, lambda tx: answer_session_survey(tx, ticket_id=ticket_id, given=seal, answers=answers, now=now))
    return see_other(request, "/exchange/survey/thanks")


@get("/exchange/survey/thanks", guards=[public])
async def show_survey_thanks(request: Ask) -> Response[str]:
    return page(request, "registrations/survey.html", done=True)


async def _survey(
    request: Ask,
    ticket_id: UUID,
    seal: str,
    db: Database,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        session = await survey_by_link(tx, ticket_id=ticket_id, given=seal, now=now)
    told: dict[str, Any] = {"labels": labels_in, "typed": typed, "refusal": refusal}
    return form_page(request, "registrations/survey.html", session=session, done=False, **told)


handlers: list[ControllerRouterHandler] = [
    show_ticket,
    show_ticket_paper,
    show_session_certificate,
    show_session_certificate_paper,
    show_session_survey,
    take_session_survey,
    show_survey_thanks,
]
