"""Take an application back: before anything final is said of it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.applications.move import move
from incubator.applications.queries import own_application
from incubator.applications.states import State
from incubator.applications.tell import News, tell
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor


class PlaceOffered(Conflict):
    """There is an offer to answer."""

    code = "place_offered"
    sentence = N_("You are offered a place. Decline the offer instead, so that somebody else can have it.")


FORGET = (
    "DELETE FROM application_file WHERE application_id = $1",
    "UPDATE application SET answers = '{}', title = '' WHERE id = $1",
)


async def withdraw(tx: Tx, *, actor: Actor, application_id: UUID, now: datetime) -> ApplicationView:
    """The application, withdrawn; a new one may be begun while the call is open. Of a draft nothing that
    was written is kept; what was handed in stays as it was.

    Raises NoSuchApplication, PlaceOffered, WrongApplicationState."""
    application = await own_application(tx, actor=actor, application_id=application_id, lock=True)
    if application.state == State.OFFERED:
        raise PlaceOffered()
    withdrawn = await take_back(tx, application=application, actor_id=actor.account_id, now=now)
    if withdrawn.handed_in:
        await tell(tx, application=withdrawn, what=News.WITHDRAWN, also=actor.account_id, now=now)
    return withdrawn


async def take_back(tx: Tx, *, application: ApplicationView, actor_id: UUID, now: datetime) -> ApplicationView:
    """The step that withdrawing, erasing oneself and closing an organisation share. The caller has it
    locked. Raises WrongApplicationState."""
    moved = await move(tx, application=application, to=State.WITHDRAWN, verb="withdraw", actor_id=actor_id, now=now)
    if not application.handed_in:
        for statement in FORGET:
            await tx.execute(statement, application.id)
        return replace(moved, answers={}, title="")
    return moved
