"""Write to those who run a session, or asked for a topic, what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.views import SessionView
from incubator.mail.post import post
from incubator.people.addressee import Addressee
from incubator.web.letters import letter

# The coordinators of the gmina; of the metropolis, the office.
RUNNERS = """
SELECT DISTINCT account.id, email, account.name, locale FROM role_grant JOIN account ON account.id = account_id
WHERE email IS NOT NULL AND CASE WHEN $1::uuid IS NULL THEN role = 'office' ELSE role = 'coordinator'
    AND role_grant.gmina_id = $1 END
ORDER BY account.id
"""


async def runners_of(tx: Tx, *, gmina_id: UUID | None) -> list[Addressee]:
    """Who answers for what this gmina, or the office, does."""
    return [Addressee(row["email"], row["name"], row["locale"]) for row in await tx.fetch(RUNNERS, gmina_id)]


async def tell_runners(tx: Tx, *, session: SessionView, what: str, now: datetime, **view: Any) -> None:
    """Post `templates/mail/{what}.txt` to who runs the session."""
    for to in await runners_of(tx, gmina_id=session.gmina_id):
        title = (to.locale == "en" and session.title_en) or session.title_pl
        await write(tx, to=to, what=what, now=now, session=session, title=title, **view)


async def write(tx: Tx, *, to: Addressee, what: str, now: datetime, **view: Any) -> None:
    """Post one mail."""
    told = letter(f"exchanges/mail/{what}.txt", to.locale, name=to.name, english=to.locale == "en", **view)
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)
