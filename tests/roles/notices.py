"""Who may say what mails they get: see lines.py."""

from incubator.bookings.answer_link import ANSWER
from incubator.mentoring.answer_link import ANSWER as ANSWER_OF_MEETING
from tests.roles.lines import PUBLIC, SIGNED_IN, line, sending
from tests.roles.meetings import meeting
from tests.roles.world import Made, Send, World

KINDS = ("bookings", "meetings", "sessions")
CHOICE = {"invitations": True, "reminders": "both"}
TYPED = {f"{kind}_reminders": "none" for kind in KINDS}

line("GET /api/me/notifications", SIGNED_IN, "/api/me/notifications", scope="me")
line(
    "PUT /api/me/notifications",
    SIGNED_IN,
    sending("/api/me/notifications", **dict.fromkeys(KINDS, CHOICE)),
    scope="me",
)
line("GET /me/notifications", SIGNED_IN, "/me/notifications")
line("POST /me/notifications", SIGNED_IN, sending("/me/notifications", form="choose", version="0", **TYPED))


def booked(body: dict[str, str] | None = None) -> Send:
    """By the link of a mail to the holder."""

    async def send(world: World) -> Made:
        found = await world.booking()
        return _path(ANSWER.to(found.id, account_id=world.holder.id)), body

    return send


def met(body: dict[str, str] | None = None) -> Send:
    async def send(world: World) -> Made:
        # Another line may have left little of a month to a person.
        await world.sql("UPDATE mentoring_policy SET person_minutes = NULL")
        found = await meeting(world)
        return _path(ANSWER_OF_MEETING.to(found.id, account_id=world.holder.id)), body

    return send


def _path(link: str) -> str:
    return link[link.index("/", len("https://")) :]


# The link is the leave; what its reader may not do any more is refused to them.
line("GET /bookings/{booking_id}/answer/{account_id}/{given}", PUBLIC, booked())
line(
    "POST /bookings/{booking_id}/answer/{account_id}/{given}",
    PUBLIC,
    booked({"form": "cancel"}),
    also="too_late_to_cancel",
)
line("GET /meetings/{meeting_id}/answer/{account_id}/{given}", PUBLIC, met())
line("POST /meetings/{meeting_id}/answer/{account_id}/{given}", PUBLIC, met({"form": "cancel"}), also="409")
