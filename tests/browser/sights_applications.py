"""Pages of applications, and the forms on them that are refused: see sights.py and refusals.py."""

from incubator.applications.states import State
from tests.browser.refusals import Refusal, of
from tests.browser.sights import COORDINATOR, OFFICE, Sight


def edition(phase: str) -> str:
    """One whose call is in this phase, and its coordinator's address, or the office's."""
    when = {"open": "clock.now BETWEEN opens_at AND closes_at", "coming": "opens_at > clock.now"}[phase]
    return f"""
        SELECT edition.id AS edition_id, programme.slug, edition.slug AS edition_slug FROM clock, call
        JOIN edition ON edition.id = edition_id JOIN programme ON programme.id = programme_id
        WHERE call.published_at IS NOT NULL AND {when} ORDER BY opens_at LIMIT 1"""


def application(which: str, *, desk: bool = False, going: bool = True) -> str:
    """One that `which` describes, while its call is open where that is `going`; seen by who made it; with `desk`, by whoever the sight names."""
    who = "" if desk else ", split_part(account.email, '@', 1) AS who"
    return f"""
        SELECT application.id AS application_id{who} FROM clock, application JOIN call USING (edition_id)
        JOIN account ON account.id = application.account_id JOIN edition ON edition.id = application.edition_id
        JOIN programme ON programme.id = edition.programme_id
        WHERE {"clock.now BETWEEN opens_at AND closes_at" if going else "true"} AND {which} ORDER BY application.id LIMIT 1"""


QUESTION = """
    SELECT question.id AS question_id, edition_id FROM clock, question JOIN call USING (edition_id)
    WHERE opens_at > clock.now AND kind = 'choice' LIMIT 1"""
FULL = "application.state = 'draft' AND EXISTS (SELECT FROM application_file WHERE application_id = application.id)"
EMPTY = (
    "application.state = 'draft' AND NOT EXISTS (SELECT FROM application_file WHERE application_id = application.id)"
)
OPEN, COMING = edition("open"), edition("coming")
OVER = """
    SELECT edition_id FROM call_extension LIMIT 1"""
CALL, APPLY = "/desk/editions/{edition_id}/call", "/programmes/{slug}/{edition_slug}/apply"

SIGHTS: tuple[Sight, ...] = (
    Sight(path=APPLY, who="lena.dabek", find=OPEN),
    Sight(path=APPLY, what="of a person", who="inga.proba", find=OPEN),
    Sight(path=APPLY, what="not open yet", who="lena.dabek", find=COMING),
    Sight(path="/applications", who="adam.zubrowicz"),
    Sight(path="/applications", what="none yet", who="administrator"),
    Sight(path="/applications/{application_id}", what="begun", find=application(EMPTY)),
    Sight(path="/applications/{application_id}", what="ready to be handed in", find=application(FULL)),
    Sight(path="/applications/{application_id}", what="handed in", find=application("application.state = 'submitted'")),
    Sight(path="/applications/{application_id}", what="withdrawn", find=application("application.state = 'withdrawn'")),
    *(
        Sight(
            path="/applications/{application_id}",
            what=str(state),
            find=application(f"application.state = '{state}'", going=False),
        )
        for state in (
            State.SUPPLEMENTING,
            State.FORMALLY_PASSED,
            State.FORMALLY_REJECTED,
            State.RESERVE,
            State.ADMITTED,
        )
    ),
    Sight(path=CALL, who=COORDINATOR, find=OPEN),
    Sight(path=CALL, what="over", who=OFFICE, find=OVER),
    Sight(path=CALL, what="coming", who=OFFICE, find=COMING),
    Sight(path=f"{CALL}/preview", who=OFFICE, find=COMING),
    Sight(path=f"{CALL}/questions/new", who=OFFICE, find=COMING, query="kind=file"),
    Sight(path=f"{CALL}/questions/new", what="of several answers", who=OFFICE, find=COMING, query="kind=choices"),
    Sight(path=f"{CALL}/questions/{{question_id}}", who=OFFICE, find=QUESTION),
    Sight(path="/desk/editions/{edition_id}/applications", who=COORDINATOR, find=OPEN),
    Sight(
        path="/desk/editions/{edition_id}/applications",
        what="of a state",
        who=COORDINATOR,
        find=OPEN,
        query="state=withdrawn",
    ),
    Sight(path="/desk/editions/{edition_id}/applications", what="none yet", who=OFFICE, find=COMING),
    Sight(
        path="/desk/applications/{application_id}",
        who=COORDINATOR,
        find=application("application.state = 'submitted'", desk=True),
    ),
)
NO_PAGES: dict[str, str] = {
    "/applications/{application_id}/files/{file_id}": "a file to save",
    "/desk/editions/{edition_id}/applications.csv": "a spreadsheet to save",
}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(
        at=Sight(path="/applications/{application_id}", what="handed in too soon", find=application(EMPTY)),
        form="form.application",
        typed={"title": "x" * 300},
    ),
    Refusal(
        at=Sight(path="/applications/{application_id}", what="a PKD that is none", find=application(FULL)),
        form="form.application",
        typed={"pkd": "programowanie"},
    ),
    Refusal(
        at=Sight(path="/applications/{application_id}", what="not sure", find=application(FULL)),
        form='[action$="/withdraw"]',
        typed={"sure": ""},
    ),
    Refusal(at=Sight(path=CALL, who=COORDINATOR, find=OPEN), form=of("change"), typed={"opens_day": "2026-01-01"}),
    Refusal(
        at=Sight(path=CALL, who=COORDINATOR, find=OPEN), form=of("extend"), typed={"called": "nikt", "reason": "x"}
    ),
    Refusal(at=Sight(path=CALL, what="coming", who=OFFICE, find=COMING), form=of("change"), typed={"closes_day": ""}),
    Refusal(
        at=Sight(path=f"{CALL}/questions/new", who=OFFICE, find=COMING, query="kind=choice"),
        form=of("question"),
        typed={"label_pl": "Etap", "options": "jeden"},
    ),
    Refusal(
        at=Sight(path=f"{CALL}/questions/{{question_id}}", who=OFFICE, find=QUESTION),
        form=of("question"),
        typed={"label_pl": ""},
    ),
)
