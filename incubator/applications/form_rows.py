"""The rows of a form: what its four verbs share."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.applications.call_views import CallView
from incubator.applications.calls import Desk, call_of, count_on
from incubator.applications.details import QuestionDetails
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor


class NoSuchQuestion(NotFound):
    """No question of this call has this identifier."""

    code = "no_such_question"
    sentence = N_("There is no such question in this form.")


def must_have(desk: Desk, question_id: UUID) -> None:
    """Raises NoSuchQuestion."""
    if desk.call.question(question_id) is None:
        raise NoSuchQuestion()


def columns(details: QuestionDetails) -> tuple[object, ...]:
    """kind, labels, helps, required, reveals_identity, options (as text), least, most, media. Options are
    kept under their number: answers are given once the form is frozen."""
    options = [{"value": str(n), "pl": one.pl, "en": one.en} for n, one in enumerate(details.options, start=1)]
    return (
        details.kind,
        details.label_pl,
        details.label_en,
        details.help_pl,
        details.help_en,
        details.required,
        details.reveals_identity,
        msgspec.json.encode(options).decode() if options else None,
        details.least,
        details.most,
        list(details.media),
    )


async def formed(
    tx: Tx, *, desk: Desk, actor: Actor, verb: str, question_id: UUID, after: object = None, now: datetime
) -> CallView:
    """The call after a change of its form, with the history written and its version counted on."""
    await count_on(tx, edition_id=desk.call.edition_id)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="question",
        subject_id=question_id,
        gmina_id=desk.edition.gmina_id,
        after=after,
    )
    return await call_of(tx, edition_id=desk.call.edition_id)
