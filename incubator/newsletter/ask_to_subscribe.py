"""Ask for the newsletter: a mail goes out with a link that confirms.

Whether the address gets it already changes nothing of the answer, and a mail goes out either way: to a
reader, one that leads to what they chose.
"""

from datetime import datetime, timedelta

from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import digest, new_secret
from incubator.mail.post import post
from incubator.newsletter.consent import NOW_ASKED
from incubator.newsletter.details import Choice
from incubator.newsletter.links import manage_path
from incubator.newsletter.rules import LINK_LIVES
from incubator.newsletter.subscriptions import clean_choice, tell
from incubator.people import rules as people_rules
from incubator.people.attempts import Limit, count_attempts
from incubator.web.letters import letter

ASKS_BY_ADDRESS = Limit("newsletter:address", 5, timedelta(hours=1))
ASKS_FROM_CLIENT = Limit("newsletter:client", 30, timedelta(hours=1))
"""As for links that sign in."""


class NoConsent(Invalid):
    """Without it there is no newsletter."""

    code = "no_consent"
    sentence = N_("Please agree to the words about the newsletter: without that we may not write to you.")


# Whoever asks again before confirming gets a new link, and the choice is the later one; a reader's is not touched.
ASKED = """
INSERT INTO newsletter_subscription AS own
    (email, locale, gmina_ids, interests, state, words, how, asked_at, confirm_hash, bounces, version)
VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8, 0, 1)
ON CONFLICT (lower(email)) WHERE state IN ('pending', 'confirmed') DO UPDATE
SET locale = excluded.locale, gmina_ids = excluded.gmina_ids, interests = excluded.interests, words = excluded.words,
    how = excluded.how, asked_at = excluded.asked_at, confirm_hash = excluded.confirm_hash, version = own.version + 1
WHERE own.state = 'pending'
RETURNING id
"""
READER = "SELECT id, locale FROM newsletter_subscription WHERE lower(email) = $1 AND state = 'confirmed'"


async def ask_at_the_door(
    db: Database, *, email: str, choice: Choice, consent: bool, how: str, client: str, now: datetime
) -> None:
    """For somebody who comes from `client`, so often at most. Raises TooOften and what `ask_to_subscribe` does."""
    address = people_rules.email_address(email)
    if not consent:
        raise NoConsent()
    async with transaction(db) as tx:
        await count_attempts(tx, (ASKS_BY_ADDRESS, address), (ASKS_FROM_CLIENT, client), now=now)
    await attempt(db, lambda tx: ask_to_subscribe(tx, email=address, choice=choice, consent=consent, how=how, now=now))


async def ask_to_subscribe(tx: Tx, *, email: str, choice: Choice, consent: bool, how: str, now: datetime) -> None:
    """Keep who asks as pending and post the link, which lives a week. `how`: "page" or "api". Raises NoConsent,
    BadEmail, NoSuchGmina."""
    if not consent:
        raise NoConsent()
    email, secret = people_rules.email_address(email), new_secret()
    locale, gminas, interests = await clean_choice(tx, choice)
    key = await tx.fetchval(ASKED, email, locale, gminas, interests, NOW_ASKED, how, now, digest(secret))
    if key is None:
        await _remind(tx, email, now)
        return
    await tell(tx, key, "ask_to_subscribe", now)
    told = letter(
        "newsletter/mail/confirm.txt",
        locale,
        path=f"/newsletter/confirm/{secret}",
        days=LINK_LIVES.days,
        words=NOW_ASKED,
    )
    await post(tx, to=email, subject=told.subject, text=told.text, now=now)


async def _remind(tx: Tx, email: str, now: datetime) -> None:
    row = await tx.fetchrow(READER, email)
    if row is not None:  # else they left between the two statements; who asks again is asked again
        told = letter("newsletter/mail/reader.txt", row["locale"], path=manage_path(row["id"]))
        await post(tx, to=email, subject=told.subject, text=told.text, now=now)
