"""The people of the large house. Their API tokens can be worked out, so that a benchmark need not be
told 2,000 secrets; never on a real server."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Session
from incubator.demo.numbers import made_up_nip
from incubator.kernel.ids import digest, uuid7
from incubator.people.actor import ALL_SCOPES
from incubator.people.tables import Account, ApiToken, Membership, Organisation

ACCOUNTS, ORGANISATIONS = 2_000, 400
EACH = ACCOUNTS // ORGANISATIONS
KNOWN_TO_ALL = b"the large demonstration hides nothing"


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a booking is made."""

    account_id: UUID
    organisation_id: UUID


def account(turn: int) -> str:
    """The e-mail address of person `turn`."""
    return f"osoba.{turn:04d}@demo.invalid"


def secret(turn: int) -> str:
    """The API token of person `turn`."""
    told = hmac.digest(KNOWN_TO_ALL, str(turn).encode(), "sha256")
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


async def make_people(opened: Session, *, gmina_ids: Sequence[UUID], now: datetime) -> list[Holder]:
    """Organisations of five, spread over the gminas, and a token for everybody."""
    organisations = [_organisation(turn, gmina_ids[turn % len(gmina_ids)]) for turn in range(ORGANISATIONS)]
    people = [_person(turn) for turn in range(ACCOUNTS)]
    opened.add_all([*organisations, *people])
    await opened.flush()
    holders = [Holder(person.id, organisations[turn // EACH].id) for turn, person in enumerate(people)]
    opened.add_all([_membership(turn, holder) for turn, holder in enumerate(holders)])
    opened.add_all([_token(turn, holder, now) for turn, holder in enumerate(holders)])
    await opened.flush()
    return holders


def _organisation(turn: int, gmina_id: UUID) -> Organisation:
    return Organisation(id=uuid7(), name=f"Firma pokazowa {turn + 1}", nip=made_up_nip(turn), gmina_id=gmina_id)


def _person(turn: int) -> Account:
    return Account(id=uuid7(), email=account(turn), name=f"Osoba pokazowa {turn + 1}")


def _membership(turn: int, holder: Holder) -> Membership:
    role = "owner" if turn % EACH == 0 else "member"
    return Membership(organisation_id=holder.organisation_id, account_id=holder.account_id, role=role)


def _token(turn: int, holder: Holder, now: datetime) -> ApiToken:
    return ApiToken(
        account_id=holder.account_id,
        token_hash=digest(secret(turn)),
        name="Pomiar",
        scopes=sorted(ALL_SCOPES),
        created_at=now,
        expires_at=now + timedelta(days=400),
    )
