"""Write to a participant what became of their participation, in the transaction in which it did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.mail.post import post
from incubator.participation.queries import participation_by_id
from incubator.participation.views import ParticipationView, ProgrammeMeetingView
from incubator.people.addressee import addressees
from incubator.web.letters import letter

TAKING_PART = "SELECT id FROM participation WHERE edition_id = $1 AND state IN ('admitted', 'active') ORDER BY id"


async def tell(tx: Tx, *, participation: ParticipationView, what: str, now: datetime, **view: Any) -> None:
    """Post `templates/mail/{what}.txt` to who takes part; nothing where they were erased."""
    people = await addressees(tx, account_id=participation.account_id, organisation_id=participation.organisation_id)
    for to in people:
        english = to.locale == "en"
        told = letter(
            f"participation/mail/{what}.txt",
            to.locale,
            name=to.name,
            participation=participation,
            programme=(english and participation.programme_name_en) or participation.programme_name_pl,
            edition=(english and participation.edition_name_en) or participation.edition_name_pl,
            english=english,
            **view,
        )
        await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)


async def tell_everybody(tx: Tx, *, edition_id: UUID, meeting: ProgrammeMeetingView, now: datetime) -> None:
    """Write to who takes part that a meeting was moved, or called off."""
    for row in await tx.fetch(TAKING_PART, edition_id):
        participation = await participation_by_id(tx, participation_id=row["id"])
        await tell(tx, participation=participation, what="meeting", now=now, meeting=meeting)


async def note(
    tx: Tx,
    *,
    participation: ParticipationView,
    verb: str,
    actor_id: UUID | None,
    now: datetime,
    before: object = None,
    after: object = None,
) -> None:
    """History of a participation."""
    await record_of(
        tx, "participation", participation, verb=verb, actor_id=actor_id, now=now, before=before, after=after
    )
