"""Write to an applicant what became of their application, in the transaction in which it did."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from incubator.applications.extensions import ExtensionView
from incubator.applications.views import ApplicationView
from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.people.addressee import Addressee, addressees
from incubator.programmes.queries import EditionView
from incubator.web.letters import letter


class News(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    SUBMITTED = "submitted"
    SUPPLEMENTED = "supplemented"
    WITHDRAWN = "withdrawn"


async def tell(tx: Tx, *, application: ApplicationView, what: News, also: UUID | None = None, now: datetime) -> None:
    """Post a mail to the person who began it, and to who did this (`also`), each in their language."""
    to = await addressees(tx, account_id=application.account_id, organisation_id=application.organisation_id)
    if also is not None and also != application.account_id:
        to += await addressees(tx, account_id=also, organisation_id=application.organisation_id)
    for one in dict.fromkeys(to):
        await write(tx, to=one, application=application, what=what, now=now)


async def write(tx: Tx, *, to: Addressee, application: ApplicationView, what: str, now: datetime) -> None:
    """Post one mail about an application to somebody."""
    told = letter(
        f"applications/mail/{what}.txt",
        to.locale,
        application=application,
        name=to.name,
        call=call_name(application, to.locale),
    )
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


async def tell_extended(tx: Tx, *, edition: EditionView, extension: ExtensionView, now: datetime) -> None:
    """Post a mail to who was given longer; of an organisation, to its owners."""
    # Whoever is not of the organisation stands for its owners (see addressees).
    account_id = extension.account_id or extension.organisation_id
    assert account_id is not None
    for to in await addressees(tx, account_id=account_id, organisation_id=extension.organisation_id):
        told = letter(
            "applications/mail/extended.txt",
            to.locale,
            edition=edition,
            extension=extension,
            name=to.name,
            call=edition_name(edition, to.locale),
        )
        await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


def call_name(application: ApplicationView, locale: str) -> str:
    """What the edition that one applies to is called in this language."""
    polish = f"{application.programme_name_pl}, {application.edition_name_pl}"
    english = f"{application.programme_name_en}, {application.edition_name_en}"
    return english if locale == "en" else polish


def edition_name(edition: EditionView, locale: str) -> str:
    """The same of an edition."""
    polish, english = (
        f"{edition.programme_name_pl}, {edition.name_pl}",
        f"{edition.programme_name_en}, {edition.name_en}",
    )
    return english if locale == "en" else polish
