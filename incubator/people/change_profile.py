"""Change one's name, language and home gmina."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Session, raw
from incubator.db.history import record
from incubator.db.versions import NAMES, bump
from incubator.kernel.errors import N_, Invalid
from incubator.people import rules
from incubator.people.actor import Actor
from incubator.people.details import must_know_gmina
from incubator.people.guards import SignInFirst
from incubator.people.queries import account_of
from incubator.people.tables import Account
from incubator.people.views import AccountView
from incubator.web.i18n import LOCALES


class UnknownLanguage(Invalid):
    code = "unknown_language"
    sentence = N_("Please choose Polish or English.")


async def change_profile(
    opened: Session, *, actor: Actor, name: str, locale: str, gmina_id: UUID | None, now: datetime
) -> AccountView:
    """The asker's own. Raises NameMissing, UnknownLanguage, UnknownGmina, SignInFirst."""
    tx = await raw(opened)
    if locale not in LOCALES:
        raise UnknownLanguage()
    if gmina_id is not None:
        await must_know_gmina(tx, gmina_id)
    account = await opened.get_one(Account, actor.account_id, with_for_update=True)
    if account.erased_at is not None:  # since the asker was read
        raise SignInFirst()
    renamed = account.name != rules.name(name)
    account.name, account.locale, account.gmina_id = rules.name(name), locale, gmina_id
    account.version += 1
    await opened.flush()
    key = actor.account_id
    await record(tx, now=now, actor_id=key, verb="change_profile", subject_kind="account", subject_id=key)
    await bump(tx, [key, NAMES if renamed else None])
    return await account_of(tx, actor=actor)
