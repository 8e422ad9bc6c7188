"""What people thought of a session: asked once by a link, kept without their name, shown as sums only where so many
answered that nobody can be told apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.kernel.errors import N_, Gone
from incubator.people.actor import Actor
from incubator.registrations.queries import NoSuchTicket, registration_by_id
from incubator.registrations.tell import News, write
from incubator.registrations.views import SessionFacts
from incubator.web.letters import stationery
from incubator.web.links import seal, sealed

SEAL = "survey"
FEWEST = 5
"""Answers of fewer people are not shown."""
AFTER, FOR = timedelta(hours=2), timedelta(days=60)
"""Asked so long after the session, and for so long answers are taken."""
MOST = 300


class SurveyOver(Gone):
    """Answered already, or too late."""

    code = "session_survey_over"
    sentence = N_("Thank you! This survey was answered already, or is over.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswers:
    """Marks from 1 (poor) to 5, and words."""

    rating: int
    usefulness: int
    comment: str = ""
    wishes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyResults:
    """Sums; no marks and no words where fewer than FEWEST answered. `spread` counts the marks from 1 to 5."""

    asked: int
    answers: int
    hidden: bool
    rating: float | None
    usefulness: float | None
    spread: tuple[int, ...]
    comments: tuple[str, ...]
    wishes: tuple[str, ...]


# Who was there, or could have been where it was online; each ticket has an address of its own, or is the registrant's.
TO_ASK = """
SELECT ticket.id, registration_id, coalesce(nullif(ticket.email, ''), registration.email) AS address, ticket.name
FROM ticket JOIN registration ON registration.id = registration_id JOIN session ON session.id = ticket.session_id
WHERE session.state = 'published' AND upper(session.period) BETWEEN $1::timestamptz - interval '7 days' AND $1
    AND live AND registration.state = 'registered' AND registration.email <> ''
    AND (minutes > 0 OR checked_in_at IS NOT NULL OR session.mode = 'online')
    AND (ticket.email <> '' OR ticket.id = (
        SELECT other.id FROM ticket AS other WHERE other.registration_id = registration.id
            AND other.email = '' ORDER BY other.id LIMIT 1
    ))
    AND NOT EXISTS (SELECT FROM survey_asked WHERE ticket_id = ticket.id)
ORDER BY ticket.id LIMIT $2
"""
ASKED = "INSERT INTO survey_asked (ticket_id, asked_at, answered) VALUES ($1, $2, false) ON CONFLICT DO NOTHING RETURNING ticket_id"
OPEN = """
SELECT registration_id FROM survey_asked JOIN ticket ON ticket.id = ticket_id
WHERE ticket_id = $1 AND NOT answered AND asked_at > $2
"""
USE = "UPDATE survey_asked SET answered = true WHERE ticket_id = $1 AND NOT answered AND asked_at > $2 RETURNING ticket_id"
# The identifier is random, and no time is kept: neither leads back to the mail.
KEEP = """
INSERT INTO session_survey (id, session_id, rating, usefulness, comment, wishes)
SELECT $2, session_id, $3, $4, $5, $6 FROM ticket WHERE id = $1
"""
SUMS = """
SELECT (SELECT count(*) FROM survey_asked JOIN ticket ON ticket.id = ticket_id WHERE session_id = $1) AS asked,
    count(*) AS answers, avg(rating)::float AS rating, avg(usefulness)::float AS usefulness,
    ARRAY(SELECT count(session_survey.id) FROM generate_series(1, 5) AS mark
        LEFT JOIN session_survey ON rating = mark AND session_id = $1 GROUP BY mark ORDER BY mark) AS spread,
    coalesce(array_agg(comment ORDER BY id) FILTER (WHERE comment <> ''), '{}') AS comments,
    coalesce(array_agg(wishes ORDER BY id DESC) FILTER (WHERE wishes <> ''), '{}') AS wishes
FROM session_survey WHERE session_id = $1
"""


async def ask_surveys(tx: Tx, *, now: datetime) -> None:
    """Once, two hours after a session: who was there is asked what they thought."""
    for row in await tx.fetch(TO_ASK, now - AFTER, MOST):
        if await tx.fetchval(ASKED, row["id"], now) is None:
            continue
        found = await registration_by_id(tx, registration_id=row["registration_id"])
        link = f"{stationery().globals['address']}/exchange/survey/{row['id']}/{seal(SEAL, row['id'])}"
        await write(
            tx,
            to=row["address"],
            name=row["name"],
            registration=found,
            what=News.SURVEY,
            now=now,
            survey_link=link,
        )


async def survey_by_link(tx: Tx, *, ticket_id: UUID, given: str, now: datetime) -> SessionFacts:
    """What is asked about. Raises NoSuchTicket, SurveyOver."""
    if not sealed(SEAL, ticket_id, given):
        raise NoSuchTicket()
    key = await tx.fetchval(OPEN, ticket_id, now - FOR)
    if key is None:
        raise SurveyOver()
    return (await registration_by_id(tx, registration_id=key)).session


async def answer_session_survey(tx: Tx, *, ticket_id: UUID, given: str, answers: SurveyAnswers, now: datetime) -> None:
    """Keep the answers, once. Raises NoSuchTicket, SurveyOver."""
    if not sealed(SEAL, ticket_id, given):
        raise NoSuchTicket()
    if await tx.fetchval(USE, ticket_id, now - FOR) is None:
        raise SurveyOver()
    said = (answers.rating, answers.usefulness, answers.comment.strip(), answers.wishes.strip())
    await tx.execute(KEEP, ticket_id, uuid4(), *said)


async def survey_results(tx: Tx, *, actor: Actor, session_id: UUID) -> SurveyResults:
    """For who runs the session. Raises NoSuchSession, NotYours."""
    await session_to_run(tx, actor=actor, session_id=session_id)
    row = await tx.fetchrow(SUMS, session_id)
    assert row is not None
    hidden = row["answers"] < FEWEST
    return SurveyResults(
        asked=row["asked"],
        answers=row["answers"],
        hidden=hidden,
        rating=None if hidden else row["rating"],
        usefulness=None if hidden else row["usefulness"],
        spread=() if hidden else tuple(row["spread"]),
        comments=() if hidden else tuple(row["comments"]),
        wishes=() if hidden else tuple(row["wishes"]),
    )
