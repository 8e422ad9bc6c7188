"""Pages of exchanges, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import COORDINATOR, MEMBER, OFFICE, Sight


def session(title: str) -> str:
    """SQL for a session of the demonstration."""
    return f"SELECT id AS session_id FROM session WHERE title_pl LIKE '{title}%' ORDER BY lower(period) LIMIT 1"


def topic(state: str) -> str:
    return f"SELECT id AS topic_id FROM topic_request WHERE state = '{state}' ORDER BY created_at LIMIT 1"


def at_niepolomice(state: str) -> str:
    return f"""SELECT topic_request.id AS topic_id FROM topic_request JOIN gmina ON gmina.id = gmina_id
        WHERE state = '{state}' AND slug = 'niepolomice' LIMIT 1"""


INVOICE, COFFEE, DRAFT = session("Pierwsza faktura"), session("Kawa"), session("Sztuczna")
OVER, MARKET, ONLINE = session("Umowa z pierwszym"), session("Wielkowiejski"), session("Jak założyć")
HYBRID, OFFICIAL, FEW, DEMO_DAY = session("Founders"), session("Dyżur"), session("Eksport"), session("Demo day")
OFF = "SELECT id AS session_id FROM session WHERE state = 'cancelled' LIMIT 1"
PUBLIC, DESK = "/exchange/{session_id}", "/desk/exchange/{session_id}"
ASK = Sight(path="/exchange/topics/ask", who=MEMBER)
NEW = Sight(path="/desk/exchange/new", who=COORDINATOR)
ONE = Sight(path=DESK, what="published", who=COORDINATOR, find=INVOICE)
PROGRAMME = Sight(path=f"{DESK}/programme", who=COORDINATOR, find=INVOICE)
DATES = Sight(path=f"{DESK}/dates", what="of none", who=COORDINATOR, find=INVOICE)
FORESEEN = Sight(
    path=f"{DESK}/dates", what="foreseen", who=COORDINATOR, find=INVOICE, query="weekdays=3&count=4&every_weeks=1"
)
AFTER = Sight(path=f"{DESK}/after", who=COORDINATOR, find=OVER)
TOPIC = Sight(path="/desk/exchange/topics/{topic_id}", what="open", who=COORDINATOR, find=at_niepolomice("open"))

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/exchange"),
    Sight(path="/exchange", what="of a coordinator", who=COORDINATOR),
    Sight(path="/exchange", what="narrowed", query="gmina=niepolomice&kind=meetup"),
    Sight(path="/exchange", what="nothing fits", query="gmina=mogilany&kind=market"),
    Sight(path="/exchange", what="by month", query="month=2026-09"),
    Sight(path="/exchange", what="an empty month", query="month=2031-01"),
    *(
        Sight(path=PUBLIC, what=what, find=find)
        for what, find in (
            ("in a room", INVOICE),
            ("over", OVER),
            ("a market", MARKET),
            ("online", ONLINE),
            ("hybrid", HYBRID),
            ("consultation", OFFICIAL),
            ("with a minimum", FEW),
            ("called off", OFF),
        )
    ),
    Sight(path=PUBLIC, what="draft", who=COORDINATOR, find=DRAFT),
    Sight(path=PUBLIC, what="draft of others", who=MEMBER, find=DRAFT, status=404),
    Sight(path="/exchange/topics"),
    Sight(path="/exchange/topics", what="none", query="gmina=mogilany"),
    *(
        Sight(path="/exchange/topics/{topic_id}", what=state, who=MEMBER, find=topic(state))
        for state in ("open", "planned", "assigned", "answered", "declined")
    ),
    Sight(path="/exchange/topics/{topic_id}", what="nobody signed in", find=topic("open")),
    ASK,
    Sight(path="/desk/exchange", who=COORDINATOR),
    Sight(path="/desk/exchange", what="of the office", who=OFFICE),
    Sight(path="/desk/exchange", what="none yet", who="koordynator.mogilany"),
    NEW,
    Sight(path="/desk/exchange/new", what="of the office", who=OFFICE),
    Sight(path="/desk/exchange/topics", who=COORDINATOR),
    Sight(path="/desk/exchange/topics", what="none", who="koordynator.mogilany"),
    *(
        Sight(path="/desk/exchange/topics/{topic_id}", what=state, who=COORDINATOR, find=at_niepolomice(state))
        for state in ("new", "planned")
    ),
    TOPIC,
    Sight(
        path="/desk/exchange/topics/{topic_id}", what="answered", who="koordynator.wieliczka", find=topic("answered")
    ),
    ONE,
    Sight(path=DESK, what="draft", who=COORDINATOR, find=DRAFT),
    Sight(path=DESK, what="over", who=COORDINATOR, find=OVER),
    Sight(path=DESK, what="called off", who=COORDINATOR, find=OFF),
    Sight(path=DESK, what="of another gmina", who="koordynator.skawina", find=INVOICE, status=403),
    PROGRAMME,
    Sight(path=f"{DESK}/programme", what="a market", who="koordynator.wielka-wies", find=MARKET),
    DATES,
    FORESEEN,
    Sight(path=f"{DESK}/dates", what="a series", who=COORDINATOR, find=COFFEE),
    AFTER,
    Sight(path=f"{DESK}/after", what="nothing yet", who=COORDINATOR, find=INVOICE),
)
NO_PAGES: dict[str, str] = {
    "/exchange/{session_id}/session.ics": "an entry for a calendar",
    "/exchange/{session_id}/materials/{material_id}": "a file; tests/exchanges/test_pages.py",
}
BACKWARDS = {"day": "2026-10-05", "starts": "12:00", "ends": "10:00"}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=ASK, form=of("topic"), typed={"title": ""}),
    Refusal(at=NEW, form=of("session"), typed={"title_pl": "Nowe", "mode": "elsewhere", "place": "X", **BACKWARDS}),
    Refusal(at=ONE, form=of("move"), typed=BACKWARDS),
    Refusal(at=ONE, form=of("capacity"), typed={"capacity": "0"}),
    Refusal(at=ONE, form=of("session"), typed={"title_pl": LONG}),
    Refusal(at=ONE, form=of("off"), typed={"reason": ""}),
    Refusal(at=PROGRAMME, form=of("speakers"), typed={"speaker_role_pl_1": "prawniczka"}),
    Refusal(at=PROGRAMME, form=of("questions"), typed={"text_pl_1": "Co?", "kind_1": "choice"}),
    Refusal(at=DATES, form=of("copy"), typed=BACKWARDS),
    Refusal(at=AFTER, form=of("link"), typed={"title_pl": "Slajdy", "url": "not an address"}),
    Refusal(at=AFTER, form=of("answer"), typed={"question": "", "answer": "Tak"}),
    Refusal(at=TOPIC, form=of("assign"), typed={"official_role": "Skarbnik", "answer_by": "2020-01-01"}),
    Refusal(at=TOPIC, form=of("answer"), typed={"text": ""}),
    Refusal(at=TOPIC, form=of("decline"), typed={"reason": ""}),
)
