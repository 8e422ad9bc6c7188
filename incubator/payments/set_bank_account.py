"""Say on which account a gmina is paid, from which day on."""

from datetime import date, datetime
from uuid import UUID

import asyncpg
from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.pl import nip as nips

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.payments.tell_desk import write_to_desk
from incubator.payments.views import BankAccountView
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.telling import tell

ADD = """
INSERT INTO bank_account (gmina_id, iban, holder, nip, valid_from, by_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING id, gmina_id, iban, holder, nip, valid_from
"""


class NotAnAccount(Invalid):
    """Not the number of a Polish account: a digit is wrong or missing."""

    code = "iban_wrong"
    sentence = N_("This is no number of a Polish bank account. Please check its 26 digits.")


class NotANip(Invalid):
    """Not a NIP."""

    code = "recipient_nip_wrong"
    sentence = N_("This is no NIP. Please check its 10 digits, or leave it empty.")


class AccountFromTooEarly(Invalid):
    """What was paid until now was paid where it was said."""

    code = "account_from_past"
    sentence = N_("An account counts from today or a later day.")


class AccountSaidAlready(Conflict):
    """Another account counts from that day."""

    code = "account_from_taken"
    sentence = N_("From that day another account counts already. Please give a later day.")


async def set_bank_account(
    tx: Tx, *, actor: Actor, gmina_id: UUID, number: str, holder: str, nip: str, valid_from: date, now: datetime
) -> BankAccountView:
    """For a coordinator of the gmina; all of them are written to, so that nobody changes it unseen. Raises NotYours,
    NotAnAccount, NotANip, AccountFromTooEarly, AccountSaidAlready."""
    must_coordinate(actor, gmina_id)
    if valid_from < now.astimezone(WARSAW).date():
        raise AccountFromTooEarly()
    given = (_iban(number), holder.strip(), _nip(nip), valid_from, actor.account_id, now)
    try:
        async with tx.transaction():
            row = await tx.fetchrow(ADD, gmina_id, *given)
    except asyncpg.UniqueViolationError:
        raise AccountSaidAlready() from None
    assert row is not None
    account = BankAccountView(**row)
    await tell(tx, actor, now, "set_bank_account", of=("bank_account", account.id), gmina_id=gmina_id)
    await write_to_desk(tx, "account", gmina_id=gmina_id, now=now, account=account, who=actor.name)
    return account


def _iban(number: str) -> str:
    plain = "".join(number.split()).replace("-", "").upper()
    try:
        read: str = iban.validate(plain if plain.startswith("PL") else f"PL{plain}")
    except ValidationError:
        raise NotAnAccount() from None
    if len(read) != 28 or not (read[2:].isascii() and read[2:].isdigit()):
        raise NotAnAccount()
    return read


def _nip(text: str) -> str:
    if not text.strip():
        return ""
    try:
        read: str = nips.validate(text)
    except ValidationError:
        raise NotANip() from None
    if len(set(read)) == 1 or not read.isascii():
        raise NotANip()
    return read
