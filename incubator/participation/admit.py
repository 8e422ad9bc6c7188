"""Admit somebody to an edition: by the offer that they accept, or directly where there was no call."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import asyncpg

from incubator.assessment.answer_offer import take_offer
from incubator.credits.grant_credit import days, put_credit
from incubator.credits.holder import Holder
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.kernel.ids import uuid7
from incubator.participation.queries import participation_by_id, today
from incubator.participation.tell import note, tell
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor
from incubator.programmes.queries import EditionView, edition_by_id, edition_to_run

Applicant = Annotated[tuple[UUID | None, UUID], "organisation, and the person who answers for it"]


class EditionFull(Conflict):
    """Every place is taken or offered."""

    code = "edition_full"
    sentence = N_("Every place of this edition is taken or offered.")


class AlreadyTakesPart(Conflict):
    """Nobody takes part twice in one edition."""

    code = "already_takes_part"
    sentence = N_("They are in this edition already.")


class EditionOver(Conflict):
    """Its last day is over, or it was closed."""

    code = "edition_joined_too_late"
    sentence = N_("This edition is over: nobody can join it any more.")


class HasApplied(Conflict):
    """An application of theirs is being judged, holds an offer, or is on the reserve list."""

    code = "has_applied"
    sentence = N_("They have applied to this edition. Decide on their application instead of admitting them directly.")


class NobodyToAdmit(NotFound):
    """No organisation with this identifier, it was closed, or nobody owns it."""

    code = "nobody_to_admit"
    sentence = N_("There is no such organisation, or it was closed.")


OWNER = """
SELECT account_id FROM membership JOIN organisation ON organisation.id = organisation_id
WHERE organisation_id = $1 AND membership.role = 'owner' AND closed_at IS NULL ORDER BY account_id LIMIT 1
"""
# Handed in under the call's lock: nothing comes in while it is shared.
LOCK_CALL = "SELECT FROM call WHERE edition_id = $1 FOR SHARE"
APPLIED = """
SELECT EXISTS (SELECT FROM application WHERE edition_id = $1 AND organisation_id = $2
    AND state IN ('submitted', 'supplementing', 'formally_passed', 'reserve', 'offered'))
"""
ADD = """
INSERT INTO participation (id, edition_id, application_id, organisation_id, account_id, state, admitted_on,
    agreement_number, reason, plan, created_at, version)
VALUES ($1, $2, $3, $4, $5, 'admitted', $6, '', '', '', $7, 1)
"""
TAKE = "UPDATE edition SET places_taken = places_taken + 1 WHERE id = $1"
COPY = """
INSERT INTO milestone (id, participation_id, template_id, name_pl, name_en, due_on, state, evidence, evidence_url, note,
    version)
SELECT gen_random_uuid(), $1, id, name_pl, name_en, due_on, 'open', '', '', '', 1
FROM edition_milestone WHERE edition_id = $2
"""
PERKS = "SELECT kind, amount, name_pl, name_en FROM edition_perk WHERE edition_id = $1 AND kind <> 'other' ORDER BY id"


async def accept_offer(tx: Tx, *, actor: Actor, application_id: UUID, now: datetime) -> ParticipationView:
    """The applicant accepts the place that was offered, which was kept for them, and takes part. Raises
    NoSuchApplication, OfferOver, WrongApplicationState, AlreadyTakesPart, EditionOver."""
    application = await take_offer(tx, actor=actor, application_id=application_id, now=now)
    edition = await edition_by_id(tx, edition_id=application.edition_id, lock=True)
    applicant = (application.organisation_id, application.account_id)
    return await _admit(tx, actor, edition, applicant, application_id, now)


async def admit(tx: Tx, *, actor: Actor, edition_id: UUID, organisation_id: UUID, now: datetime) -> ParticipationView:
    """Who runs the edition admits an organisation that did not have to apply; it takes a place. Raises
    NoSuchEdition, NotYours, NobodyToAdmit, HasApplied, EditionFull, AlreadyTakesPart, EditionOver."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id, lock=True)
    owner = await tx.fetchval(OWNER, organisation_id)
    if owner is None:
        raise NobodyToAdmit()
    await tx.execute(LOCK_CALL, edition.id)
    if await tx.fetchval(APPLIED, edition.id, organisation_id):
        raise HasApplied()
    try:
        await tx.execute(TAKE, edition.id)
    except asyncpg.CheckViolationError as error:
        raise EditionFull() if error.constraint_name == "edition_not_overfull" else error from None
    return await _admit(tx, actor, edition, (organisation_id, owner), None, now)


async def _admit(
    tx: Tx, actor: Actor, edition: EditionView, applicant: Applicant, application_id: UUID | None, now: datetime
) -> ParticipationView:
    if edition.state == "closed" or edition.ends_on < today(now):
        raise EditionOver()
    key, (organisation_id, account_id) = uuid7(), applicant
    try:
        await tx.execute(ADD, key, edition.id, application_id, organisation_id, account_id, today(now), now)
    except asyncpg.UniqueViolationError as error:
        raise AlreadyTakesPart() if error.constraint_name == "participation_once" else error from None
    await tx.execute(COPY, key, edition.id)
    await _grant(tx, edition, key, Holder.of(organisation_id, account_id), now)
    made = await participation_by_id(tx, participation_id=key)
    await note(
        tx,
        participation=made,
        verb="accept_offer" if application_id else "admit",
        actor_id=actor.account_id,
        now=now,
        after={"state": made.state, "edition_id": str(edition.id)},
    )
    await tell(tx, participation=made, what="admitted", now=now)
    return made


async def _grant(tx: Tx, edition: EditionView, key: UUID, holder: Holder, now: datetime) -> None:
    """What the edition promises becomes credits of whoever takes part, good from its first day to its last."""
    for perk in await tx.fetch(PERKS, edition.id):
        await put_credit(
            tx,
            key=uuid7(),
            holder=holder,
            kind=perk["kind"],
            gmina_id=edition.gmina_id,
            source_id=key,
            programme_id=edition.programme_id,
            names=(perk["name_pl"], perk["name_en"]),
            valid=days(edition.starts_on, edition.ends_on),
            amount=perk["amount"],
            now=now,
        )
