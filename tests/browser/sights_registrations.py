"""Pages of registrations, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import ADMINISTRATOR, Sight

COMING = """
    SELECT session.id AS session_id FROM clock, session JOIN session_seats AS seats ON seats.session_id = session.id
    WHERE state = 'published' AND lower(period) > clock.now + interval '30 hours' AND priority_for = 'nobody'
        AND NOT draws_seats AND {} ORDER BY lower(period), session.id LIMIT 1"""
OPEN, FULL = COMING.format("taken < capacity AND most_each > 1"), COMING.format("taken >= capacity")
PRIORITY = """
    SELECT session.id AS session_id FROM session, clock
    WHERE state = 'published' AND priority_until > clock.now ORDER BY lower(period) LIMIT 1"""
OVER = """
    SELECT session.id AS session_id FROM clock, session WHERE state = 'published' AND upper(period) <= clock.now
    AND presence_percent IS NOT NULL ORDER BY lower(period) DESC LIMIT 1"""
# Somebody has a seat who has no account, so that the desk can say for which company they come.
BY_HAND = """
    SELECT session.id AS session_id, registration.name AS person FROM clock, session JOIN registration ON session_id = session.id
    WHERE session.state = 'published' AND lower(period) > clock.now + interval '30 hours'
        AND registration.state = 'registered' AND account_id IS NULL AND NOT walk_in
    ORDER BY lower(period), registration.id LIMIT 1"""
DRAFT = "SELECT id AS session_id FROM session WHERE state = 'draft' LIMIT 1"


def registration(path: str, what: str, which: str) -> Sight:
    """A page of a registration that `which` describes, seen by who registered."""
    find = f"""
        SELECT registration.id AS registration_id, code, split_part(account.email, '@', 1) AS who
        FROM clock, registration JOIN account ON account.id = account_id JOIN session ON session.id = session_id
        JOIN ticket ON registration_id = registration.id
        WHERE {which} ORDER BY registration.id LIMIT 1"""
    return Sight(path=path, what=what, find=find)


ANSWERED = """registration.state = 'registered' AND lower(period) > clock.now
    AND EXISTS (SELECT FROM session_question WHERE session_question.session_id = session.id)"""
# As a mail brings it: the seal is in the link.
BY_LINK = """
    SELECT substring(text FROM '/registrations/([0-9a-f-]{{36}})/by/') AS registration_id,
        substring(text FROM '/registrations/[0-9a-f-]{{36}}/by/(\\S+)') AS seal
    FROM mail, registration WHERE registration.id = substring(text FROM '/registrations/([0-9a-f-]{{36}})/by/')::uuid
        AND text LIKE '%/registrations/%/by/%' AND account_id IS NULL AND registration.state = '{}'
    ORDER BY mail.id LIMIT 1"""
ASKED = """
    SELECT substring(text FROM '/exchange/survey/([0-9a-f-]{36})/') AS ticket_id,
        substring(text FROM '/exchange/survey/[0-9a-f-]{36}/(\\S+)') AS seal
    FROM mail, survey_asked WHERE text LIKE '%/exchange/survey/%'
        AND ticket_id = substring(text FROM '/exchange/survey/([0-9a-f-]{36})/')::uuid AND NOT answered LIMIT 1"""
CERTIFIED = "SELECT code FROM session_certificate WHERE revoked_at IS NULL ORDER BY number LIMIT 1"

FORM, MINE, LINK = (
    "/exchange/{session_id}/register",
    "/registrations/{registration_id}",
    "/registrations/{registration_id}/by/{seal}",
)
DESK, DOOR, SURVEY = (
    "/desk/exchange/{session_id}/people",
    "/desk/exchange/{session_id}/door",
    "/exchange/survey/{ticket_id}/{seal}",
)
FREE = Sight(path=FORM, find=OPEN)
WAITING_LIST = Sight(path=FORM, what="full", who=ADMINISTRATOR, find=FULL)
ANSWERING = Sight(path=SURVEY, find=ASKED)
PAST = Sight(path=DESK, what="over", who=ADMINISTRATOR, find=OVER)
AHEAD = Sight(path=DESK, what="coming", who=ADMINISTRATOR, find=FULL)
BY_DESK = Sight(path=DESK, what="with somebody without an account", who=ADMINISTRATOR, find=BY_HAND)
AT_DOOR = Sight(path=DOOR, who=ADMINISTRATOR, find=OVER)

SIGHTS: tuple[Sight, ...] = (
    FREE,
    WAITING_LIST,
    Sight(path=FORM, what="full, of a stranger", find=FULL),
    Sight(path=FORM, what="for some first", find=PRIORITY),
    Sight(path=FORM, what="over", find=OVER),
    Sight(path=FORM, what="a draft", find=DRAFT, status=404),
    Sight(path=FORM + "/sent", find=OPEN),
    registration("/registrations", "", "registration.state = 'registered' AND lower(period) > clock.now"),
    Sight(path="/registrations", what="none yet", who=ADMINISTRATOR),
    *(registration(MINE, state, f"registration.state = '{state}'") for state in ("registered", "waiting", "cancelled")),
    registration(MINE, "with answers", ANSWERED),
    Sight(path=LINK, find=BY_LINK.format("offered")),
    Sight(path=LINK, what="registered", find=BY_LINK.format("registered")),
    Sight(path=LINK, what="lapsed", find=BY_LINK.format("lapsed")),
    registration("/tickets/{code}", "", "registration.state = 'registered' AND live"),
    registration("/tickets/{code}", "given back", "registration.state = 'cancelled'"),
    Sight(path="/exchange/certificates/{code}", find=CERTIFIED),
    Sight(path="/exchange/certificates/{code}", what="unknown", find="SELECT 'AAAA' AS code", status=404),
    ANSWERING,
    Sight(path="/exchange/survey/thanks"),
    PAST,
    AHEAD,
    BY_DESK,
    Sight(path=DESK, what="nobody yet", who=ADMINISTRATOR, find=DRAFT),
    AT_DOOR,
    Sight(path=DOOR, what="searched", who=ADMINISTRATOR, find=OVER, query="q=zzz"),
)
NO_PAGES: dict[str, str] = {
    "/registrations/{registration_id}/session.ics": "an entry for a calendar; tests/calendars/test_seat_file.py",
    "/registrations/{registration_id}/by/{seal}/session.ics": "an entry for a calendar; tests/calendars/test_seat_file.py",
    "/registrations/{registration_id}/files/{material_id}": "a file; tests/registrations/test_pages.py",
    "/registrations/{registration_id}/by/{seal}/files/{material_id}": "a file; tests/registrations/test_pages.py",
    "/tickets/{code}/paper": "a PDF; tests/registrations/test_pages.py",
    "/exchange/certificates/{code}/paper": "a PDF; tests/registrations/test_pages.py",
    "/desk/exchange/{session_id}/list.pdf": "a PDF; tests/registrations/test_pages.py",
    "/desk/exchange/{session_id}/people.csv": "a spreadsheet; tests/registrations/test_pages.py",
    "/desk/exchange/door-worker.js": "a script; tests/browser/test_door_offline.py",
}
PLAIN = 'form:has([name="terms"])'
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=FREE, form=PLAIN, typed={"name": "Jan", "email": "nobody", "terms": "on"}),
    Refusal(at=WAITING_LIST, form=PLAIN, typed={"terms": ""}),
    Refusal(at=ANSWERING, form=of("answers"), typed={"comment": "Bez ocen."}),
    Refusal(at=BY_DESK, form=of("company"), typed={"nip": "12"}),
    Refusal(at=BY_DESK, form=of("company"), typed={"nip": "9999999999"}),
    Refusal(at=PAST, form=of("certify"), typed={}),
)
