"""The statement that puts registrations down: it takes the seats, draws what programmes granted, makes registrations
with tickets and answers, writes the history and moves the versions. Either all of it happened for one or none;
several that come at one moment share it (docs/decisions/0010, 0012)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.credits.draw import LOCKED, drawn_for, fitting
from incubator.db.versions import moving
from incubator.people.actor import STANDS, Actor
from incubator.registrations.aid import COUNTED, TRAINING
from incubator.registrations.states import State
from incubator.registrations.to_register import SessionToRegister
from incubator.registrations.views import RegistrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A registration to put down by the rules of `session`, for `holder` or by mail address alone."""

    registration: RegistrationView
    session: SessionToRegister
    answers: Mapping[UUID, str]
    holder: Actor | None
    now: datetime
    alone: bool = False
    """In a transaction in which aid can be granted after it: what may be aid is put down in no other way."""


# One array for each column, in this order, an element for each registration.
COLUMNS = {
    "id": "uuid",
    "session_id": "uuid",
    "session_version": "int",
    "account_id": "uuid",
    "organisation_id": "uuid",
    "standing": "bigint",
    "token_hash": "bytea",
    "name": "text",
    "email": "text",
    "locale": "text",
    "gmina_id": "uuid",
    "state": "text",
    "seats": "int",
    "priority": "boolean",
    "offered_until": "timestamptz",
    "draws": "boolean",
    "credit_gmina": "uuid",
    "starts": "timestamptz",
    "ends": "timestamptz",
    "actor_id": "uuid",
    "verb": "text",
    "after": "text",
    "now": "timestamptz",
    "training": "boolean",
    "alone": "boolean",
}
TICKET = {"turn": "int", "ticket_id": "uuid", "name": "text", "email": "text", "stall_id": "uuid", "code": "text"}
ANSWER = {"turn": "int", "question_id": "uuid", "value": "text"}
KEY = {"turn": "int", "key": "uuid"}


def _arrays(shape: Mapping[str, str], after: int = 0) -> str:
    return ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(shape.values(), after + 1))


