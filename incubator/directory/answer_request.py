"""Answer what a company without an account asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from incubator.db.engine import Tx
from incubator.directory.take_out import forget_company
from incubator.directory.tell import gmina_name
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.mail.post import post
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.telling import tell
from incubator.web.letters import letter

Outcome = Literal["done", "refused"]


class NoSuchRequest(NotFound):
    code = "no_such_directory_request"
    sentence = N_("There is no such request.")


class RequestAnswered(Conflict):
    """A colleague was quicker."""

    code = "directory_request_answered"
    sentence = N_("This request is answered already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """`kind` is "correct" or "remove"; the company may be gone."""

    id: UUID
    kind: str
    company: str | None
    slug: str | None
    message: str
    email: str
    made_at: datetime


LOCKED = "SELECT * FROM directory_request WHERE id = $1 FOR UPDATE"
PROFILE = "SELECT id, name, nip, organisation_id FROM directory_profile WHERE id = $1 FOR UPDATE"
CLOSE = "UPDATE directory_request SET closed_at = $2, outcome = $3, answer = $4 WHERE id = $1"
OPEN = """
SELECT request.id, kind, profile.name AS company, profile.slug, message, request.email, made_at
FROM directory_request AS request LEFT JOIN directory_profile AS profile ON profile.id = profile_id
WHERE closed_at IS NULL AND (request.gmina_id = ANY($1::uuid[]) OR $2) ORDER BY made_at, request.id LIMIT 200
"""


async def answer_request(
    tx: Tx, *, actor: Actor, request_id: UUID, outcome: Outcome, answer: str, now: datetime
) -> None:
    """For the gmina's coordinator; who asked is written to. Where it was asked to take the company out and that
    is done, it is. Raises NoSuchRequest, NotYours, RequestAnswered."""
    row = await tx.fetchrow(LOCKED, request_id)
    if row is None:
        raise NoSuchRequest()
    must_coordinate(actor, row["gmina_id"])
    if row["closed_at"] is not None:
        raise RequestAnswered()
    company = await tx.fetchrow(PROFILE, row["profile_id"])
    if company is not None and row["kind"] == "remove" and outcome == "done" and company["organisation_id"] is None:
        await forget_company(tx, profile_id=company["id"], nip=company["nip"], now=now)
    await tx.execute(CLOSE, request_id, now, outcome, answer.strip())
    after = {"outcome": outcome}
    await tell(
        tx, actor, now, "answer_request", of=("directory_request", request_id), gmina_id=row["gmina_id"], after=after
    )
    if row["email"]:
        gmina, name = await gmina_name(tx, row["gmina_id"]), company["name"] if company is not None else ""
        told = letter(
            "directory/mail/request_answered.txt",
            "pl",
            company=name,
            gmina=gmina,
            done=outcome == "done",
            answer=answer,
        )
        await post(tx, to=row["email"], subject=told.subject, text=told.text, now=now)


async def open_requests(tx: Tx, *, actor: Actor) -> list[RequestView]:
    """Of the coordinator's gminas, the oldest first."""
    return [RequestView(**row) for row in await tx.fetch(OPEN, list(actor.coordinates), actor.is_administrator)]
