"""End the applications of a person, or an organisation, that leaves the house for good.

Drafts are nobody's business and are deleted. What was handed in and not yet decided is withdrawn. A
private person's application that nobody decided on served nothing, so what they wrote is emptied, with
its files. What was decided stays as it was handed in, under an account without a name: who may have
public money is decided in a contest, and whoever audits it has five years to read what was judged
(GDPR, article 17(3)(b) and (d)); `tidy_applications` deletes it then. Drafts and applications of an
organisation stay the organisation's. An offered place is for the assessment to pass on (forget_offers).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.applications.queries import application_by_id
from incubator.applications.states import RUNNING, State
from incubator.applications.tell import News, tell
from incubator.applications.views import ApplicationView
from incubator.applications.withdraw import take_back
from incubator.db.engine import Tx
from incubator.people.actor import Actor

OPEN = sorted(RUNNING - {State.OFFERED})
OWN = "account_id = $1 AND organisation_id IS NULL"
ITS = "organisation_id = $1"
GOING = "SELECT id FROM application WHERE {whose} AND state = ANY($2::text[]) ORDER BY id"
# Never handed in: a draft, or one that was thrown away.
DRAFTS = (
    "DELETE FROM application_file WHERE application_id IN (SELECT id FROM application WHERE {whose} AND number IS NULL)",
    "DELETE FROM application WHERE {whose} AND number IS NULL",
)
UNDECIDED = "SELECT id FROM application WHERE account_id = $1 AND organisation_id IS NULL AND state = 'withdrawn'"
EMPTY = (
    f"DELETE FROM submission WHERE application_id IN ({UNDECIDED})",
    f"DELETE FROM application_file WHERE application_id IN ({UNDECIDED})",
    (
        "UPDATE application SET title = '', answers = '{}', registered_on = NULL, size = NULL, gmina_id = NULL, pkd = NULL"
        f" WHERE id IN ({UNDECIDED})"
    ),
    "UPDATE call_extension SET reason = '' WHERE account_id = $1",
)


async def forget_applicant(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """For the erasure of an account."""
    await _end(tx, whose=OWN, key=actor.account_id, actor=actor, now=now)
    for statement in EMPTY:
        await tx.execute(statement, actor.account_id)


async def wind_up_applications(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """For the end of an organisation; who began what is withdrawn is told, unless they close it themself."""
    for gone in await _end(tx, whose=ITS, key=organisation_id, actor=actor, now=now):
        if gone.account_id in members and gone.account_id != actor.account_id:
            # By now nobody belongs to the organisation: they are told as of one of their own.
            await tell(tx, application=replace(gone, organisation_id=None), what=News.WITHDRAWN, now=now)


async def _end(tx: Tx, *, whose: str, key: UUID, actor: Actor, now: datetime) -> list[ApplicationView]:
    """What was withdrawn."""
    gone: list[ApplicationView] = []
    for row in await tx.fetch(GOING.format(whose=whose), key, OPEN):
        application = await application_by_id(tx, application_id=row["id"], lock=True)
        if application.state in OPEN:  # nobody decided while we waited for its lock
            gone.append(await take_back(tx, application=application, actor_id=actor.account_id, now=now))
    for statement in DRAFTS:
        await tx.execute(statement.format(whose=whose), key)
    return gone
