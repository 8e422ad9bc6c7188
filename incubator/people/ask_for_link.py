"""Mail a link that signs in.

Whether the address has an account changes nothing here: the same row, the same mail, the same
answer. An address without one gets it when the link is used, so this is how people join, too.
"""

from datetime import datetime, timedelta

from incubator.db.engine import Tx
from incubator.kernel.ids import digest, new_secret
from incubator.mail.post import post
from incubator.people import rules
from incubator.web.letters import letter

LINK_LIVES = timedelta(minutes=20)

LINK = """
INSERT INTO sign_in_link (token_hash, email, next_path, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
"""
LOCALE = "SELECT locale FROM account WHERE email = $1"


async def ask_for_link(tx: Tx, *, email: str, next_path: str, locale: str, address: str, now: datetime) -> None:
    """Post a link to `email` that lives 20 minutes and leads on to `next_path`.

    `locale` is the page's, for those whose own choice is not known; `address` is the house's public
    one. Raises BadEmail.
    """
    email, secret = rules.email_address(email), new_secret()
    await tx.execute(LINK, digest(secret), email, rules.next_path(next_path), now, now + LINK_LIVES)
    chosen: str = await tx.fetchval(LOCALE, email) or locale
    told = letter(
        "people/sign_in_letter.txt",
        chosen,
        link=f"{address}/sign-in/{secret}",
        minutes=int(LINK_LIVES.total_seconds() // 60),
    )
    await post(tx, to=email, subject=told.subject, text=told.text, now=now)
