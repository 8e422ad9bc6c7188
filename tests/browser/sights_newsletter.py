"""Pages of newsletter, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import COORDINATOR, MEMBER, OFFICE, Sight


def issue(state: str) -> str:
    return f"SELECT id AS issue_id FROM newsletter_issue WHERE state = '{state}' ORDER BY created_at LIMIT 1"


PENDING = """
    SELECT substring(text FROM '/newsletter/confirm/(\\S+)') AS secret FROM mail JOIN newsletter_subscription AS own
    ON confirm_hash = sha256(substring(text FROM '/newsletter/confirm/(\\S+)')::bytea)
    WHERE own.state = 'pending' ORDER BY own.id LIMIT 1"""
LIST, OWN = Sight(path="/newsletter"), Sight(path="/me/newsletter", who=MEMBER)
DESK = Sight(path="/desk/newsletter", who=COORDINATOR)
DRAFT = Sight(path="/desk/newsletter/{issue_id}", what="draft", who=COORDINATOR, find=issue("draft"))

SIGHTS: tuple[Sight, ...] = (
    LIST,
    Sight(path="/newsletter", what="of a member", who=MEMBER),
    Sight(path="/newsletter/asked"),
    Sight(path="/newsletter/{issue_id}", find=issue("sent")),
    Sight(path="/newsletter/{issue_id}", what="not sent yet", find=issue("scheduled"), status=404),
    Sight(path="/newsletter/confirm/{secret}", find=PENDING),
    Sight(path="/newsletter/confirm/{secret}", what="unknown", find="SELECT 'nothing' AS secret", status=404),
    OWN,
    DESK,
    Sight(path="/desk/newsletter", what="of the office", who=OFFICE),
    Sight(path="/desk/newsletter", what="none yet", who="koordynator.mogilany"),
    DRAFT,
    Sight(path="/desk/newsletter/{issue_id}", what="withdrawn", who=COORDINATOR, find=issue("withdrawn")),
    Sight(path="/desk/newsletter/{issue_id}", what="scheduled", who=OFFICE, find=issue("scheduled")),
    Sight(path="/desk/newsletter/{issue_id}", what="sent", who=OFFICE, find=issue("sent")),
    Sight(path="/desk/newsletter/{issue_id}/preview", who=OFFICE, find=issue("scheduled")),
)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=LIST, form=of("subscribe"), typed={"email": "nobody", "consent": "on"}),
    Refusal(at=LIST, form=of("subscribe"), typed={"email": "ktos@demo.invalid", "consent": ""}),
    Refusal(at=OWN, form=of("choose"), typed={"consent": ""}),
    Refusal(at=DESK, form=of("start"), typed={"title_pl": LONG}),
    Refusal(at=DRAFT, form=of("add_text"), typed={"text_pl": ""}),
    Refusal(at=DRAFT, form=of("details"), typed={"title_pl": LONG}),
    Refusal(at=DRAFT, form=of("discard"), typed={"sure": ""}),
)
NO_PAGES: dict[str, str] = {
    "/newsletter/manage/{key}/{secret}": "a sealed link; tests/newsletter/test_pages.py",
    "/newsletter/one-click/{key}/{secret}": "a sealed link; tests/newsletter/test_pages.py",
}
