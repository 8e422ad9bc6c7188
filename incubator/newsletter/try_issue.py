"""Send an issue to oneself, as readers will get it, in both languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from incubator.db.engine import Database, Tx, transaction
from incubator.jobs.enqueue import enqueue
from incubator.kernel.errors import N_
from incubator.mail.post import post
from incubator.newsletter.compose import letters_of
from incubator.newsletter.issues import BRIEF, issue_to_run
from incubator.newsletter.mailing import as_text, copy_for, personal_to_author, sheet
from incubator.newsletter.parts import parts_of
from incubator.newsletter.schedule_issue import NothingToSend
from incubator.newsletter.smtp import Line, NoLine
from incubator.newsletter.states import Copy
from incubator.newsletter.views import IssueBrief, LetterView
from incubator.people.actor import Actor
from incubator.people.attempts import Limit
from incubator.people.telling import tell
from incubator.web.i18n import translator
from incubator.web.letters import stationery

JOB = "try_newsletter"
TRIALS_BY_ACCOUNT = Limit("newsletter:trial", 20, timedelta(hours=1))
"""Counted by the edges, in a transaction of its own."""

TRIAL = "INSERT INTO newsletter_trial (issue_id, account_id, asked_at) VALUES ($1, $2, $3) RETURNING id"
TO_SEND = """
SELECT trial.issue_id, account.email FROM newsletter_trial AS trial JOIN account ON account.id = account_id
WHERE trial.id = $1 AND account.email IS NOT NULL
"""
DONE = "DELETE FROM newsletter_trial WHERE id = $1"


class TrialNotSent(Exception):
    """It may be tried again."""


async def try_issue(tx: Tx, *, actor: Actor, issue_id: UUID, now: datetime) -> None:
    """Whatever its state. Raises NoSuchIssue, NotYours, NothingToSend."""
    view = await issue_to_run(tx, actor=actor, issue_id=issue_id)
    if all(part.gone for part in view.parts):
        raise NothingToSend()
    key = await tx.fetchval(TRIAL, issue_id, actor.account_id, now)
    await enqueue(tx, job=JOB, subject_id=key)
    await tell(tx, actor, now, "try_issue", of=("newsletter_issue", issue_id), gmina_id=view.issue.gmina_id)


@dataclass(frozen=True, slots=True)
class Trial:
    """The job: the same mail as readers get, but that it leads to no subscription. Without a server it goes to the
    post as text."""

    smtp_url: str
    sender: str

    async def send(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """Raises TrialNotSent."""
        async with transaction(db) as tx:
            row = await tx.fetchrow(TO_SEND, subject_id)
            if row is None:
                return
            [about] = await tx.fetch(f"{BRIEF} WHERE issue.id = $1", row["issue_id"])
            brief = IssueBrief(**about)
            letters = await letters_of(tx, issue=brief, parts=await parts_of(tx, issue_id=brief.id))
            letters = [_marked(each) for each in letters]
            if not self.smtp_url:
                await self._post(tx, row["email"], letters, now)
        if self.smtp_url:
            await self._hand_over(row["email"], letters, brief.gmina_name, now)
        async with transaction(db) as tx:
            await tx.execute(DONE, subject_id)

    async def _post(self, tx: Tx, email: str, letters: list[LetterView], now: datetime) -> None:
        manage = f"{stationery().globals['address']}/newsletter"
        for told in letters:
            await post(tx, to=email, subject=told.subject, text=as_text(told, manage=manage, archive=""), now=now)

    async def _hand_over(self, email: str, letters: list[LetterView], gmina_name: str | None, now: datetime) -> None:
        line = Line(self.smtp_url, self.sender)
        try:
            for told in letters:
                await line.open()
                made = sheet(told, gmina_name=gmina_name, sender=self.sender, archive="", now=now)
                outcome = await line.hand_over(email, copy_for(made, personal_to_author(email)))
                if outcome.state == Copy.WAITING:
                    raise TrialNotSent(outcome.error)
        except NoLine as error:
            raise TrialNotSent(str(error)) from None
        finally:
            await line.end()


def _marked(told: LetterView) -> LetterView:
    subject = translator(told.locale).gettext(N_("Test: {subject}")).format(subject=told.subject)
    return msgspec.structs.replace(told, subject=subject)
