"""Looking people up, for the administrator who gives roles."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.people.views import PersonView, RoleView

# Without words to look for: those who hold a role. `position` takes the words as they are, so that a
# % looks for a percent sign.
FOUND = """
SELECT id, name, email FROM account
WHERE erased_at IS NULL
  AND CASE WHEN $1 = '' THEN EXISTS (SELECT FROM role_grant WHERE account_id = account.id)
      ELSE position($1 in email) > 0 OR position($1 in lower(name)) > 0 END
  AND ($2::uuid IS NULL OR id > $2)
ORDER BY id LIMIT $3
"""
ROLES = """
SELECT role_grant.account_id, role_grant.id, role, gmina_id, gmina.name AS gmina_name, granted_at
FROM role_grant LEFT JOIN gmina ON gmina.id = gmina_id
WHERE account_id = ANY($1::uuid[]) ORDER BY role, gmina.name
"""


async def people_found(tx: Tx, *, actor: Actor, words: str, after: UUID | None, limit: int) -> list[PersonView]:
    """People whose name or e-mail holds `words`, with their roles, in the order they joined. For the
    administrator. Raises NotYours."""
    if not actor.is_administrator:
        raise NotYours()
    found = await tx.fetch(FOUND, words.strip().lower(), after, limit)
    roles: dict[UUID, list[RoleView]] = {row["id"]: [] for row in found}
    for row in await tx.fetch(ROLES, list(roles)):
        given = {name: value for name, value in row.items() if name != "account_id"}
        roles[row["account_id"]].append(RoleView(**given))
    return [PersonView(**row, roles=roles[row["id"]]) for row in found]
