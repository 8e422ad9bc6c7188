"""Write to somebody that they were given a role, or that it was taken back."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.web.letters import letter

TO = """
SELECT email, account.locale, gmina.name AS gmina FROM account LEFT JOIN gmina ON gmina.id = $2
WHERE account.id = $1 AND erased_at IS NULL
"""
PAGES = {"coordinator": "/desk", "mentor": "/mentor", "office": "/office", "administrator": "/admin/people"}
"""Where what a role is for begins."""


async def tell_role(tx: Tx, *, account_id: UUID, role: str, gmina_id: UUID | None, given: bool, now: datetime) -> None:
    """In the transaction that gave it, or took it back; who was erased is written to no more."""
    to = await tx.fetchrow(TO, account_id, gmina_id)
    if to is None:
        return
    told = letter(
        "people/role_letter.txt", to["locale"], role=role, gmina=to["gmina"], given=given, page=PAGES.get(role, "/me")
    )
    await post(tx, to=to["email"], subject=told.subject, text=told.text, now=now)
