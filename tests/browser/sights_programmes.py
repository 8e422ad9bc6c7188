"""Pages of programmes, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import COORDINATOR, MEMBER, OFFICE, Sight

WORKSHOP = "SELECT 'warsztat-przemyslowy' AS slug"
GREEN = "SELECT 'zielona-metropolia' AS slug"
RUN_UP = "SELECT 'rozbieg' AS slug"
KRAKOW = "koordynator.krakow"


def edition(programme: str, name: str) -> str:
    """SQL for an edition of the demonstration."""
    return f"""
        SELECT edition.id AS edition_id, programme.slug, edition.slug AS edition_slug, 1 AS version
        FROM edition JOIN programme ON programme.id = programme_id
        WHERE programme.slug = '{programme}' AND edition.slug = '{name}'"""


OPEN = edition("warsztat-przemyslowy", "edycja-1")
DRAFT = edition("warsztat-przemyslowy", "edycja-2")
RUNNING = edition("rozbieg", "edycja-2")
OVER = edition("rozbieg", "edycja-1")
COMING = edition("zielona-metropolia", "edycja-2")
PUBLIC, DESK = "/programmes/{slug}/{edition_slug}", "/desk/editions/{edition_id}"
TERMS = f"{PUBLIC}/terms/{{version}}"

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/programmes"),
    Sight(path="/programmes", what="of a coordinator", who=COORDINATOR),
    Sight(path="/programmes/{slug}", find=WORKSHOP),
    Sight(path="/programmes/{slug}", what="of who runs it", who=COORDINATOR, find=WORKSHOP),
    Sight(path="/programmes/{slug}", what="of the office", find=GREEN),
    Sight(path="/programmes/{slug}", what="not there", find="SELECT 'gone' AS slug", status=404),
    Sight(path=PUBLIC, what="open", find=OPEN),
    Sight(path=PUBLIC, what="draft", who=COORDINATOR, find=DRAFT),
    Sight(path=PUBLIC, what="draft of others", who=MEMBER, find=DRAFT, status=404),
    Sight(path=PUBLIC, what="running", find=RUNNING),
    Sight(path=PUBLIC, what="over", find=OVER),
    Sight(path=PUBLIC, what="coming", find=COMING),
    Sight(path=TERMS, what="one followed by another", find=RUNNING),
    Sight(path=TERMS, what="the only one", find=OPEN),
    Sight(path="/desk/programmes", who=COORDINATOR),
    Sight(path="/desk/programmes", what="of the office", who=OFFICE),
    Sight(path="/desk/programmes", what="none yet", who="koordynator.mogilany"),
    Sight(path="/desk/programmes/{slug}", who=COORDINATOR, find=WORKSHOP),
    Sight(path="/desk/programmes/{slug}", what="of the office", who=OFFICE, find=GREEN),
    Sight(path="/desk/programmes/{slug}", what="of another gmina", who=COORDINATOR, find=RUN_UP, status=403),
    Sight(path=DESK, what="open", who=COORDINATOR, find=OPEN),
    Sight(path=DESK, what="draft", who=COORDINATOR, find=DRAFT),
    Sight(path=DESK, what="running", who=KRAKOW, find=RUNNING),
    Sight(path=DESK, what="over", who=KRAKOW, find=OVER),
    Sight(path="/office/bundle", who=OFFICE),
)
NO_PAGES: dict[str, str] = {}
AT_DESK = Sight(path=DESK, what="open", who=COORDINATOR, find=OPEN)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=Sight(path="/office/bundle", who=OFFICE), form=of("details"), typed={"name_pl": ""}),
    Refusal(
        at=Sight(path="/office/bundle", who=OFFICE),
        form=of("partners"),
        typed={"name_0": "X", "url_0": "not an address"},
    ),
    Refusal(at=Sight(path="/desk/programmes", who=COORDINATOR), form=of("programme"), typed={"name_pl": ""}),
    Refusal(
        at=Sight(path="/desk/programmes/{slug}", who=COORDINATOR, find=WORKSHOP),
        form=of("edition"),
        typed={"name_pl": "Edycja 3", "starts_on": "2027-06-01", "ends_on": "2027-05-01"},
    ),
    Refusal(
        at=Sight(path="/desk/programmes/{slug}", who=COORDINATOR, find=WORKSHOP),
        form=of("close"),
        typed={"sure": "on"},
    ),
    Refusal(
        at=Sight(path="/desk/programmes/{slug}", who=COORDINATOR, find=WORKSHOP),
        form=of("details"),
        typed={"name_pl": LONG},
    ),
    Refusal(
        at=Sight(path="/desk/programmes/{slug}", who=COORDINATOR, find=WORKSHOP),
        form=of("partners"),
        typed={"name_0": "", "url_0": "https://example.com"},
    ),
    Refusal(at=AT_DESK, form=of("details"), typed={"places": "0"}),
    Refusal(at=AT_DESK, form=of("terms"), typed={"text_pl": "§ 1", "in_force_from": "2020-01-01"}),
    Refusal(at=AT_DESK, form=of("dates"), typed={"on_day_0": "", "name_pl_0": "Warsztat"}),
    Refusal(at=AT_DESK, form=of("perks"), typed={"amount_0": "mnóstwo"}),
    Refusal(at=AT_DESK, form=of("partners"), typed={"name_0": "X", "url_0": "not an address"}),
    Refusal(
        at=Sight(path=DESK, what="running", who=KRAKOW, find=RUNNING),
        form=of("close"),
        typed={"sure": ""},
    ),
)
