"""Pages of mentors, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import ADMINISTRATOR, MEMBER, OFFICE, Sight

MENTOR, DESK = "barbara.kompas", "koordynator.krakow"
BARBARA = "SELECT 'barbara-kompas' AS slug"
PAUSED = "SELECT 'ignacy-solniczka' AS slug"

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/mentors"),
    Sight(path="/mentors", what="narrowed", query="topic=prawo&language=de&online=yes&q=ewa"),
    Sight(path="/mentors", what="nobody fits", query="topic=prawo&gmina=mogilany"),
    Sight(path="/mentors", what="of a mentor", who=MENTOR),
    Sight(path="/mentors/{slug}", find=BARBARA),
    Sight(path="/mentors/{slug}", what="of their own", who=MENTOR, find=BARBARA),
    Sight(path="/mentors/{slug}", what="paused", who=MEMBER, find=PAUSED),
    Sight(path="/mentors/{slug}", what="nobody", find="SELECT 'nobody' AS slug", status=404),
    Sight(path="/mentors/{slug}/edit", who=MENTOR, find=BARBARA),
    Sight(path="/mentors/{slug}/edit", what="of the coordinator", who=DESK, find=BARBARA),
    Sight(path="/mentors/{slug}/edit", what="of another", who=MEMBER, find=BARBARA, status=403),
    Sight(path="/mentors/{slug}/hours", who=MENTOR, find=BARBARA),
    Sight(path="/mentors/{slug}/timesheet", who=MENTOR, find=BARBARA),
    Sight(path="/mentors/{slug}/timesheet", what="last month", who=DESK, find=BARBARA, query="month=2026-08"),
    Sight(path="/mentors/{slug}/timesheet", what="of another", who=MEMBER, find=BARBARA, status=404),
    Sight(path="/desk/mentors", who=DESK),
    Sight(path="/desk/mentors", what="none yet", who="koordynator.mogilany"),
    Sight(path="/desk/mentors", what="of the administrator", who=ADMINISTRATOR),
    Sight(path="/desk/mentors/{slug}", who=DESK, find=BARBARA),
    Sight(path="/desk/mentors/{slug}", what="paused, a volunteer", who="koordynator.wieliczka", find=PAUSED),
    Sight(path="/office/topics", who=OFFICE),
)
NO_PAGES: dict[str, str] = {
    "/portraits/{photo_id}": "a picture",
    "/mentors/{slug}/timesheet.pdf": "a paper to sign",
    "/mentors/{slug}/timesheet.csv": "a table for a spreadsheet",
}
EDIT = Sight(path="/mentors/{slug}/edit", who=MENTOR, find=BARBARA)
HOURS = Sight(path="/mentors/{slug}/hours", who=MENTOR, find=BARBARA)
AT_DESK = Sight(path="/desk/mentors/{slug}", who=DESK, find=BARBARA)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=EDIT, form=of("details"), typed={"name": ""}),
    Refusal(at=EDIT, form=of("details"), typed={"headline_pl": LONG}),
    Refusal(at=EDIT, form=of("details"), typed={"online_link": "spotkanie"}),
    Refusal(at=EDIT, form=of("rules"), typed={"horizon_days": "1", "lead_minutes": "30", "lead_minutes_unit": "day"}),
    Refusal(at=EDIT, form=of("portrait"), typed={}),
    Refusal(at=HOURS, form=of("week"), typed={"opens_0": "12:00", "closes_0": "09:00"}),
    Refusal(at=HOURS, form=of("week"), typed={"opens_0": "12:00", "closes_0": ""}),
    Refusal(at=HOURS, form=of("exception"), typed={"day": "2020-01-01"}),
    Refusal(at=Sight(path="/desk/mentors", who=DESK), form=of("add"), typed={"name": "Nowa", "email": "nobody"}),
    Refusal(at=Sight(path="/desk/mentors", who=DESK), form=of("policy"), typed={"person_hours": "dwie"}),
    Refusal(at=AT_DESK, form=of("contract"), typed={"rate": "dużo"}),
    Refusal(at=AT_DESK, form=of("contract"), typed={"ends": "2020-01-01"}),
    Refusal(
        at=AT_DESK,
        form=of("add_contract"),
        typed={"number": "M/01/2026", "starts": "2026-01-01", "ends": "2026-12-31", "rate": "1", "budget_hours": "1"},
    ),
    Refusal(at=AT_DESK, form=of("retire"), typed={"sure": ""}),
    Refusal(at=Sight(path="/office/topics", who=OFFICE), form=of("rename"), typed={"name_pl": ""}),
    Refusal(
        at=Sight(path="/office/topics", who=OFFICE),
        form=of("add"),
        typed={"name_pl": "Eksport", "name_en": "Export", "position": "1"},
    ),
)
