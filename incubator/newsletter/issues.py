"""Issues, narrowed by who asks: a gmina's are its coordinators', those of the metropolis the office's."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.newsletter.counts import counts_of, readers_of
from incubator.newsletter.parts import parts_of
from incubator.newsletter.states import ALLOWED, EDITABLE, State
from incubator.newsletter.views import IssueBrief, IssueView
from incubator.people.actor import Actor
from incubator.programmes.queries import must_run
from incubator.web.etags import must_be_current


class NoSuchIssue(NotFound):
    """None, or none that everybody may read yet."""

    code = "no_such_issue"
    sentence = N_("There is no such issue of the newsletter.")


class IssueNotSo(Conflict):
    """The issue has moved on: what was asked does not fit where it is now."""

    code = "issue_not_so"
    sentence = N_("This cannot be done with the issue any more, or not yet.")

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state


BRIEF = """
SELECT issue.id, issue.gmina_id, gmina.name AS gmina_name, title_pl, title_en, state, send_at, started_at, created_at,
    issue.version
FROM newsletter_issue AS issue LEFT JOIN gmina ON gmina.id = issue.gmina_id
"""
SEGMENT = "SELECT to_gmina_ids, to_interests FROM newsletter_issue WHERE id = $1"
# [$1 administrator, $2 office, $3 gminas that the asker coordinates].
RUN = f"""
{BRIEF} WHERE ($1 OR CASE WHEN issue.gmina_id IS NULL THEN $2 ELSE issue.gmina_id = ANY($3::uuid[]) END)
    AND ($4::timestamptz IS NULL OR (issue.created_at, issue.id) < ($4, $5::uuid))
ORDER BY issue.created_at DESC, issue.id DESC LIMIT $6
"""


async def issues_run(
    tx: Tx, *, actor: Actor, after: tuple[datetime, UUID] | None = None, limit: int = 100
) -> list[IssueBrief]:
    """Those that the person writes, the newest first."""
    told = (actor.is_administrator, actor.is_office, list(actor.coordinates))
    return [IssueBrief(**row) for row in await tx.fetch(RUN, *told, *(after or (None, None)), limit)]


async def issue_to_run(tx: Tx, *, actor: Actor, issue_id: UUID) -> IssueView:
    """With its parts and counts. Raises NoSuchIssue, NotYours."""
    brief = await _brief(tx, issue_id)
    must_run(actor, brief.gmina_id)
    [segment] = await tx.fetch(SEGMENT, issue_id)
    gminas, interests = segment["to_gmina_ids"], segment["to_interests"]
    return IssueView(
        issue=brief,
        to_gmina_ids=gminas,
        to_interests=interests,
        parts=await parts_of(tx, issue_id=issue_id),
        counts=await counts_of(tx, issue_id=issue_id),
        readers=await readers_of(tx, gminas=gminas, interests=interests),
    )


async def issue_to_change(
    tx: Tx, *, actor: Actor, issue_id: UUID, seen: int | None = None, to: State | None = None
) -> IssueBrief:
    """Locked; to be written on or, where it is said, moved to the state `to`. Raises NoSuchIssue, NotYours,
    ChangedMeanwhile, IssueNotSo."""
    brief = await _brief(tx, issue_id, lock=True)
    must_run(actor, brief.gmina_id)
    must_be_current(brief.version, seen)
    state = State(brief.state)
    if state not in EDITABLE if to is None else to not in ALLOWED[state]:
        raise IssueNotSo(state)
    return brief


async def _brief(tx: Tx, issue_id: UUID, *, lock: bool = False) -> IssueBrief:
    row = await tx.fetchrow(f"{BRIEF} WHERE issue.id = $1 {'FOR NO KEY UPDATE OF issue' if lock else ''}", issue_id)
    if row is None:
        raise NoSuchIssue()
    return IssueBrief(**row)
