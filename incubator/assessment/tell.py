"""Write to applicants, scorers and coordinators, in the transaction that there is something to tell of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.applications.views import ApplicationView
from incubator.assessment.words import points_in
from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.people.addressee import addressees
from incubator.programmes.queries import EditionView
from incubator.web.letters import letter


async def tell_applicant(tx: Tx, *, application: ApplicationView, what: str, now: datetime, **view: Any) -> None:
    """Post the template `what` to who applied, or to the owners of the organisation that they have left.
    `points` in `view` are hundredths."""
    for to in await addressees(tx, account_id=application.account_id, organisation_id=application.organisation_id):
        told = letter(
            f"assessment/mail/{what}.txt",
            to.locale,
            name=to.name,
            application=application,
            programme=_name(application, to.locale),
            **_shown(view, to.locale),
        )
        await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


async def tell_person(
    tx: Tx,
    *,
    account_id: UUID,
    what: str,
    now: datetime,
    edition: EditionView | None = None,
    application: ApplicationView | None = None,
    **view: Any,
) -> None:
    """Post the template `what` to somebody who judges; nothing where they were erased."""
    of = edition or application
    assert of is not None
    edition_id = edition.id if edition else application.edition_id if application else None
    for to in await addressees(tx, account_id=account_id, organisation_id=None):
        told = letter(
            f"assessment/mail/{what}.txt",
            to.locale,
            name=to.name,
            edition_id=edition_id,
            application=application,
            programme=_name(of, to.locale),
            **view,
        )
        await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


def _shown(view: dict[str, Any], locale: str) -> dict[str, Any]:
    return {**view, "points": points_in(view["points"], locale)} if "points" in view else view


def _name(of: EditionView | ApplicationView, locale: str) -> str:
    """Programme and edition in this language."""
    if isinstance(of, EditionView):
        pl, en = (of.programme_name_pl, of.name_pl), (of.programme_name_en, of.name_en)
    else:
        pl, en = (of.programme_name_pl, of.edition_name_pl), (of.programme_name_en, of.edition_name_en)
    return ", ".join(here if locale == "pl" else there or here for here, there in zip(pl, en, strict=True))
