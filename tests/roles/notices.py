"""Who may say what mails they get: see lines.py."""

from tests.roles.lines import SIGNED_IN, line, sending

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
