"""Pages of aid, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, MEMBER, OWN, OWNER, Sight

GRANTED = """
    SELECT entry.organisation_id FROM aid_entry AS entry JOIN gmina ON gmina.id = entry.gmina_id
    JOIN organisation ON organisation.id = organisation_id AND organisation.gmina_id = gmina.id
    WHERE gmina.slug = 'niepolomice' ORDER BY entry.id LIMIT 1"""
REPORT = """
    SELECT aid_report.id AS report_id FROM aid_report JOIN gmina ON gmina.id = gmina_id
    WHERE gmina.slug = 'niepolomice' AND approved_at IS {} NULL ORDER BY made_at LIMIT 1"""
OWN_AID = Sight(path="/organisations/{organisation_id}/aid", what="of its owner", who=OWNER, find=OWN)
COMPANY = Sight(path="/desk/aid/companies/{organisation_id}", who=COORDINATOR, find=GRANTED)
REPORTS = Sight(path="/desk/aid/reports", who=COORDINATOR)
WORTH = Sight(path="/desk/aid/worth", who=COORDINATOR)
LAW = Sight(path="/admin/aid", who=ADMINISTRATOR)

SIGHTS: tuple[Sight, ...] = (
    OWN_AID,
    Sight(path="/organisations/{organisation_id}/aid", what="of a member", who=MEMBER, find=OWN),
    Sight(path="/organisations/{organisation_id}/aid", what="none yet", who="hanna.zamkowska", find=OWN),
    Sight(path="/desk/aid", who=COORDINATOR),
    Sight(path="/desk/aid", what="none in these days", who=COORDINATOR, query="first=2020-01-01&last=2020-02-01"),
    COMPANY,
    WORTH,
    REPORTS,
    Sight(path="/desk/aid/reports/{report_id}", what="a draft", who=COORDINATOR, find=REPORT.format("")),
    Sight(path="/desk/aid/reports/{report_id}", what="approved", who=COORDINATOR, find=REPORT.format("NOT")),
    LAW,
)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=OWN_AID, form=of("declare"), typed={"sure": ""}),
    Refusal(at=COMPANY, form=of("link"), typed={"nip": "12", "because": "x"}),
    Refusal(at=COMPANY, form=of("link"), typed={"nip": "9999999999", "because": "x"}),
    Refusal(at=WORTH, form=of("set"), typed={"since": "2020-01-01", "price": "180", "source": "trzy oferty"}),
    Refusal(at=WORTH, form=of("set"), typed={"since": "2036-01-01", "price": "dużo", "source": "trzy oferty"}),
    Refusal(at=REPORTS, form=of("draft"), typed={"first_day": "2020-01-01", "last_day": "2020-01-02"}),
    Refusal(at=LAW, form=of("limit"), typed={"ceiling": "dużo"}),
    Refusal(at=LAW, form=of("rate"), typed={"rate": "4"}),
)
NO_PAGES: dict[str, str] = {
    "/desk/aid/reports/{report_id}/table.csv": "a table for the register",
    "/aid/{entry_id}/certificate.pdf": "a paper",
}
