"""Erase oneself: what is coming is cancelled, what lets in is taken away, what names the person is
emptied. The row stays under its identifier, so that sums of the past stay true."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import NAMES, bump
from incubator.kernel.errors import N_, Invalid
from incubator.mail.forget import forget_mails_to
from incubator.people.actor import Actor
from incubator.people.close_organisation import close_organisation
from incubator.people.elsewhere import Elsewhere
from incubator.people.remove_member import remove_member
from incubator.people.standing import lock_organisation
from incubator.people.withdraw_role import lock_administrators, must_leave_an_administrator
from incubator.web.idempotency import forget_answers_of

ERASED_NAME = "Usunięte konto"
"""What lists show in place of the name; in the language of the house, for it is stored."""


class NotConfirmed(Invalid):
    """Something that cannot be undone, and the address typed is not the account's."""

    code = "not_confirmed"
    sentence = N_("To erase your account, type its e-mail address exactly.")


EMAIL = "SELECT email FROM account WHERE id = $1 FOR UPDATE"
ORGANISATIONS = "SELECT organisation_id FROM membership WHERE account_id = $1 ORDER BY organisation_id"
ALONE = "SELECT count(*) = 1 FROM membership WHERE organisation_id = $1"
DELETE = (
    "DELETE FROM notice_choice WHERE account_id = $1",
    "DELETE FROM role_grant WHERE account_id = $1",
    "DELETE FROM web_session WHERE account_id = $1",
    "DELETE FROM api_token WHERE account_id = $1",
    "DELETE FROM sign_in_link WHERE email = (SELECT account.email FROM account WHERE id = $1)",
    "DELETE FROM invitation WHERE email = (SELECT account.email FROM account WHERE id = $1)",
)
EMPTY = """
UPDATE account SET email = NULL, name = $2, gmina_id = NULL, password_hash = NULL, erased_at = $3, version = version + 1
WHERE id = $1
"""


async def erase_account(tx: Tx, *, actor: Actor, confirmation: str, elsewhere: Elsewhere, now: datetime) -> None:
    """Anonymise the asker for good. `confirmation` is their e-mail, typed once more.

    Organisations that nobody else belongs to are closed. Raises NotConfirmed, LastOwner (others
    belong to an organisation that only the asker owns), LastAdministrator, and what other features
    raise when they end what is coming.
    """
    email = await tx.fetchval(EMAIL, actor.account_id)
    if email is None or confirmation.strip().lower() != email:
        raise NotConfirmed()
    await _leave_administration(tx, actor=actor)
    for _, leave in elsewhere.on_erasure:
        await leave(tx, actor=actor, now=now)
    await _leave_organisations(tx, actor=actor, elsewhere=elsewhere, now=now)
    await forget_mails_to(tx, recipient=email)
    await forget_answers_of(tx, account_id=actor.account_id)
    for statement in DELETE:
        await tx.execute(statement, actor.account_id)
    await tx.execute(EMPTY, actor.account_id, ERASED_NAME, now)
    key = actor.account_id
    await record(tx, now=now, actor_id=key, verb="erase", subject_kind="account", subject_id=key)
    await bump(tx, [key, NAMES])


async def _leave_administration(tx: Tx, *, actor: Actor) -> None:
    if not actor.is_administrator:
        return
    must_leave_an_administrator(await lock_administrators(tx), without=actor.account_id)


async def _leave_organisations(tx: Tx, *, actor: Actor, elsewhere: Elsewhere, now: datetime) -> None:
    for row in await tx.fetch(ORGANISATIONS, actor.account_id):
        key = row["organisation_id"]
        await lock_organisation(tx, organisation_id=key)
        if await tx.fetchval(ALONE, key):
            await close_organisation(tx, actor=actor, organisation_id=key, elsewhere=elsewhere, now=now)
        else:
            await remove_member(tx, actor=actor, organisation_id=key, account_id=actor.account_id, now=now)
