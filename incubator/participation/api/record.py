"""Certificates, outcomes and the record."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.period import WARSAW
from incubator.participation.answer_outcome import Answers, answer_outcome, survey_by, surveys_of
from incubator.participation.api.shapes import (
    DESK,
    DESK_MAKES,
    DESK_READ,
    OPEN,
    READ,
    Asked,
    Check,
    CountsIn,
    ForWhom,
    Kind,
    OptionalWhy,
    Surveys,
)
from incubator.participation.issue_certificate import certificate_by, issue_certificate, revoke_certificate
from incubator.participation.record import PAGE, Filter, RecordRow, RecordSum, record_of
from incubator.participation.views import CertificateView, SurveyView, View
from incubator.people.visit import Visit

Data = NamedDependency[Database]
Day = Annotated[date | None, QueryParameter()]


class RecordPage(View, frozen=True):
    """Sums for each participant, and a page of the rows behind them; `next` is the `offset` that follows. `minutes` of
    participants, `people_minutes` of their people at meetings of the programme, and `count` are those of all rows."""

    sums: list[RecordSum]
    rows: list[RecordRow]
    minutes: int
    people_minutes: int
    count: int
    next: int | None


@post("/participations/{participation_id:uuid}/certificates", operation_id="issueCertificate", **DESK_MAKES)
async def post_certificate(
    visit: NamedDependency[Visit], participation_id: FromPath[UUID], data: JSONBody[ForWhom]
) -> Response[CertificateView]:
    """Issue a certificate to the participant or one of its members, where the presence rule is met."""
    return await visit.create(
        issue_certificate,
        lambda made: f"/api/certificates/{made.code}",
        participation_id=participation_id,
        account_id=data.account_id,
    )


@post("/certificates/{certificate_id:uuid}/revoke", operation_id="revokeCertificate", **DESK)
async def post_revoke(
    visit: NamedDependency[Visit], certificate_id: FromPath[UUID], data: JSONBody[OptionalWhy]
) -> CertificateView:
    """Revoke a certificate, for a reason."""
    return await visit.do(revoke_certificate, certificate_id=certificate_id, reason=data.reason)


@get("/certificates/{code:str}", operation_id="checkCertificate", **OPEN)
async def check_certificate(code: FromPath[str], db: Data) -> Check:
    """Whether a certificate is valid, and what is on the paper; for whoever has its code."""
    async with statement(db) as tx:
        found = await certificate_by(tx, code=code)
    names = [name for name in Check.__struct_fields__ if name not in {"valid", "issued_on"}]
    told = {name: getattr(found, name) for name in names}
    return Check(valid=found.revoked_at is None, issued_on=found.issued_at.astimezone(WARSAW).date(), **told)


@get("/outcomes/{secret:str}", operation_id="getOutcomeSurvey", **OPEN)
async def get_survey(secret: FromPath[str], db: Data) -> Asked:
    """What a survey asks about, by the secret of its link."""
    async with statement(db) as tx:
        found = await survey_by(tx, secret=secret)
    return Asked(name=found.name, stage=found.stage, due_on=found.due_on, answered=found.answered_at is not None)


@post("/outcomes/{secret:str}", operation_id="answerOutcomeSurvey", **OPEN)
async def post_answers(
    secret: FromPath[str], data: JSONBody[Answers], db: Data, now: NamedDependency[datetime]
) -> Asked:
    """Answer a survey, once, by the secret of its link."""
    found = await attempt(db, lambda tx: answer_outcome(tx, secret=secret, answers=data, now=now))
    return Asked(name=found.name, stage=found.stage, due_on=found.due_on, answered=True)


@get("/editions/{edition_id:uuid}/outcomes", operation_id="listOutcomes", **DESK_READ)
async def list_outcomes(visit: NamedDependency[Visit], edition_id: FromPath[UUID]) -> Surveys:
    """Surveys of an edition with their answers, for who runs it."""
    async with statement(visit.db) as tx:
        items: list[SurveyView] = await surveys_of(tx, actor=visit.actor, edition_id=edition_id)
    return Surveys(items=items)


@get("/record", operation_id="getRecord", **READ)
async def get_record(
    visit: NamedDependency[Visit],
    edition_id: Annotated[UUID | None, QueryParameter()] = None,
    participation_id: Annotated[UUID | None, QueryParameter()] = None,
    gmina_id: Annotated[UUID | None, QueryParameter()] = None,
    first: Day = None,
    last: Day = None,
    kind: Kind = None,
    counts_in: CountsIn = None,
    offset: Annotated[int, QueryParameter(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=1000)] = PAGE,
) -> RecordPage:
    """Who took part in what, when, for how many minutes, on what evidence: of what one runs or takes part in.
    `first` and `last` are days in Warsaw, both included; `counts_in` leaves the rows
    that a participant's own minutes, or those of its people, are the sum of."""
    wanted = Filter(
        edition_id=edition_id,
        participation_id=participation_id,
        gmina_id=gmina_id,
        first=first,
        last=last,
        kind=kind,
        counts_in=counts_in,
    )
    async with statement(visit.db) as tx:
        told = await record_of(tx, actor=visit.actor, wanted=wanted, offset=offset, limit=limit)
    more = offset + limit if told.more else None
    return RecordPage(
        sums=told.sums,
        rows=told.rows,
        minutes=told.minutes,
        people_minutes=told.people_minutes,
        count=told.count,
        next=more,
    )


handlers: list[ControllerRouterHandler] = [
    post_certificate,
    post_revoke,
    check_certificate,
    get_survey,
    post_answers,
    list_outcomes,
    get_record,
]
