"""Reading people and organisations, narrowed by who asks."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.alphabet import alphabetical
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.views import AccountView, GminaName, MemberView, OrganisationView, SessionView, TokenView


class NoSuchOrganisation(NotFound):
    """None, closed, or not the asker's to know of."""

    code = "no_such_organisation"
    sentence = N_("There is no such organisation, or it is not yours to see.")

    def __init__(self, organisation_id: UUID) -> None:
        super().__init__()
        self.organisation_id = organisation_id


ACCOUNT = """
SELECT account.id, email, account.name, locale, gmina_id, gmina.name AS gmina_name, password_hash IS NOT NULL AS has_password,
    created_at, account.version
FROM account LEFT JOIN gmina ON gmina.id = gmina_id WHERE account.id = $1
"""
SESSIONS = """
SELECT id, user_agent, created_at, seen_at, expires_at FROM web_session
WHERE account_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, id
"""
TOKENS = """
SELECT id, name, scopes, created_at, expires_at, used_at FROM api_token
WHERE account_id = $1 AND revoked_at IS NULL AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3
"""
# Members see theirs, coordinators those at home in their gminas, the administrator all.
ORGANISATIONS = """
SELECT organisation.id, organisation.name, organisation.kind, nip, regon, krs, organisation.gmina_id,
    gmina.name AS gmina_name, pkd, pkd_edition, membership.role AS my_role, created_at, organisation.version
FROM organisation
JOIN gmina ON gmina.id = organisation.gmina_id
LEFT JOIN membership ON membership.organisation_id = organisation.id AND membership.account_id = $1
WHERE closed_at IS NULL AND (membership.role IS NOT NULL OR organisation.gmina_id = ANY($2::uuid[]) OR $3)
"""
MEMBERS = """
SELECT account.id, account.name, CASE WHEN $4 THEN account.email END AS email, role, joined_at
FROM membership JOIN account ON account.id = membership.account_id
WHERE organisation_id = $1 AND ($2::uuid IS NULL OR account.id > $2) ORDER BY account.id LIMIT $3
"""


async def account_of(tx: Tx, *, actor: Actor) -> AccountView:
    """The asker themself."""
    row = await tx.fetchrow(ACCOUNT, actor.account_id)
    assert row is not None
    return AccountView(**row)


async def sessions_of(tx: Tx, *, actor: Actor, now: datetime) -> list[SessionView]:
    """The asker's signed-in browsers, the last seen first."""
    return [SessionView(**row) for row in await tx.fetch(SESSIONS, actor.account_id, now)]


async def tokens_of(tx: Tx, *, actor: Actor, after: UUID | None = None, limit: int = 100) -> list[TokenView]:
    """The asker's tokens that are not revoked; those that ended by themselves included."""
    return [TokenView(**row) for row in await tx.fetch(TOKENS, actor.account_id, after, limit)]


async def organisations_for(
    tx: Tx, *, actor: Actor, after: UUID | None = None, limit: int = 100
) -> list[OrganisationView]:
    """The organisations that the asker may know of, oldest first."""
    rows = await tx.fetch(
        f"{ORGANISATIONS} AND ($4::uuid IS NULL OR organisation.id > $4) ORDER BY organisation.id LIMIT $5",
        actor.account_id,
        list(actor.coordinates),
        actor.is_administrator,
        after,
        limit,
    )
    return [OrganisationView(**row) for row in rows]


async def organisations_of(tx: Tx, *, actor: Actor) -> list[OrganisationView]:
    """The organisations that the asker belongs to, oldest first."""
    rows = await tx.fetch(
        f"{ORGANISATIONS} AND membership.role IS NOT NULL ORDER BY organisation.id", actor.account_id, [], False
    )
    return [OrganisationView(**row) for row in rows]


async def organisation_for(tx: Tx, *, actor: Actor, organisation_id: UUID) -> OrganisationView:
    """One organisation that the asker may know of. Raises NoSuchOrganisation."""
    row = await tx.fetchrow(
        f"{ORGANISATIONS} AND organisation.id = $4",
        actor.account_id,
        list(actor.coordinates),
        actor.is_administrator,
        organisation_id,
    )
    if row is None:
        raise NoSuchOrganisation(organisation_id)
    return OrganisationView(**row)


async def members_for(
    tx: Tx, *, actor: Actor, organisation_id: UUID, after: UUID | None = None, limit: int = 100
) -> list[MemberView]:
    """Who belongs to an organisation; e-mails only where the asker does, too. Raises
    NoSuchOrganisation."""
    organisation = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    inside = organisation.my_role is not None or actor.is_administrator
    return [MemberView(**row) for row in await tx.fetch(MEMBERS, organisation_id, after, limit, inside)]


async def gminas(tx: Tx) -> list[GminaName]:
    """Every gmina of the metropolis by name, for a form to choose from."""
    rows = await tx.fetch("SELECT id, name FROM gmina")
    return sorted((GminaName(row["id"], row["name"]) for row in rows), key=lambda gmina: alphabetical(gmina.name))
