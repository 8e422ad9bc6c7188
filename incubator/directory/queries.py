"""Companies, narrowed by who asks: everybody sees what is published, its people and the gmina's desk more."""

from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.queries_lines import NAMES, named
from incubator.directory.reach import NoSuchCompany
from incubator.directory.sections import sections_of
from incubator.directory.states import State
from incubator.directory.views import AmbassadorView, CompanyView, OwnProfileView
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.people.queries import organisation_for

PROFILE = f"""
SELECT profile.*, gmina.slug AS gmina_slug, gmina.name AS gmina_name, logo.id AS logo_id, {NAMES},
    mark.reason, mark.given_on, giver.name AS giver
FROM directory_profile AS profile JOIN gmina ON gmina.id = profile.gmina_id
LEFT JOIN directory_logo AS logo ON logo.profile_id = profile.id
LEFT JOIN directory_ambassador AS mark ON mark.profile_id = profile.id AND withdrawn_on IS NULL
LEFT JOIN gmina AS giver ON giver.id = mark.gmina_id
"""
SAME = frozenset(CompanyView.__slots__) - {"sections", "specialisations", "ambassador"}


async def company(tx: Tx, *, slug: str) -> CompanyView:
    """One that is shown. Raises NoSuchCompany."""
    row = await tx.fetchrow(f"{PROFILE} WHERE profile.slug = $1 AND profile.state = 'published'", slug)
    if row is None:
        raise NoSuchCompany()
    return _company(row)


async def kept_by(tx: Tx, *, slug: str) -> UUID | None:
    """The organisation whose profile it is; None for one taken from a register."""
    key: UUID | None = await tx.fetchval("SELECT organisation_id FROM directory_profile WHERE slug = $1", slug)
    return key


async def own(tx: Tx, *, profile_id: UUID) -> OwnProfileView:
    """For verbs that have seen that it is within reach. Raises NoSuchCompany."""
    return _own(await tx.fetchrow(f"{PROFILE} WHERE profile.id = $1", profile_id))


async def profile_of(tx: Tx, *, actor: Actor, organisation_id: UUID) -> OwnProfileView:
    """Of an organisation that the asker may know of; a draft is its people's business. Raises NoSuchOrganisation,
    NoSuchCompany."""
    organisation = await organisation_for(tx, actor=actor, organisation_id=organisation_id)
    found = _own(await tx.fetchrow(f"{PROFILE} WHERE profile.organisation_id = $1", organisation_id))
    if found.state == State.DRAFT and organisation.my_role is None and not actor.is_administrator:
        raise NoSuchCompany()
    return found


async def company_at_desk(tx: Tx, *, actor: Actor, slug: str) -> OwnProfileView:
    """Of the coordinator's gmina, whatever its state but a draft. Raises NoSuchCompany, NotYours."""
    found = _own(await tx.fetchrow(f"{PROFILE} WHERE profile.slug = $1 AND profile.state <> 'draft'", slug))
    must_coordinate(actor, found.gmina_id)
    return found


def _own(row: asyncpg.Record | None) -> OwnProfileView:
    if row is None:
        raise NoSuchCompany()
    return OwnProfileView(
        company=_company(row),
        organisation_id=row["organisation_id"],
        gmina_id=row["gmina_id"],
        state=row["state"],
        hidden_because=row["hidden_because"],
        withheld_reason=row["withheld_reason"],
        publish_at=row["publish_at"],
        reminders=row["reminders"],
        version=row["version"],
    )


def _company(row: asyncpg.Record) -> CompanyView:
    mark = None
    if row["given_on"] is not None:
        mark = AmbassadorView(
            gmina_name=row["giver"],
            reason=row["reason"],
            given_on=row["given_on"],
            withdrawn_on=None,
            withdrawn_reason="",
        )
    return CompanyView(
        **{name: row[name] for name in SAME},
        sections=sections_of([*row["pkd_2007"], *row["pkd_2025"]]),
        specialisations=named(row["specialisations"]),
        ambassador=mark,
    )
