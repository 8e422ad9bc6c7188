"""What tests of registrations share: sessions with rules, and the shortest way to register."""

import re
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.registrations.join_line import join_line
from incubator.registrations.order import Guest, RegistrationOrder
from incubator.registrations.register import register
from incubator.registrations.register_by_mail import register_by_mail
from incubator.registrations.views import RegistrationView
from tests.cast import Person, acting
from tests.moments import NOW

STALL = "INSERT INTO session_stall (id, session_id, number, about_pl, about_en) VALUES ($1, $2, $3, '', '')"
QUESTION = """
INSERT INTO session_question (id, session_id, position, kind, text_pl, text_en, choices_pl, choices_en, required)
SELECT $1, $2, count(*), $3, $4, '', $5, '{}', $6 FROM session_question WHERE session_id = $2
"""
# What must hold whatever happened: seats are counted as they are had, and tickets live with them.
TRUE = """
SELECT seats.taken = coalesce((
        SELECT sum(seats) FROM registration
        WHERE session_id = seats.session_id AND state IN ('offered', 'registered') AND NOT walk_in
    ), 0)
    AND NOT EXISTS (
        SELECT FROM registration WHERE session_id = seats.session_id
            AND (SELECT count(*) FILTER (WHERE live) FROM ticket WHERE registration_id = registration.id)
                <> CASE WHEN registration.state IN ('offered', 'registered') THEN seats ELSE 0 END
    )
FROM session_seats AS seats WHERE session_id = $1
"""


async def put_stall(db: Database, session_id: UUID, number: str) -> UUID:
    key = uuid7()
    async with statement(db) as tx:
        await tx.execute(STALL, key, session_id, number)
    return key


async def put_question(
    db: Database, session_id: UUID, *, kind: str = "text", choices: tuple[str, ...] = (), required: bool = True
) -> UUID:
    key = uuid7()
    async with statement(db) as tx:
        await tx.execute(QUESTION, key, session_id, kind, "Dieta?", list(choices), required)
        await tx.execute("UPDATE session SET version = version + 1 WHERE id = $1", session_id)
    return key


def order(session_id: UUID, **given: object) -> RegistrationOrder:
    return RegistrationOrder(session_id=session_id, **{"terms_accepted": True, **given})  # type: ignore[arg-type]


def guests(*names: str) -> tuple[Guest, ...]:
    return tuple(Guest(name=name) for name in names)


async def go(db: Database, who: Person, session_id: UUID, *, now: datetime = NOW, **given: object) -> RegistrationView:
    """`who` registers."""
    actor = await acting(db, who)
    return await attempt(db, lambda tx: register(tx, actor=actor, order=order(session_id, **given), now=now), bare=True)


async def wait(
    db: Database, who: Person, session_id: UUID, *, now: datetime = NOW, **given: object
) -> RegistrationView:
    """`who` joins the waiting list."""
    actor = await acting(db, who)
    return await attempt(db, lambda tx: join_line(tx, actor=actor, order=order(session_id, **given), now=now))


async def by_mail(
    db: Database,
    email: str,
    session_id: UUID,
    *,
    waiting: bool = False,
    client: str = "",
    now: datetime = NOW,
    **given: object,
) -> None:
    """Somebody without an account."""
    wish = order(session_id, name="Jan Nowak", email=email, **given)
    await register_by_mail(db, order=wish, waiting=waiting, client=client or email, now=now)


async def holds_true(db: Database, session_id: UUID) -> bool:
    async with statement(db) as tx:
        return bool(await tx.fetchval(TRUE, session_id))


async def states(db: Database, session_id: UUID) -> list[str]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT state FROM registration WHERE session_id = $1 ORDER BY id", session_id)
    return [row["state"] for row in rows]


async def taken(db: Database, session_id: UUID) -> int:
    async with statement(db) as tx:
        return int(await tx.fetchval("SELECT taken FROM session_seats WHERE session_id = $1", session_id))


async def mails(db: Database, to: str = "") -> list[str]:
    async with statement(db) as tx:
        rows = await tx.fetch(
            "SELECT subject || E'\\n' || text AS told FROM mail WHERE $1 IN ('', recipient) ORDER BY created_at, id", to
        )
    return [row["told"] for row in rows]


def link_in(mail: str) -> tuple[UUID, str]:
    """The registration and the seal of the link in a mail."""
    found = re.search(r"/registrations/([0-9a-f-]{36})/by/(\S+)", mail)
    assert found, mail
    return UUID(found[1]), found[2]


async def crowd(db: Database, many: int) -> list[Person]:
    """Many people with accounts."""
    from tests.cast import person

    async with transaction(db) as tx:
        return [await person(tx, f"guest{n}") for n in range(many)]