_T, _A = len(COLUMNS), len(COLUMNS) + len(TICKET)
_GRANTED = fitting(
    holder="winning.holder_id",
    kind="'seats'",
    gmina="winning.credit_gmina",
    starts="winning.starts",
    ends="winning.ends",
    amount="winning.seats",
    lock=LOCKED,
)
_MOVED = f"""
    SELECT key, turn, session_id AS subject_id FROM unnest({_arrays(KEY, _A + len(ANSWER))}) AS moves ({", ".join(KEY)})
    JOIN placed USING (turn) JOIN made ON made.id = placed.id
"""
# Locks are taken in one order: holders, seats (by session), credits, versions. `seats` tells what is left once they
# are locked; who comes second in one statement gets what the first left. Nobody passes those who wait in line and
# would fit. Who is no longer who they were has no address: that breaks the NOT NULL of `email` and undoes it all.
PLACE = f"""
WITH wanted AS MATERIALIZED (
    SELECT *, EXISTS (
        SELECT FROM session WHERE session.id = session_id AND session.version = session_version
    ) AS rules_stand, training AND {COUNTED} AS aided
    FROM unnest({_arrays(COLUMNS)}) WITH ORDINALITY AS wanted ({", ".join(COLUMNS)}, turn)
),
holder AS MATERIALIZED (
    SELECT account.id, account.email FROM wanted JOIN account ON account.id = wanted.account_id
    WHERE {STANDS.format(standing="wanted.standing", key="wanted.token_hash", now="wanted.now")}
        AND (wanted.organisation_id IS NULL OR EXISTS (
            SELECT FROM membership WHERE organisation_id = wanted.organisation_id AND account_id = account.id
            FOR KEY SHARE
        ))
    ORDER BY account.id FOR KEY SHARE OF account
),
seats AS MATERIALIZED (
    SELECT session_id, open, capacity - taken AS unused FROM session_seats
    WHERE session_id IN (SELECT session_id FROM wanted WHERE rules_stand) AND (SELECT count(*) FROM holder) >= 0
    ORDER BY session_id FOR NO KEY UPDATE
),
judged AS MATERIALIZED (
    SELECT wanted.*, coalesce(wanted.email, holder.email) AS address, seats.open,
        EXISTS (
            SELECT FROM registration AS other WHERE other.session_id = wanted.session_id
                AND lower(other.email) = lower(coalesce(wanted.email, holder.email))
                AND other.email <> '' AND other.state IN ('waiting', 'offered', 'registered')
        ) AS again,
        (unused IS NULL OR sum(wanted.seats) OVER (PARTITION BY wanted.session_id ORDER BY turn) <= unused)
            AND NOT EXISTS (
                SELECT FROM registration AS ahead WHERE ahead.session_id = wanted.session_id
                    AND ahead.state = 'waiting' AND (unused IS NULL OR ahead.seats <= unused)
            ) AS fits
    FROM wanted JOIN seats USING (session_id)
    LEFT JOIN holder ON holder.id = wanted.account_id WHERE rules_stand AND (alone OR NOT aided)
),
granted AS MATERIALIZED (
    SELECT winning.id, credit_id FROM (
        SELECT *, coalesce(organisation_id, account_id) AS holder_id FROM judged
        WHERE draws AND open AND fits AND NOT again ORDER BY holder_id, turn
    ) AS winning CROSS JOIN LATERAL ({_GRANTED}) AS found
),
placed AS MATERIALIZED (
    SELECT judged.*, granted.credit_id FROM judged LEFT JOIN granted USING (id)
    WHERE open AND fits AND NOT again AND (NOT draws OR granted.credit_id IS NOT NULL)
),
taken AS (
    UPDATE session_seats SET taken = session_seats.taken + sums.seats
    FROM (SELECT session_id, sum(seats)::int AS seats FROM placed GROUP BY 1) AS sums
    WHERE session_seats.session_id = sums.session_id RETURNING 1
),
spent AS ({drawn_for("SELECT credit_id, seats FROM placed WHERE credit_id IS NOT NULL", after="taken")}),
made AS (
    INSERT INTO registration (id, session_id, account_id, organisation_id, name, email, locale, gmina_id, state, seats,
        priority, offered_until, credit_id, told, terms_accepted_at, created_at, changed_at, version)
    SELECT id, session_id, account_id, organisation_id, name, address, locale, gmina_id, state, seats, priority,
        offered_until, credit_id, -1, now, now, now, 1
    FROM placed, (SELECT count(*) FROM spent) AS after_the_credits
    RETURNING id
),
given AS (
    INSERT INTO ticket (id, registration_id, session_id, name, email, stall_id, live, code, evidence)
    SELECT ticket_id, placed.id, placed.session_id, given.name, given.email, stall_id, true, code, ''
    FROM unnest({_arrays(TICKET, _T)}) AS given ({", ".join(TICKET)})
    JOIN placed USING (turn) JOIN made ON made.id = placed.id
),
answered AS (
    INSERT INTO registration_answer (registration_id, question_id, value)
    SELECT placed.id, question_id, value FROM unnest({_arrays(ANSWER, _A)}) AS said ({", ".join(ANSWER)})
    JOIN placed USING (turn) JOIN made ON made.id = placed.id
),
noted AS (
    INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
    SELECT now, actor_id, verb, 'registration', id, credit_gmina, after::jsonb FROM placed JOIN made USING (id)
),
{moving(_MOVED, after="made")}
SELECT made.id IS NOT NULL AS made, wanted.rules_stand, coalesce(judged.open, true) AS open,
    coalesce(judged.again, false) AS again, coalesce(judged.fits, false) AS fits, placed.credit_id, judged.address, wanted.aided
FROM wanted LEFT JOIN judged USING (id) LEFT JOIN placed USING (id) LEFT JOIN made USING (id) ORDER BY wanted.turn
"""


def parameters_of(placings: Sequence[Placing]) -> list[Sequence[object]]:
    """What the statement is given: an array for each column, then those of tickets, answers and versions."""
    rows, tickets, answers, keys = [], [], [], []
    for turn, one in enumerate(placings, 1):
        rows.append(_row(one))
        tickets += [
            (turn, ticket.id, ticket.name, ticket.email, ticket.stall_id, ticket.code)
            for ticket in one.registration.tickets
        ]
        asked = {question.id for question in one.session.questions}
        answers += [(turn, key, value) for key, value in one.answers.items() if key in asked and value]
        registration = one.registration
        keys += [(turn, key) for key in (registration.account_id, registration.organisation_id) if key is not None]
    return [
        *_turned(rows, len(COLUMNS)),
        *_turned(tickets, len(TICKET)),
        *_turned(answers, len(ANSWER)),
        *_turned(keys, len(KEY)),
    ]


def _row(one: Placing) -> tuple[object, ...]:
    """The values of COLUMNS."""
    made, holder, session = one.registration, one.holder, one.session
    after = {"state": made.state, "seats": made.seats, "session_id": str(session.id)}
    return (
        made.id,
        session.id,
        session.version,
        made.account_id,
        made.organisation_id,
        holder.standing if holder else None,
        holder.token_hash if holder else None,
        made.name,
        made.email or None,
        made.locale,
        made.gmina_id,
        made.state,
        made.seats,
        made.priority,
        made.offered_until,
        session.draws_seats,
        session.facts.gmina_id,
        session.period.start,
        session.period.end,
        made.account_id,
        "offer_seats" if made.state == State.OFFERED else "register",
        msgspec.json.encode(after).decode(),
        one.now,
        session.facts.kind == TRAINING,
        one.alone,
    )


def _turned(rows: Sequence[Sequence[object]], width: int) -> list[Sequence[object]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width
