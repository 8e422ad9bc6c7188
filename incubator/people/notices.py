"""What mails a person would like besides those that tell what has happened: invitations that their calendar takes in,
and reminders."""

from dataclasses import dataclass
from enum import StrEnum

from incubator.db.engine import Tx
from incubator.people.actor import Actor


class About(StrEnum):
    """What a notice is about."""

    BOOKINGS = "bookings"
    MEETINGS = "meetings"
    SESSIONS = "sessions"


class Reminders(StrEnum):
    """How long before it begins."""

    NONE = "none"
    HOUR = "hour"
    DAY = "day"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """A person's choice for one kind of thing."""

    about: About
    invitations: bool = True
    reminders: Reminders


UNSAID = {About.BOOKINGS: Reminders.NONE, About.MEETINGS: Reminders.DAY, About.SESSIONS: Reminders.DAY}
"""What reminders somebody gets who never said; invitations they get."""

CHOSEN = "SELECT about, invitations, reminders FROM notice_choice WHERE account_id = $1"


async def notices_of(tx: Tx, *, actor: Actor) -> list[Notices]:
    """The asker's choice for each kind of thing."""
    chosen = {row["about"]: row for row in await tx.fetch(CHOSEN, actor.account_id)}
    return [
        Notices(
            about=about,
            invitations=chosen[about]["invitations"] if about in chosen else True,
            reminders=Reminders(chosen[about]["reminders"]) if about in chosen else unsaid,
        )
        for about, unsaid in UNSAID.items()
    ]
