"""Set, change or drop one's password: a matter of the first minutes after signing in, so that an
open browser that somebody else finds is not enough. Handed the database, for hashing takes long."""

from datetime import datetime, timedelta

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.db.history import record
from incubator.kernel.errors import N_, Forbidden
from incubator.mail.post import post
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.passwords import hash_password
from incubator.people.sign_out import sign_out_elsewhere
from incubator.people.standing import must_be_here
from incubator.web.letters import letter

FRESH = timedelta(minutes=15)


class SignInAgain(Forbidden):
    """Signed in too long ago for this."""

    code = "sign_in_again"
    sentence = N_("For your safety: please sign out, sign in again and do this within 15 minutes.")


OPENED = """
SELECT web_session.created_at, account.email FROM web_session JOIN account ON account.id = account_id
WHERE web_session.id = $1 AND account_id = $2
"""
KEEP = "UPDATE account SET password_hash = $2, version = version + 1 WHERE id = $1"


async def set_password(db: Database, *, actor: Actor, password: str, now: datetime) -> None:
    """Keep `password` (an empty one drops it), sign out everywhere else, and say so by mail. Raises
    SignInAgain, WeakPassword, SignInFirst for who was erased meanwhile."""
    async with statement(db) as tx:
        opened = await tx.fetchrow(OPENED, actor.session_id, actor.account_id)
    if opened is None or now - opened["created_at"] > FRESH:
        raise SignInAgain()
    kept = await hash_password(rules.password(password, email=opened["email"])) if password else None
    async with transaction(db) as tx:
        await must_be_here(tx, account_id=actor.account_id)
        await tx.execute(KEEP, actor.account_id, kept)
        await sign_out_elsewhere(tx, actor=actor)
        await _tell(tx, actor=actor, email=opened["email"], dropped=kept is None, now=now)


async def _tell(tx: Tx, *, actor: Actor, email: str, dropped: bool, now: datetime) -> None:
    key = actor.account_id
    verb = "drop_password" if dropped else "set_password"
    await record(tx, now=now, actor_id=key, verb=verb, subject_kind="account", subject_id=key)
    told = letter("people/password_letter.txt", actor.locale, dropped=dropped, now=now)
    await post(tx, to=email, subject=told.subject, text=told.text, now=now)
