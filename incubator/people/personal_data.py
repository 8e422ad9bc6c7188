"""Everything that the house keeps of a person, for themself to take along."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.elsewhere import Elsewhere, Query


def query(statement: str) -> Query:
    """Rows of `statement`, which is given the account's id, as JSON holds them."""

    async def ask(tx: Tx, account_id: UUID) -> list[dict[str, Any]]:
        return [dict(row) for row in await tx.fetch(statement, account_id)]

    return ask


# Secrets are not in it: they are kept hashed, and a hash tells a person nothing.
OWN: tuple[tuple[str, Query], ...] = (
    (
        "account",
        query(
            "SELECT account.id, email, account.name, locale, gmina.name AS home_gmina, created_at,"
            " password_hash IS NOT NULL AS has_password"
            " FROM account LEFT JOIN gmina ON gmina.id = gmina_id WHERE account.id = $1"
        ),
    ),
    (
        "organisations",
        query(
            "SELECT organisation.id, name, nip, role, joined_at"
            " FROM membership JOIN organisation ON organisation.id = organisation_id WHERE account_id = $1"
            " ORDER BY joined_at"
        ),
    ),
    (
        "roles",
        query(
            "SELECT role, gmina.name AS gmina, granted_at"
            " FROM role_grant LEFT JOIN gmina ON gmina.id = gmina_id WHERE account_id = $1 ORDER BY granted_at"
        ),
    ),
    (
        "invitations",
        query(
            "SELECT organisation.name AS organisation, role, invitation.created_at, expires_at, accepted_at, withdrawn_at"
            " FROM invitation JOIN organisation ON organisation.id = organisation_id"
            " WHERE email = (SELECT account.email FROM account WHERE account.id = $1) ORDER BY invitation.created_at"
        ),
    ),
    (
        "sessions",
        query(
            "SELECT user_agent, created_at, seen_at, expires_at FROM web_session WHERE account_id = $1 ORDER BY created_at"
        ),
    ),
    (
        "api_tokens",
        query(
            "SELECT name, scopes, created_at, expires_at, revoked_at, used_at"
            " FROM api_token WHERE account_id = $1 ORDER BY created_at"
        ),
    ),
    (
        "mails",
        query(
            "SELECT subject, created_at, sent_at FROM mail"
            " WHERE recipient = (SELECT account.email FROM account WHERE account.id = $1) ORDER BY created_at"
        ),
    ),
    (
        "notices",
        query("SELECT about, invitations, reminders FROM notice_choice WHERE account_id = $1 ORDER BY about"),
    ),
    (
        "invited",
        query(
            "SELECT uid, until, answer, answered_at FROM invited"
            " WHERE recipient = (SELECT account.email FROM account WHERE account.id = $1) ORDER BY until, uid"
        ),
    ),
    (
        "reminded",
        query(
            "SELECT subject_id, minutes, starts FROM reminded"
            " WHERE recipient = (SELECT account.email FROM account WHERE account.id = $1) ORDER BY starts, subject_id"
        ),
    ),
    (
        "deeds",
        query("SELECT at, verb, subject_kind, subject_id FROM history WHERE actor_id = $1 ORDER BY id"),
    ),
)


async def export_personal_data(
    tx: Tx, *, actor: Actor, elsewhere: Elsewhere, now: datetime
) -> dict[str, datetime | list[dict[str, Any]]]:
    """Named sections of the asker's own, ours first, then what other features hand in."""
    told: dict[str, datetime | list[dict[str, Any]]] = {"exported_at": now}
    for name, ask in (*OWN, *elsewhere.export):
        told[name] = await ask(tx, actor.account_id)
    return told
