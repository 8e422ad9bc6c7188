"""Answer what became of us since the programme, by the link of a mail and without signing in."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import asyncpg
from msgspec import Meta

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Gone, NotFound
from incubator.kernel.ids import digest
from incubator.participation.queries import participation_by_id
from incubator.participation.tell import note
from incubator.participation.views import SurveyView
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run
from incubator.web.bodies import Body, Paragraphs


class NoSuchSurvey(NotFound):
    """No survey has this secret."""

    code = "no_such_survey"
    sentence = N_("There is no survey at this address. Please use the link of one of our mails.")


class SurveyAnswered(Gone):
    """It was answered; the answers stand."""

    code = "survey_answered"
    sentence = N_("This survey was answered already. Thank you.")


Band = Literal["none", "to_50", "to_200", "to_1000", "above_1000"]


class Answers(Body, frozen=True):
    """Jobs in hundredths of a full-time one; revenue of the last twelve months in thousands of PLN, as a band;
    funding since the programme began, in grosz."""

    in_business: bool
    jobs_fte: Annotated[int, Meta(ge=0, le=100_000_000)]
    revenue_band: Band
    funding_minor: Annotated[int, Meta(ge=0, le=1_000_000_000_000_000)]
    comment: Paragraphs = ""


SURVEY = """
SELECT survey.id, participation_id, coalesce(organisation.name, account.name) AS name, stage, due_on, sent_at, reminders,
    answered_at, in_business, jobs_fte, revenue_band, funding_minor, comment
FROM outcome_survey AS survey JOIN participation ON participation.id = participation_id
JOIN account ON account.id = participation.account_id
LEFT JOIN organisation ON organisation.id = participation.organisation_id
"""
BY_LINK = "WHERE survey.id = (SELECT survey_id FROM outcome_link WHERE token_hash = $1)"
ANSWER = """
UPDATE outcome_survey SET answered_at = $2, in_business = $3, jobs_fte = $4, revenue_band = $5, funding_minor = $6,
    comment = $7
WHERE id = $1
"""


async def survey_by(tx: Tx, *, secret: str, lock: bool = False) -> SurveyView:
    """By the link of any of the mails about it. Raises NoSuchSurvey."""
    row = await tx.fetchrow(f"{SURVEY} {BY_LINK} {'FOR UPDATE OF survey' if lock else ''}", digest(secret))
    if row is None:
        raise NoSuchSurvey()
    return survey_of(row)


async def answer_outcome(tx: Tx, *, secret: str, answers: Answers, now: datetime) -> SurveyView:
    """Whoever has a link of one of the mails answers, once. Raises NoSuchSurvey, SurveyAnswered."""
    found = await survey_by(tx, secret=secret, lock=True)
    if found.answered_at is not None:
        raise SurveyAnswered()
    await tx.execute(
        ANSWER,
        found.id,
        now,
        answers.in_business,
        answers.jobs_fte,
        answers.revenue_band,
        answers.funding_minor,
        answers.comment,
    )
    participation = await participation_by_id(tx, participation_id=found.participation_id)
    after = {"survey_id": str(found.id), "stage": found.stage}
    await note(tx, participation=participation, verb="answer_outcome", actor_id=None, now=now, after=after)
    return await survey_by(tx, secret=secret)


async def surveys_of(tx: Tx, *, actor: Actor, edition_id: UUID) -> list[SurveyView]:
    """Of an edition, for who runs it. Raises NoSuchEdition, NotYours."""
    await edition_to_run(tx, actor=actor, edition_id=edition_id)
    rows = await tx.fetch(f"{SURVEY} WHERE edition_id = $1 ORDER BY name, due_on, survey.id", edition_id)
    return [survey_of(row) for row in rows]


def survey_of(row: asyncpg.Record) -> SurveyView:
    return SurveyView(**row)
