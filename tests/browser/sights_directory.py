"""Pages of the directory, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, MEMBER, OFFICE, OWN, OWNER, Sight

AMBASSADOR = "SELECT 'puszcza-robotics' AS slug"
IMPORTED = "SELECT 'okna-kocmyrzow' AS slug"
ITS_DESK = "koordynator.kocmyrzow-luborzyca"
LOOKED = """
    SELECT directory_import.id AS import_id FROM directory_import JOIN gmina ON gmina.id = gmina_id
    WHERE gmina.slug = 'kocmyrzow-luborzyca' LIMIT 1"""


def mailed(page: str) -> str:
    """SQL for the secret of the latest mailed link to this page."""
    return f"""
    SELECT substring(text FROM '/directory/{page}/(\\S+)') AS secret FROM mail
    WHERE text LIKE '%/directory/{page}/%' ORDER BY id DESC LIMIT 1"""


SIGHTS: tuple[Sight, ...] = (
    Sight(path="/directory"),
    Sight(path="/directory", what="found", query="q=meblami"),
    Sight(path="/directory", what="a slip", query="q=piekrania"),
    Sight(path="/directory", what="narrowed", query="q=roboty&gmina=niepolomice&ambassador=yes", who=MEMBER),
    Sight(path="/directory", what="nobody fits", query="q=helikopter&wants=looking"),
    Sight(path="/directory/{slug}", find=AMBASSADOR),
    Sight(path="/directory/{slug}", what="out of a register", find=IMPORTED),
    Sight(path="/directory/{slug}", what="nobody", find="SELECT 'nobody' AS slug", status=404),
    Sight(path="/directory/still/{secret}", find=mailed("still")),
    Sight(path="/directory/care/{secret}", find=mailed("care")),
    Sight(path="/directory/still/{secret}", what="used up", find="SELECT 'used-up' AS secret", status=410),
    Sight(path="/directory/care/{secret}", what="used up", find="SELECT 'used-up' AS secret", status=410),
    Sight(path="/organisations/{organisation_id}/profile", what="of a member", who=MEMBER, find=OWN),
    Sight(path="/organisations/{organisation_id}/profile", what="of its owner", who=OWNER, find=OWN),
    Sight(path="/organisations/{organisation_id}/profile", what="none yet", who="hanna.zamkowska", find=OWN),
    Sight(path="/desk/directory", who=ITS_DESK),
    Sight(path="/desk/directory", what="nobody fits", who=COORDINATOR, query="q=nobody"),
    Sight(path="/desk/directory", what="of the administrator", who=ADMINISTRATOR),
    Sight(path="/desk/directory/imports/{import_id}", what="taken over", who=ITS_DESK, find=LOOKED),
    Sight(path="/desk/directory/{slug}", what="an ambassador", who=COORDINATOR, find=AMBASSADOR),
    Sight(path="/desk/directory/{slug}", what="out of a register", who=ITS_DESK, find=IMPORTED),
    Sight(path="/desk/directory/{slug}", what="of another gmina", who=COORDINATOR, find=IMPORTED, status=403),
    Sight(path="/desk/directory/{slug}/facts", who=ITS_DESK, find=IMPORTED),
    Sight(
        path="/desk/directory/{slug}/facts",
        what="of one that keeps itself",
        who=COORDINATOR,
        find=AMBASSADOR,
        status=409,
    ),
    Sight(path="/office/specialisations", who=OFFICE),
)
PROFILE = Sight(path="/organisations/{organisation_id}/profile", who=OWNER, find=OWN)
DESK = Sight(path="/desk/directory", who=ITS_DESK)
AT_DESK = Sight(path="/desk/directory/{slug}", who=ITS_DESK, find=IMPORTED)
FACTS = Sight(path="/desk/directory/{slug}/facts", who=ITS_DESK, find=IMPORTED)
LIST = Sight(path="/office/specialisations", who=OFFICE)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=Sight(path="/directory/{slug}", find=IMPORTED), form=of("request"), typed={"email": "nobody"}),
    Refusal(at=PROFILE, form=of("describe"), typed={"makes_pl": ""}),
    Refusal(at=PROFILE, form=of("describe"), typed={"website": "javascript:alert(1)"}),
    Refusal(at=PROFILE, form=of("describe"), typed={"pkd_2025": "45.11.Z"}),
    Refusal(at=PROFILE, form=of("logo"), typed={}),
    Refusal(at=DESK, form=of("import"), typed={"source": "KRS"}),
    Refusal(at=DESK, form=of("answer"), typed={"answer": LONG * 10}),
    Refusal(at=AT_DESK, form=of("name"), typed={"reason": ""}),
    Refusal(at=AT_DESK, form=of("withhold"), typed={"reason": ""}),
    Refusal(at=AT_DESK, form=of("take_out"), typed={"sure": ""}),
    Refusal(at=FACTS, form=of("facts"), typed={"name": ""}),
    Refusal(at=FACTS, form=of("facts"), typed={"regon": "123"}),
    Refusal(at=LIST, form=of("add"), typed={"name_pl": "Rzemiosło"}),
    Refusal(at=LIST, form=of("add"), typed={"name_pl": ""}),
)
NO_PAGES: dict[str, str] = {
    "/directory/logos/{logo_id}": "a picture",
    "/desk/directory.csv": "a table for a spreadsheet",
}
