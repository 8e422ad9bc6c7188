"""Pages of meetings, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, MEMBER, OWNER, Sight

MENTOR = "barbara.kompas"
BARBARA = "SELECT 'barbara-kompas' AS slug"


def meetings(path: str, what: str, which: str, *, who: str = "", query: str = "") -> Sight:
    """A page of a meeting that `which` describes: seen by who booked it, or by `who` (a column, or a name)."""
    seen = who or "split_part(account.email, '@', 1)"
    find = f"""
        SELECT meeting.id AS meeting_id, {seen} AS who
        FROM clock, meeting JOIN account ON account.id = meeting.account_id JOIN mentor ON mentor.id = mentor_id
        JOIN account AS giver ON giver.id = mentor.account_id JOIN gmina ON gmina.id = meeting.gmina_id
        WHERE {which} ORDER BY lower(period), meeting.id LIMIT 1"""
    return Sight(path=path, what=what, find=find, query=query)


BY_MENTOR, BY_DESK = "split_part(giver.email, '@', 1)", "'koordynator.' || gmina.slug"
COMING = "meeting.state = 'booked' AND lower(period) > clock.now + interval '2 days'"
OVER = "meeting.locked_at IS NULL AND upper(period) < clock.now AND meeting.state <> 'cancelled'"
LOCKED = "meeting.locked_at IS NOT NULL"
ONE = "/meetings/{meeting_id}"
SIGHTS: tuple[Sight, ...] = (
    Sight(path="/mentors/any"),
    Sight(path="/mentors/any", what="found", query="topic=prawo&minutes=60"),
    Sight(path="/mentors/any", what="nobody", query="topic=prawo&minutes=60&language=uk"),
    Sight(path="/mentors/{slug}/meet", find=BARBARA),
    Sight(path="/mentors/{slug}/meet", what="of a member", who=MEMBER, find=BARBARA, query="minutes=30"),
    Sight(path="/mentors/{slug}/meet", what="too far ahead", find=BARBARA, query="date=2027-09-16"),
    Sight(
        path="/mentors/{slug}/meet/confirm",
        what="taken",
        who=MEMBER,
        find=BARBARA,
        query="start=2026-09-10T01:00Z&minutes=60",
    ),
    Sight(path="/meetings", who=OWNER),
    Sight(path="/meetings", what="none", who="alicja.pomysl"),
    Sight(path="/meetings/past", who=OWNER),
    meetings(ONE, "coming", COMING),
    meetings(ONE, "coming, of the mentor", COMING, who=BY_MENTOR),
    meetings(ONE, "over, not recorded", OVER),
    meetings(ONE, "over, of the mentor", OVER, who=BY_MENTOR),
    meetings(ONE, "over, of the coordinator", OVER, who=BY_DESK),
    meetings(ONE, "locked", LOCKED),
    meetings(ONE, "called off", "meeting.state = 'cancelled'"),
    meetings("/meetings/{meeting_id}/done", "", COMING),
    meetings("/meetings/{meeting_id}/move", "", COMING),
    Sight(path="/mentor", who=MENTOR),
    Sight(path="/mentor", what="of who is none", who=MEMBER, status=403),
    Sight(path="/desk/meetings", who=COORDINATOR),
    Sight(path="/desk/meetings", what="of the administrator", who=ADMINISTRATOR),
)
NO_PAGES: dict[str, str] = {"/meetings/{meeting_id}/event.ics": "a calendar"}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=meetings(ONE, "coming, of the mentor", COMING, who=BY_MENTOR), form=of("cancel"), typed={"reason": ""}),
    Refusal(at=meetings(ONE, "over, of the mentor", OVER, who=BY_MENTOR), form=of("record"), typed={"minutes": "900"}),
    Refusal(at=meetings(ONE, "over, of the mentor", OVER, who=BY_MENTOR), form=of("missed"), typed={"sure": ""}),
    Refusal(at=meetings(ONE, "over, of the coordinator", OVER, who=BY_DESK), form=of("settle"), typed={"reason": ""}),
    Refusal(at=Sight(path="/mentor", who=MENTOR), form=of("away"), typed={"first": "2026-10-10", "last": "2026-10-01"}),
    Refusal(at=Sight(path="/mentor", who=MENTOR), form=of("away"), typed={"first": "2020-01-01", "last": "2020-01-02"}),
)
