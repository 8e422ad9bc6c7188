"""Put an issue together: all of its parts anew, in their order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.newsletter.details import MOST_PARTS, Part
from incubator.newsletter.issues import issue_to_change, issue_to_run
from incubator.newsletter.parts import parts_of
from incubator.newsletter.things import calls_told, sessions_told
from incubator.newsletter.views import IssueView, PartView
from incubator.people.actor import Actor
from incubator.people.telling import tell


class NotOnePart(Invalid):
    """None of the three, or several."""

    code = "not_one_part"
    sentence = N_("A part of an issue is a text (in Polish at least), a session or a call: one of the three.")


class TooManyParts(Invalid):
    """More than anybody reads."""

    code = "too_many_parts"
    sentence = N_("An issue has {most} parts at most.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST_PARTS


class PartNotPublic(Invalid):
    """A session or call that readers could not open."""

    code = "part_not_public"
    sentence = N_("This session or call is not public, so readers could not open it.")


DELETE = "DELETE FROM newsletter_part WHERE issue_id = $1"
INSERT = """
INSERT INTO newsletter_part (issue_id, position, text_pl, text_en, session_id, edition_id) VALUES ($1, $2, $3, $4, $5, $6)
"""
COUNT_ON = "UPDATE newsletter_issue SET version = version + 1 WHERE id = $1"


async def set_parts(
    tx: Tx, *, actor: Actor, issue_id: UUID, parts: Sequence[Part], now: datetime, seen: int | None = None
) -> IssueView:
    """While it is a draft or withdrawn. What stands there already may stay, also when it is public no more: it is
    left out when the issue goes. Raises NoSuchIssue, NotYours, ChangedMeanwhile, IssueNotSo, TooManyParts,
    NotOnePart, PartNotPublic."""
    brief = await issue_to_change(tx, actor=actor, issue_id=issue_id, seen=seen)
    stood = await parts_of(tx, issue_id=issue_id)
    if len(parts) > max(MOST_PARTS, len(stood)):  # one that is too long already may be made shorter
        raise TooManyParts()
    for part in parts:
        if [bool(part.text_pl.strip()), part.session_id is not None, part.edition_id is not None].count(True) != 1:
            raise NotOnePart()
        if part.text_en.strip() and not part.text_pl.strip():
            raise NotOnePart()
    await _must_be_public(tx, stood, parts)
    await tx.execute(DELETE, issue_id)
    rows = [
        (issue_id, at, p.text_pl.strip(), p.text_en.strip(), p.session_id, p.edition_id) for at, p in enumerate(parts)
    ]
    await tx.executemany(INSERT, rows)
    await tx.execute(COUNT_ON, issue_id)
    await tell(tx, actor, now, "set_parts", of=("newsletter_issue", issue_id), gmina_id=brief.gmina_id, after=len(rows))
    return await issue_to_run(tx, actor=actor, issue_id=issue_id)


async def _must_be_public(tx: Tx, stood: Sequence[PartView], parts: Sequence[Part]) -> None:
    sessions = {part.session_id for part in parts} - {part.session_id for part in stood} - {None}
    editions = {part.edition_id for part in parts} - {part.edition_id for part in stood} - {None}
    public = {
        *await sessions_told(tx, [one for one in sessions if one]),
        *await calls_told(tx, [e for e in editions if e]),
    }
    if not (sessions | editions) <= public:
        raise PartNotPublic()
