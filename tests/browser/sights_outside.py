"""Pages of calendars kept elsewhere, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import ADMINISTRATOR, MEMBER, Sight

MENTOR, DESK = "barbara.kompas", "koordynator.krakow"
BARBARA = "SELECT 'barbara-kompas' AS slug"
READ = "SELECT slug FROM mentor JOIN outside_calendar ON mentor_id = mentor.id"
ROOM = """
SELECT space.id AS space_id FROM space JOIN incubator ON incubator.id = incubator_id JOIN gmina ON gmina.id = gmina_id
WHERE gmina.slug = 'krakow' AND space.retired_at IS NULL ORDER BY space.id LIMIT 1
"""

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/mentors/{slug}/calendars", what="none yet", who=MENTOR, find=BARBARA),
    Sight(path="/mentors/{slug}/calendars", what="one, with a clash", who=ADMINISTRATOR, find=READ),
    Sight(path="/mentors/{slug}/calendars", what="of another", who=MEMBER, find=BARBARA, status=403),
    Sight(path="/desk/spaces/{space_id}/calendars", who=DESK, find=ROOM),
)
NO_PAGES: dict[str, str] = {}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(
        at=Sight(path="/mentors/{slug}/calendars", who=MENTOR, find=BARBARA),
        form=of("add"),
        typed={"address": "kalendarz"},
    ),
    Refusal(
        at=Sight(path="/desk/spaces/{space_id}/calendars", who=DESK, find=ROOM),
        form=of("add"),
        typed={"address": "https://127.0.0.1/a.ics"},
    ),
)
