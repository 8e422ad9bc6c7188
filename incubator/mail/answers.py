"""What the calendars of those who were invited have answered, for whoever may know that they were."""

from collections.abc import Collection, Mapping
from uuid import UUID

from incubator.db.engine import Tx

BY_ADDRESS = """
SELECT lower(recipient) AS who, answer FROM invited WHERE uid = $1 AND answer <> '' AND lower(recipient) = ANY($2::text[])
"""
BY_ACCOUNT = """
SELECT account.id AS who, answer FROM invited JOIN account ON account.email = invited.recipient
WHERE uid = $1 AND answer <> '' AND account.id = ANY($2::uuid[])
"""


async def answers_of(tx: Tx, *, uid: str, account_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Of these people who have answered to how it is now: accepted, tentative or declined, which then was not to be
    had."""
    return {row["who"]: row["answer"] for row in await tx.fetch(BY_ACCOUNT, uid, list(account_ids))}


async def answers_from(tx: Tx, *, uid: str, addresses: Collection[str]) -> Mapping[str, str]:
    """The same of those without an account too, by their addresses in small letters."""
    asked = [address.lower() for address in addresses]
    return {row["who"]: row["answer"] for row in await tx.fetch(BY_ADDRESS, uid, asked)}
