"""Names and addresses of those without an account are not kept for ever; neither is what they answered. Rows stay, so
that counts do."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx

_keep = [timedelta(days=90)]


def keep_registrations(days: int) -> None:
    """Say once, when the process starts, for how many days after a session they are kept."""
    _keep[0] = timedelta(days=days)


OVER = "session_id IN (SELECT id FROM session WHERE upper(period) < $1)"
# Who has an account keeps their own registration; those whom they brought along are forgotten all the same.
FORGET = (
    f"""UPDATE ticket SET name = '', email = '' FROM registration
    WHERE registration.id = registration_id AND ticket.{OVER} AND (ticket.name <> '' OR ticket.email <> '')
        AND (account_id IS NULL OR ticket.name <> registration.name)""",
    f"""DELETE FROM registration_answer USING registration
    WHERE registration.id = registration_id AND registration.{OVER}""",
    f"""UPDATE registration SET name = '', email = ''
    WHERE {OVER} AND account_id IS NULL AND (name <> '' OR email <> '')""",
    # A name in the file of a certificate stays as long as the certificate can be checked.
)


async def forget_registrations(tx: Tx, *, now: datetime) -> None:
    """Some days after each session (setting REGISTRATION_DAYS)."""
    for statement in FORGET:
        await tx.execute(statement, now - _keep[0])
