"""Move an application from one state to the next: the step that every verb on its way shares."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.applications.as_handed_in import put_back
from incubator.applications.states import ALLOWED, State
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.kernel.errors import N_, Conflict


@dataclass(eq=False)
class WrongApplicationState(Conflict):
    """The application has moved on: what was asked does not fit where it is now."""

    code = "wrong_application_state"
    sentence = N_("This cannot be done with the application in the state it is in.")
    state: str


CHANGEABLE = frozenset({"number", "submitted_at", "supplement_until", "terms_version"})
"""What may change together with the state."""


async def move(
    tx: Tx,
    *,
    application: ApplicationView,
    to: State,
    verb: str,
    actor_id: UUID | None,
    now: datetime,
    **changes: Any,
) -> ApplicationView:
    """The application in its new state, its version counted on, with `changes` of CHANGEABLE columns.

    The caller has it locked (`application_for(…, lock=True)`); history is written, mails are the
    caller's. Raises WrongApplicationState when the table of states forbids it."""
    if to not in ALLOWED[application.state]:
        raise WrongApplicationState(application.state.value)
    assert changes.keys() <= CHANGEABLE, "columns that no verb moves an application with"
    columns = "".join(f", {name} = ${n}" for n, name in enumerate(changes, start=4))
    await tx.execute(
        f"UPDATE application SET state = $2, changed_at = $3, version = version + 1{columns} WHERE id = $1",
        application.id,
        to,
        now,
        *changes.values(),
    )
    if application.state == State.SUPPLEMENTING and to != State.SUBMITTED:
        application = await put_back(tx, application)
    moved = replace(application, state=to, changed_at=now, version=application.version + 1, **changes)
    await note(tx, verb=verb, actor_id=actor_id, now=now, before=application, after=moved)
    return moved


async def note(
    tx: Tx,
    *,
    verb: str,
    actor_id: UUID | None,
    now: datetime,
    before: ApplicationView | None,
    after: ApplicationView,
) -> None:
    """History of a change: states, numbers and moments, nothing that the applicant wrote."""
    await record_of(
        tx,
        "application",
        after,
        verb=verb,
        actor_id=actor_id,
        now=now,
        before=_told(before) if before else None,
        after=_told(after),
    )


def _told(application: ApplicationView) -> dict[str, object]:
    return {
        "edition_id": application.edition_id,
        "organisation_id": application.organisation_id,
        "state": application.state,
        "number": application.number,
        "terms_version": application.terms_version,
        "submitted_at": application.submitted_at,
        "supplement_until": application.supplement_until,
        "version": application.version,
    }
