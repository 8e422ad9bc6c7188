"""One click to be somebody, for the demonstration alone: accounts of the domain demo.invalid, which
no mail can ever reach. `app.py` adds the route only where the demonstration is on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people import rules
from incubator.people.open_session import SignedIn, open_session

DOMAIN = "@demo.invalid"


class NoSuchDemoAccount(NotFound):
    code = "no_such_demo_account"
    sentence = N_("The demonstration has nobody of that name.")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to be. `role` is administrator, office, coordinator, mentor, owner, member or resident;
    `key` is what stands before the @, and names them in the address."""

    id: UUID
    key: str
    name: str
    role: str
    of: str


ACCOUNTS = """
SELECT account.id, split_part(account.email, '@', 1) AS key, account.name,
    coalesce(held.role, joined.role, 'resident') AS role,
    coalesce(held.gmina, joined.organisation, '') AS "of"
FROM account
LEFT JOIN LATERAL (
    SELECT role, gmina.name AS gmina FROM role_grant LEFT JOIN gmina ON gmina.id = role_grant.gmina_id
    WHERE account_id = account.id
    ORDER BY array_position(ARRAY['administrator', 'office', 'coordinator', 'mentor'], role), gmina.name LIMIT 1
) AS held ON true
LEFT JOIN LATERAL (
    SELECT role, organisation.name AS organisation FROM membership
    JOIN organisation ON organisation.id = membership.organisation_id
    WHERE account_id = account.id ORDER BY role DESC, organisation.name LIMIT 1
) AS joined ON true
WHERE account.email LIKE '%@demo.invalid'
ORDER BY
    array_position(
        ARRAY['administrator', 'office', 'coordinator', 'mentor', 'owner', 'member', 'resident'],
        coalesce(held.role, joined.role, 'resident')
    ),
    account.email <> 'koordynator.niepolomice@demo.invalid', account.email
"""
"""Of the coordinators the one of LAS first: requests wait there, and rooms are joined."""


async def demo_accounts(tx: Tx) -> list[DemoAccount]:
    """Everybody one can be, grouped by role, from administrator to resident."""
    return [DemoAccount(**row) for row in await tx.fetch(ACCOUNTS)]


async def sign_in_demo(tx: Tx, *, who: str, user_agent: str, now: datetime, next_path: str | None = None) -> SignedIn:
    """A session as the account `who` (what stands before its @), or as the first one of the role
    `who`, that leads on to `next_path`. Raises NoSuchDemoAccount."""
    everybody = await demo_accounts(tx)
    found = next((one for one in everybody if one.key == who), None) or next(
        (one for one in everybody if one.role == who), None
    )
    if found is None:
        raise NoSuchDemoAccount()
    secret = await open_session(tx, account_id=found.id, user_agent=user_agent, now=now)
    return SignedIn(found.id, secret, rules.next_path(next_path))
