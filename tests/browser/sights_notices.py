"""The page on which one says what mails one gets: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import MEMBER, Sight

# As a mail brings it: the seal is in the link.
ANSWER = """
    SELECT told.{key}, told.account_id, given FROM (
        SELECT substring(text FROM '/{things}/([0-9a-f-]{{36}})/answer/') AS {key},
            substring(text FROM '/{things}/[0-9a-f-]{{36}}/answer/([0-9a-f-]{{36}})/') AS account_id,
            substring(text FROM '/{things}/[0-9a-f-]{{36}}/answer/[0-9a-f-]{{36}}/(\\S+)') AS given
        FROM mail WHERE text LIKE '%/{things}/%/answer/%'
    ) AS told JOIN {thing} ON {thing}.id = told.{key}::uuid
    WHERE {thing}.state = '{state}' ORDER BY lower(period) DESC LIMIT 1"""
BOOKING = ANSWER.format(things="bookings", thing="booking", key="booking_id", state="confirmed")
MEETING = ANSWER.format(things="meetings", thing="meeting", key="meeting_id", state="booked")

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/me/notifications", who=MEMBER),
    Sight(path="/bookings/{booking_id}/answer/{account_id}/{given}", find=BOOKING),
    Sight(path="/meetings/{meeting_id}/answer/{account_id}/{given}", find=MEETING),
)
NO_PAGES: dict[str, str] = {}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=Sight(path="/me/notifications", who=MEMBER), form=of("choose"), typed={"bookings_reminders": "never"}),
)
