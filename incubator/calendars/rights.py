"""Of whose calendars a person may have a secret address: their own, their organisations', their own as a mentor, and
that of the desk of a gmina that they coordinate.

The same is asked again each time an address is fetched (feeds/private.py): one outlives no right.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor


class Kind(StrEnum):
    PERSONAL = "personal"
    ORGANISATION = "organisation"
    MENTOR = "mentor"
    DESK = "desk"


class NoSuchCalendarToHave(NotFound):
    """An organisation that the asker does not belong to, a mentor that they are not, a desk that is not theirs."""

    code = "no_such_calendar_to_have"
    sentence = N_("There is no such calendar that you could have.")


@dataclass(frozen=True, slots=True)
class Right:
    """A calendar that somebody may have; `name` is the organisation's, the mentor's or the gmina's."""

    kind: Kind
    subject_id: UUID | None
    name: str

    @property
    def choice(self) -> str:
        """As forms say it."""
        return f"{self.kind}:{self.subject_id or ''}"


def chosen(choice: str) -> tuple[Kind, UUID | None]:
    """What a form says; nothing is one's own. Raises NoSuchCalendarToHave."""
    kind, _, subject = choice.partition(":")
    try:
        return Kind(kind or "personal"), UUID(subject) if subject else None
    except ValueError:
        raise NoSuchCalendarToHave() from None


BELONGS = """EXISTS (
    SELECT FROM membership JOIN organisation ON organisation.id = membership.organisation_id
    WHERE membership.account_id = {account} AND membership.organisation_id = {subject} AND organisation.closed_at IS NULL
)"""
MENTORS = """EXISTS (
    SELECT FROM mentor WHERE mentor.id = {subject} AND mentor.account_id = {account} AND mentor.state <> 'retired'
        AND EXISTS (SELECT FROM role_grant WHERE account_id = {account} AND role = 'mentor')
)"""
COORDINATES = """EXISTS (
    SELECT FROM role_grant WHERE account_id = {account} AND role = 'coordinator' AND gmina_id = {subject}
)"""
HOLDS = f"""CASE {{kind}}
    WHEN 'organisation' THEN {BELONGS}
    WHEN 'mentor' THEN {MENTORS}
    WHEN 'desk' THEN {COORDINATES}
    ELSE true
END"""
"""Whether `account` may know what is of `subject`, a condition."""

OF_ORGANISATIONS = """
SELECT 'organisation' AS kind, organisation.id, organisation.name
FROM membership JOIN organisation ON organisation.id = membership.organisation_id
WHERE membership.account_id = $1 AND organisation.closed_at IS NULL
"""
OF_MENTOR = f"""
SELECT 'mentor' AS kind, mentor.id, mentor.name FROM mentor
WHERE mentor.account_id = $1 AND {MENTORS.format(account="$1", subject="mentor.id")}
"""
OF_DESKS = """
SELECT 'desk' AS kind, gmina.id, gmina.name FROM role_grant JOIN gmina ON gmina.id = role_grant.gmina_id
WHERE role_grant.account_id = $1 AND role_grant.role = 'coordinator'
"""
RIGHTS = f"""
SELECT * FROM ({OF_ORGANISATIONS} UNION ALL {OF_MENTOR} UNION ALL {OF_DESKS}) AS granted
ORDER BY array_position('{{organisation,mentor,desk}}', kind), name, id
"""


async def rights_of(tx: Tx, *, actor: Actor) -> list[Right]:
    """One's own first."""
    own = Right(Kind.PERSONAL, None, actor.name)
    return [own, *(Right(Kind(kind), key, name) for kind, key, name in await tx.fetch(RIGHTS, actor.account_id))]
