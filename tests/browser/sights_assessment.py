"""Pages of assessment, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import COORDINATOR, MEMBER, OFFICE, Sight
from tests.browser.sights_programmes import DRAFT, KRAKOW, OPEN, RUNNING, edition

ASSESSED = edition("zielona-metropolia", "edycja-1")
RANKED = edition("warsztat-przemyslowy", "edycja-probna")
JUDGING, FORMAL, RANKING = (f"/desk/editions/{{edition_id}}/{part}" for part in ("assessment", "formal", "ranking"))
TASK, DECISION = "/assess/{application_id}", "/applications/{application_id}/decision"
FIRST, SECOND, THIRD = "halina.wierzbicka", "marek.olszak", "teresa.jagoda"


def task(which: str) -> str:
    """SQL for an application that its reader is to score, or declared a conflict with."""
    return f"""
        SELECT application.id AS application_id FROM me, application
        LEFT JOIN assignment ON assignment.application_id = application.id
        LEFT JOIN conflict_declaration AS declared ON declared.application_id = application.id
            AND declared.account_id = (SELECT id FROM me)
        LEFT JOIN score_sheet AS sheet ON sheet.application_id = application.id AND sheet.account_id = (SELECT id FROM me)
        WHERE application.state = 'formally_passed'
            AND (assignment.account_id = me.id OR declared.conflicted) AND {which} ORDER BY number LIMIT 1"""


def decision(state: str) -> str:
    """SQL for an application in this state, and who handed it in."""
    return f"""
        SELECT application.id AS application_id, split_part(account.email, '@', 1) AS who
        FROM application JOIN account ON account.id = account_id WHERE application.state = '{state}' ORDER BY number LIMIT 1"""


UNDECLARED = task("declared.account_id IS NULL")
BEGUN = task("sheet.account_id IS NOT NULL AND sheet.submitted_at IS NULL")
DECIDED = (
    "formally_passed",
    "supplementing",
    "formally_rejected",
    "below_threshold",
    "not_admitted",
    "reserve",
    "declined",
)
OFFERED = Sight(path=DECISION, what="offered", find=decision("offered"))
TO_APPROVE = Sight(path=RANKING, what="waits for the panel", who=COORDINATOR, find=RANKED)

SIGHTS: tuple[Sight, ...] = (
    Sight(path=JUDGING, what="not set up", who=COORDINATOR, find=OPEN),
    Sight(path=JUDGING, what="without a call", who=COORDINATOR, find=DRAFT),
    Sight(path=JUDGING, what="going on", who=OFFICE, find=ASSESSED),
    Sight(path=JUDGING, what="approved", who=KRAKOW, find=RUNNING),
    Sight(path=JUDGING, what="of another gmina", who=COORDINATOR, find=RUNNING, status=403),
    Sight(path=FORMAL, what="not set up", who=COORDINATOR, find=OPEN),
    Sight(path=FORMAL, what="going on", who=OFFICE, find=ASSESSED),
    Sight(path=RANKING, what="sheets are missing", who=OFFICE, find=ASSESSED),
    TO_APPROVE,
    Sight(path=RANKING, what="approved", who=KRAKOW, find=RUNNING),
    Sight(path="/assess", who=SECOND),
    Sight(path="/assess", what="nothing", who=MEMBER),
    Sight(path=TASK, what="before the declaration", who=SECOND, find=UNDECLARED),
    Sight(path=TASK, what="a draft", who=SECOND, find=BEGUN),
    Sight(path=TASK, what="handed in", who=FIRST, find=task("sheet.submitted_at IS NOT NULL")),
    Sight(path=TASK, what="a conflict", who=THIRD, find=task("declared.conflicted")),
    Sight(
        path=TASK,
        what="not theirs",
        who=MEMBER,
        find="SELECT id AS application_id FROM application LIMIT 1",
        status=404,
    ),
    OFFERED,
    *(Sight(path=DECISION, what=state.replace("_", " "), find=decision(state)) for state in DECIDED),
)
NO_PAGES: dict[str, str] = {
    "/desk/editions/{edition_id}/ranking/protocol.pdf": "a paper to print",
    "/assess/{application_id}/files/{file_id}": "a file to read",
}
EMPTY = Sight(path=JUDGING, what="not set up", who=COORDINATOR, find=OPEN)
GOING_ON = Sight(path=JUDGING, what="going on", who=OFFICE, find=ASSESSED)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=EMPTY, form=of("rules"), typed={"threshold_percent": "101"}),
    Refusal(at=EMPTY, form=of("items"), typed={"name_pl_0": "", "name_en_0": "Signature"}),
    Refusal(at=EMPTY, form=of("criteria"), typed={"name_pl_0": "Pomysł", "most_0": "5", "least_0": "6"}),
    Refusal(at=GOING_ON, form=of("appoint"), typed={"email": "nikt@example.com"}),
    Refusal(
        at=Sight(path=TASK, what="before the declaration", who=SECOND, find=UNDECLARED),
        form=of("declare"),
        typed={"reason": "x"},
    ),
    Refusal(
        at=Sight(path=TASK, what="a draft", who=SECOND, find=BEGUN), form=of("draft"), typed={"comment": "x" * 10_001}
    ),
    Refusal(at=TO_APPROVE, form=of("approve"), typed={"panel": " ", "minutes": "Zgodnie."}),
    Refusal(
        at=Sight(path=RANKING, what="approved", who=KRAKOW, find=RUNNING),
        form=of("end_reserve_list"),
        typed={"sure": ""},
    ),
    Refusal(at=OFFERED, form=of("decline"), typed={"sure": ""}),
)
