"""Hand a mail over to the SMTP server: read the row, call the server outside of any transaction,
note what came of it. A crash between the last two sends the mail twice, with one Message-ID."""

import logging
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import UUID

import aiosmtplib
import asyncpg

from incubator.db.engine import Database, statement
from incubator.mail.enclose import enclose
from incubator.mail.reply_to import ReplyTo
from incubator.mail.smtp import smtp

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail may be tried again. It says what kind of error it was and not what the server said: the
    queue keeps it, and servers quote addresses."""


TRIES = 9

TO_SEND = "SELECT id, recipient, subject, text, invitations, created_at FROM mail WHERE id = $1 AND state IN ('waiting', 'failed')"
# A sent mail keeps no text: it may hold a link that signs in, and those are stored hashed only.
SENT = "UPDATE mail SET state = 'sent', sent_at = $2, tries = tries + 1, error = '', text = '', invitations = '{}' WHERE id = $1"
KEPT = "UPDATE mail SET state = 'kept' WHERE id = $1"
NOT_SENT = """
UPDATE mail SET tries = tries + 1, error = $2, state = CASE WHEN $3 OR tries + 1 >= $4 THEN 'failed' ELSE 'waiting' END
WHERE id = $1
"""


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends through the server at `smtp_url` as `sender`. Without a server mails stay in the database, kept. Invitations
    are answered to `reply_to`, where answers are read."""

    smtp_url: str
    sender: str
    reply_to: ReplyTo | None = None

    async def send(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        """Send the mail `subject_id`, unless that was done before. Raises NotSent when it may be tried
        again."""
        async with statement(db) as tx:
            row = await tx.fetchrow(TO_SEND, subject_id)
        if row is None:
            return
        if not self.smtp_url:
            await _note(db, KEPT, subject_id)
            return
        try:
            async with smtp(self.smtp_url) as server:
                await server.send_message(letter(row, sender=self.sender, reply_to=self.reply_to))
        except (aiosmtplib.SMTPException, OSError) as error:
            final = _is_final(error)
            await _note(db, NOT_SENT, subject_id, _short(error), final, TRIES)
            log.warning("mail not sent", extra={"mail": str(subject_id), "reason": _short(error), "final": final})
            if not final:
                raise NotSent(_short(error)) from None
        else:
            await _note(db, SENT, subject_id, now)


def letter(row: asyncpg.Record, *, sender: str, reply_to: ReplyTo | None = None) -> EmailMessage:
    """The mail as it travels. Its Message-ID is its row's, so that a second copy can be told as one."""
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = row["recipient"]
    message["Subject"] = row["subject"]
    message["Date"] = format_datetime(row["created_at"])
    message["Message-ID"] = f"<{row['id']}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row["text"])
    enclose(message, row["invitations"], organizer=address, reply_to=reply_to)
    return message


def _is_final(error: Exception) -> bool:
    """5xx: the server will say the same tomorrow."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused.code >= 500 for refused in error.recipients)
    return isinstance(error, aiosmtplib.SMTPResponseException) and error.code >= 500


def _short(error: Exception) -> str:
    """The kind of error and its code; the server's words may quote the address."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return f"{type(error).__name__} {error.recipients[0].code}"
    return f"{type(error).__name__} {getattr(error, 'code', '')}".strip()


async def _note(db: Database, statement_: str, *values: object) -> None:
    async with statement(db) as tx:
        await tx.execute(statement_, *values)
