"""An application that its applicant is about to change."""

from uuid import UUID

from incubator.applications.call_views import CallView, QuestionView
from incubator.applications.calls import call_of
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.queries import own_application
from incubator.applications.states import State
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.web.etags import must_be_current

EDITABLE = frozenset({State.DRAFT, State.SUPPLEMENTING})
"""States in which its applicant may still write in it."""


class HandedIn(Conflict):
    """What was handed in stays as it is."""

    code = "handed_in"
    sentence = N_("This application was handed in and can no longer be changed.")


async def application_to_edit(
    tx: Tx, *, actor: Actor, application_id: UUID, seen: int | None = None
) -> tuple[ApplicationView, CallView]:
    """Locked, for its applicant. Raises NoSuchApplication, HandedIn, ChangedMeanwhile."""
    application = await own_application(tx, actor=actor, application_id=application_id, lock=True)
    if application.state not in EDITABLE:
        raise HandedIn()
    must_be_current(application.version, seen)
    return application, await call_of(tx, edition_id=application.edition_id)


def file_question(call: CallView, question_id: UUID) -> QuestionView:
    """The question, which asks for a file. Raises NoSuchQuestion."""
    question = call.question(question_id)
    if question is None or question.kind != "file":
        raise NoSuchQuestion()
    return question
