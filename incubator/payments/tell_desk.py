"""Write to all coordinators of a gmina about its money."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.web.letters import letter

COORDINATORS = """
SELECT DISTINCT email, account.name, locale, gmina.name AS gmina FROM account JOIN role_grant ON account_id = account.id
JOIN gmina ON gmina.id = $1
WHERE role_grant.gmina_id = $1 AND role = 'coordinator' AND email IS NOT NULL ORDER BY email
"""


async def write_to_desk(tx: Tx, what: str, *, gmina_id: UUID, now: datetime, **told: object) -> None:
    """The letter `what`, of which what is `told` is known, and the names of the reader and the gmina."""
    for one in await tx.fetch(COORDINATORS, gmina_id):
        named = {"name": one["name"], "gmina": one["gmina"]}
        made = letter(f"payments/mail/{what}.txt", one["locale"], **named, **told)
        await post(tx, to=one["email"], subject=made.subject, text=made.text, now=now)
