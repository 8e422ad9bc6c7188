"""Pages of participation, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import Sight

COORDINATOR, FOUNDER, NOBODY_YET = "koordynator.krakow", "zofia.wronka", "administrator"


def participation(path: str, what: str, which: str, *, who: str = "") -> Sight:
    """A page of a participation that `which` describes: seen by an owner of the organisation, or by `who`."""
    find = f"""
        SELECT participation.id AS participation_id, edition_id,
            coalesce(nullif('{who}', ''), split_part(account.email, '@', 1)) AS who
        FROM participation JOIN account ON account.id = account_id WHERE {which}
        ORDER BY admitted_on DESC, participation.id LIMIT 1"""
    return Sight(path=path, what=what, find=find)


MINE, DESK = "/participations/{participation_id}", "/desk/participations/{participation_id}"
MEETING = "/desk/programme-meetings/{meeting_id}"
RUNNING = "SELECT edition_id FROM participation WHERE state = 'admitted' LIMIT 1"
OVER = "SELECT edition_id FROM participation WHERE state = 'graduated' LIMIT 1"
RETURNED = "participation.id IN (SELECT participation_id FROM milestone WHERE state = 'returned') AND participation.state = 'active'"
HANDED_IN = "participation.id IN (SELECT participation_id FROM milestone WHERE state = 'handed_in') AND participation.state = 'active'"
NOTED = "SELECT programme_meeting_id AS meeting_id FROM attendance LIMIT 1"
TO_NOTE = """SELECT programme_meeting.id AS meeting_id FROM programme_meeting, clock WHERE upper(period) <= clock.now
    AND id NOT IN (SELECT programme_meeting_id FROM attendance) LIMIT 1"""
COMING = (
    "SELECT programme_meeting.id AS meeting_id FROM programme_meeting, clock WHERE lower(period) > clock.now LIMIT 1"
)
VALID = "SELECT code FROM certificate WHERE revoked_at IS NULL ORDER BY number LIMIT 1"
ANSWERED = """
    SELECT substring(text FROM '/outcomes/(\\S+)') AS secret FROM mail JOIN outcome_link
    ON token_hash = sha256(substring(text FROM '/outcomes/(\\S+)')::bytea)
    JOIN outcome_survey AS survey ON survey.id = survey_id WHERE answered_at IS {} NULL LIMIT 1"""

ASKED = Sight(path="/outcomes/{secret}", find=ANSWERED.format(""))
PARTICIPANTS = Sight(path="/desk/editions/{edition_id}/participants", who=COORDINATOR, find=RUNNING)
MEETINGS = Sight(path="/desk/editions/{edition_id}/meetings", who=COORDINATOR, find=RUNNING)
LIST = Sight(path=MEETING, what="to be noted", who=COORDINATOR, find=TO_NOTE)
OWN = participation(MINE, "with something to mend", RETURNED)
ADMITTED = participation(DESK, "admitted", "participation.state = 'admitted'", who=COORDINATOR)
ACTIVE = participation(DESK, "with something handed in", HANDED_IN, who=COORDINATOR)
GRADUATED = participation(DESK, "graduated", "participation.state = 'graduated'", who=COORDINATOR)

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/participations", who=FOUNDER),
    Sight(path="/participations", what="none yet", who=NOBODY_YET),
    OWN,
    *(
        participation(MINE, state, f"participation.state = '{state}'")
        for state in ("admitted", "graduated", "withdrawn", "removed")
    ),
    participation(MINE + "/record", "", "participation.state = 'graduated'"),
    PARTICIPANTS,
    ADMITTED,
    ACTIVE,
    GRADUATED,
    *(
        participation(DESK, state, f"participation.state = '{state}'", who=COORDINATOR)
        for state in ("withdrawn", "removed")
    ),
    MEETINGS,
    LIST,
    Sight(path=MEETING, what="noted", who=COORDINATOR, find=NOTED),
    Sight(path=MEETING, what="coming", who=COORDINATOR, find=COMING),
    Sight(path="/desk/editions/{edition_id}/outcomes", who=COORDINATOR, find=OVER),
    Sight(path="/desk/editions/{edition_id}/record", who=COORDINATOR, find=OVER),
    Sight(path="/desk/record", who=COORDINATOR),
    Sight(path="/desk/record", what="nothing there", who=COORDINATOR, query="first=2019-01-01&last=2019-02-01"),
    Sight(path="/office/programmes", who="biuro.smk"),
    Sight(path="/certificates/{code}", find=VALID),
    Sight(path="/certificates/{code}", what="unknown", find="SELECT 'AAAA-AAAA-AAAA' AS code", status=404),
    ASKED,
    Sight(path="/outcomes/{secret}", what="answered", find=ANSWERED.format("NOT")),
)
NO_PAGES: dict[str, str] = {
    "/participations/{participation_id}/certificates/{certificate_id}": "a PDF; tests/participation/test_pages.py",
}
MEETING_FORM = {"name_pl": "Warsztaty", "day": "2026-09-20", "starts": "12:00", "ends": "10:00"}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=MEETINGS, form=of("meeting"), typed=MEETING_FORM),
    Refusal(at=LIST, form=of("meeting"), typed=MEETING_FORM),
    Refusal(at=ADMITTED, form=of("remove"), typed={"reason": "Bo tak.", "sure": ""}),
    Refusal(at=GRADUATED, form=of("certificate"), typed={}),
    Refusal(at=OWN, form=of("withdraw"), typed={"reason": "Nie damy rady.", "sure": ""}),
    Refusal(at=ASKED, form=of("answers"), typed={"jobs": "dużo", "funding": "0"}),
)
