"""Let an issue go out at a time; until then it can be withdrawn."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.newsletter.details import Sending, moment_of
from incubator.newsletter.issues import issue_to_change, issue_to_run
from incubator.newsletter.parts import parts_of
from incubator.newsletter.states import State
from incubator.newsletter.views import IssueView
from incubator.people.actor import Actor
from incubator.people.telling import tell

FARTHEST = timedelta(days=366)


class NothingToSend(Conflict):
    """An issue without a part that readers could read."""

    code = "nothing_to_send"
    sentence = N_("There is nothing in this issue yet that readers could read. Add a text, a session or a call first.")


class NotThen(Invalid):
    """A time that has passed, or is more than a year away."""

    code = "not_then"
    sentence = N_("Choose a time that is still to come, within a year.")


SCHEDULE = "UPDATE newsletter_issue SET state = 'scheduled', send_at = $2, version = version + 1 WHERE id = $1"


async def schedule_issue(
    tx: Tx, *, actor: Actor, issue_id: UUID, sending: Sending, now: datetime, seen: int | None = None
) -> IssueView:
    """Raises NoSuchIssue, NotYours, ChangedMeanwhile, IssueNotSo, NothingToSend, NotThen."""
    brief = await issue_to_change(tx, actor=actor, issue_id=issue_id, seen=seen, to=State.SCHEDULED)
    send_at = moment_of(sending, now)
    if not now <= send_at <= now + FARTHEST:
        raise NotThen()
    if all(part.gone for part in await parts_of(tx, issue_id=issue_id)):
        raise NothingToSend()
    await tx.execute(SCHEDULE, issue_id, send_at)
    of = ("newsletter_issue", issue_id)
    await tell(tx, actor, now, "schedule_issue", of=of, gmina_id=brief.gmina_id, after={"send_at": send_at})
    return await issue_to_run(tx, actor=actor, issue_id=issue_id)
