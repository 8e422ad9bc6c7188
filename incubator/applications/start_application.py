"""Begin an application: a draft that is the organisation's, or the person's own."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.applications.calls import extended_until, public_call
from incubator.applications.move import note
from incubator.applications.queries import application_by_id
from incubator.applications.rules import must_be_open
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.queries import NoSuchOrganisation

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without what looks alike when read aloud or from paper."""


@dataclass(eq=False)
class AppliedAlready(Conflict):
    """One application each: `application_id` is the one that is there."""

    code = "applied_already"
    sentence = N_("There is an application to this call already. Go on with that one.")
    application_id: UUID


class EditionOver(Conflict):
    """The edition is closed."""

    code = "edition_over"
    sentence = N_("This edition is over.")


# Belonging is asked for once more under a lock: an organisation that is being closed lets nobody begin.
START_FOR_ORGANISATION = """
INSERT INTO application (id, edition_id, organisation_id, account_id, state, code, title, gmina_id, pkd, answers,
    created_at, changed_at, version)
SELECT uuidv7(), $1, organisation.id, $2, 'draft', $4, '', organisation.gmina_id, organisation.pkd, '{}', $5, $5, 1
FROM (
    SELECT organisation_id FROM membership WHERE account_id = $2 AND organisation_id = $3 FOR SHARE
) AS belongs JOIN organisation ON organisation.id = belongs.organisation_id
ON CONFLICT (edition_id, coalesce(organisation_id, account_id)) WHERE state <> 'withdrawn' DO NOTHING RETURNING id
"""
START_FOR_ONESELF = """
INSERT INTO application (id, edition_id, organisation_id, account_id, state, code, title, gmina_id, answers,
    created_at, changed_at, version)
SELECT uuidv7(), $1, NULL, account.id, 'draft', $3, '', account.gmina_id, '{}', $4, $4, 1
FROM (SELECT id, gmina_id FROM account WHERE id = $2 AND erased_at IS NULL FOR SHARE) AS account
ON CONFLICT (edition_id, coalesce(organisation_id, account_id)) WHERE state <> 'withdrawn' DO NOTHING RETURNING id
"""
BEGUN = """
SELECT id FROM application
WHERE edition_id = $1 AND coalesce(organisation_id, account_id) = $2 AND state <> 'withdrawn'
"""


async def start_application(
    tx: Tx, *, actor: Actor, edition_id: UUID, organisation_id: UUID | None = None, now: datetime
) -> ApplicationView:
    """A draft with what is known of the applicant filled in. Raises NoSuchEdition, NoSuchCall,
    EditionOver, CallNotOpen, CallClosed, NoSuchOrganisation, AppliedAlready."""
    edition, call = await public_call(tx, edition_id=edition_id)
    if edition.state == "closed":
        raise EditionOver()
    if organisation_id is not None and organisation_id not in actor.organisations:
        raise NoSuchOrganisation(organisation_id)
    applicant_id = organisation_id or actor.account_id
    until = await extended_until(tx, edition_id=edition_id, applicant_id=applicant_id)
    must_be_open(opens_at=call.opens_at, closes_at=call.closes_at, until=until, now=now)
    key = await _insert(tx, actor, edition_id, organisation_id, now)
    if key is None:
        begun = await tx.fetchval(BEGUN, edition_id, applicant_id)
        if begun is None:  # they have left the organisation in this moment
            raise NoSuchOrganisation(applicant_id)
        raise AppliedAlready(begun)
    made = await application_by_id(tx, application_id=key)
    await note(tx, verb="start", actor_id=actor.account_id, now=now, before=None, after=made)
    return made


async def _insert(tx: Tx, actor: Actor, edition_id: UUID, organisation_id: UUID | None, now: datetime) -> UUID | None:
    key: UUID | None
    if organisation_id is None:
        key = await tx.fetchval(START_FOR_ONESELF, edition_id, actor.account_id, new_code(), now)
    else:
        key = await tx.fetchval(START_FOR_ORGANISATION, edition_id, actor.account_id, organisation_id, new_code(), now)
    return key


def new_code() -> str:
    """What an anonymous scorer sees: 40 random bits, which nobody guesses from a number or a name."""
    signs = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"
