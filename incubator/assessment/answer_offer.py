"""What becomes of an offered place: taken, declined, or not answered in time."""

from datetime import datetime
from uuid import UUID

from incubator.applications.move import WrongApplicationState, move
from incubator.applications.queries import application_by_id, own_application
from incubator.applications.start_application import EditionOver
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.assessment.places import NoPlaceLeft, give_back, offer_next
from incubator.assessment.reach import locked_edition, note_application
from incubator.assessment.tell import tell_applicant
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Gone
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run


class OfferOver(Gone):
    """Not answered in time: the place goes to the next."""

    code = "offer_over"
    sentence = N_("The time to answer this offer is over; the place goes to the next on the reserve list.")


class NobodyWaits(Conflict):
    """The reserve list is empty, or no ranking is approved."""

    code = "nobody_on_reserve"
    sentence = N_("Nobody is on the reserve list of this edition.")


UNTIL = """
SELECT answer_until FROM decision WHERE application_id = $1 AND outcome = 'offered' ORDER BY decided_at DESC LIMIT 1
"""
OVER = """
SELECT application.id, edition_id FROM application WHERE state = 'offered' AND (
    SELECT answer_until FROM decision WHERE application_id = application.id AND outcome = 'offered'
    ORDER BY decided_at DESC LIMIT 1
) <= $1 ORDER BY edition_id, application.id
"""
# An offer that its applicant withdrew from: the place comes back once, as history knows.
WITHDRAWN = """
SELECT application.id, edition_id FROM application WHERE state = 'withdrawn' AND ($1::uuid IS NULL OR id = $1)
    AND EXISTS (SELECT FROM decision WHERE application_id = application.id AND outcome = 'offered')
    AND NOT EXISTS (SELECT FROM history WHERE subject_id = application.id AND verb = 'give_place_back')
ORDER BY edition_id, application.id
"""


async def take_offer(tx: Tx, *, actor: Actor, application_id: UUID, now: datetime) -> ApplicationView:
    """The application, admitted; its place stays taken. For participation, which makes the participant of
    it. Raises NoSuchApplication, OfferOver, WrongApplicationState."""
    application = await _own(tx, actor, application_id)
    await must_be_in_time(tx, application=application, now=now)
    return await move(
        tx, application=application, to=State.ADMITTED, verb="take_offer", actor_id=actor.account_id, now=now
    )


async def decline_offer(tx: Tx, *, actor: Actor, application_id: UUID, now: datetime) -> ApplicationView:
    """The application, declined; the place goes to the next, and both are written to. Raises
    NoSuchApplication, WrongApplicationState."""
    application = await _own(tx, actor, application_id)
    if application.state != State.OFFERED:
        raise WrongApplicationState(application.state.value)
    return await _declined(tx, application, "declined", actor.account_id, now)


async def must_be_in_time(tx: Tx, *, application: ApplicationView, now: datetime) -> None:
    """Raises OfferOver, WrongApplicationState."""
    if application.state != State.OFFERED:
        raise WrongApplicationState(application.state.value)
    until = await tx.fetchval(UNTIL, application.id)
    if until is not None and until <= now:
        raise OfferOver()


async def lapse_offers(tx: Tx, *, now: datetime) -> None:
    """Offers that were not answered in time, and those that were withdrawn from, give their places back."""
    for row in await tx.fetch(OVER, now):
        await locked_edition(tx, edition_id=row["edition_id"])
        application = await application_by_id(tx, application_id=row["id"], lock=True)
        if application.state == State.OFFERED and await tx.fetchval(UNTIL, application.id) <= now:
            await _declined(tx, application, "lapsed", None, now)
    for row in await tx.fetch(WITHDRAWN, None):
        await _left(tx, row["id"], row["edition_id"], now)


async def offer_place(tx: Tx, *, actor: Actor, edition_id: UUID, now: datetime) -> ApplicationView:
    """Offer a free place to the first of the reserve list: after places were added, say. Raises NoSuchEdition,
    NotYours, EditionOver, NoPlaceLeft, NobodyWaits."""
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id, lock=True)
    if edition.state == "closed":
        raise EditionOver()
    if edition.places_taken >= edition.places:
        raise NoPlaceLeft()
    offered = await offer_next(tx, edition_id=edition_id, by=actor.account_id, now=now)
    if offered is None:
        raise NobodyWaits()
    return offered


async def _own(tx: Tx, actor: Actor, application_id: UUID) -> ApplicationView:
    """One's own application, the edition locked before it."""
    found = await own_application(tx, actor=actor, application_id=application_id)
    await locked_edition(tx, edition_id=found.edition_id)
    return await own_application(tx, actor=actor, application_id=application_id, lock=True)


async def _declined(tx: Tx, application: ApplicationView, what: str, by: UUID | None, now: datetime) -> ApplicationView:
    verb = "decline_offer" if by else "lapse_offer"
    moved = await move(tx, application=application, to=State.DECLINED, verb=verb, actor_id=by, now=now)
    await tell_applicant(tx, application=moved, what=what, now=now)
    await give_back(tx, edition_id=application.edition_id, now=now)
    return moved


async def _left(tx: Tx, application_id: UUID, edition_id: UUID, now: datetime) -> None:
    await locked_edition(tx, edition_id=edition_id)
    application = await application_by_id(tx, application_id=application_id, lock=True)
    if await tx.fetchrow(WITHDRAWN, application_id):
        await note_application(tx, verb="give_place_back", application=application, actor_id=None, now=now)
        await give_back(tx, edition_id=edition_id, now=now)
