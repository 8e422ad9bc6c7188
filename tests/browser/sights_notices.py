"""The page on which one says what mails one gets: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import MEMBER, Sight

SIGHTS: tuple[Sight, ...] = (Sight(path="/me/notifications", who=MEMBER),)
NO_PAGES: dict[str, str] = {}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=Sight(path="/me/notifications", who=MEMBER), form=of("choose"), typed={"bookings_reminders": "never"}),
)
