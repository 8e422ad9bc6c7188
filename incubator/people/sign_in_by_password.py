"""Sign in with e-mail and password.

Unlike other verbs it is handed the database: checking takes long, and happens between two
transactions, not inside one.
"""

from datetime import datetime

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.errors import N_, NotSignedIn
from incubator.people import rules
from incubator.people.attempts import PASSWORDS_FROM_CLIENT, PASSWORDS_OF_ADDRESS, count_attempts
from incubator.people.open_session import SignedIn, open_session
from incubator.people.passwords import is_password


class WrongPassword(NotSignedIn):
    """No such account, no password set, or another password: all one answer."""

    code = "wrong_password"
    sentence = N_("E-mail and password do not fit together. You can always ask for a link instead.")


KEPT = "SELECT id, password_hash FROM account WHERE email = $1"
# A password set in the meantime ended all other sessions: this one must not come after. The lock makes
# who sets it wait, and then end it too.
STILL = "SELECT FROM account WHERE id = $1 AND password_hash = $2 FOR SHARE"


async def sign_in_by_password(
    db: Database, *, email: str, password: str, next_path: str, client: str, user_agent: str, now: datetime
) -> SignedIn:
    """A new session for who knows the password. Raises BadEmail, TooOften, WrongPassword."""
    email = rules.email_address(email)
    async with transaction(db) as tx:
        await count_attempts(tx, (PASSWORDS_OF_ADDRESS, email), (PASSWORDS_FROM_CLIENT, client), now=now)
    async with statement(db) as tx:
        row = await tx.fetchrow(KEPT, email)
    right = await is_password(row["password_hash"] if row else None, password[: rules.LONGEST_PASSWORD + 1])
    if row is None or not right:
        raise WrongPassword()
    async with transaction(db) as tx:
        if await tx.fetchrow(STILL, row["id"], row["password_hash"]) is None:
            raise WrongPassword()
        secret = await open_session(tx, account_id=row["id"], user_agent=user_agent, now=now)
    return SignedIn(row["id"], secret, rules.next_path(next_path))
