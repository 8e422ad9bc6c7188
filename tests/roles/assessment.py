"""Who may do what with assessment: see lines.py."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from incubator.assessment.approve_ranking import approve_ranking
from incubator.assessment.details import Approval
from incubator.assessment.make_ranking import make_ranking
from incubator.db.engine import transaction
from tests.assessment.cast import (
    SCORER,
    Judged,
    put_assignment,
    put_judged,
    put_scored,
    put_sheet,
)
from tests.cast import Person, person
from tests.moments import NOW
from tests.programmes.cast import put_application
from tests.roles.lines import AT_DESK, ONES_OWN, SIGNED_IN, line
from tests.roles.world import Made, Send, World

# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
JUDGES = "sffffh.h."
"""About an application: who runs another edition is not told that it is there."""
APPLICANTS = "sh..hhhhh"
READ, WRITE = "programmes:read", "programmes:write"
RULES = {"scorers_needed": 2, "threshold_percent": 40}
FORMAL = {"state": "submitted"}


async def judged(world: World, **given: Any) -> Judged:
    """An edition of the gmina with two applications and two scorers of its own."""
    async with transaction(world.db) as tx:
        return await put_judged(
            tx,
            cast=world.cast,
            name=f"r{uuid4().hex[:8]}",
            gmina=world.gmina_id,
            **{"applications": 2, **given},
        )


def desk(path: str, body: "Callable[[Judged], object] | object" = None, **given: Any) -> Send:
    """About the edition or its first application; `body` may be made of what is there."""

    async def send(world: World) -> Made:
        found = await judged(world, **given)
        told = body(found) if callable(body) else body
        return _path(path, found), told

    return send


def form(path: str, what: str, typed: "Callable[[Judged], dict[str, str]]" = lambda _: {}, **given: Any) -> Send:
    return desk(path, lambda found: {"form": what, "version": "1", **typed(found)}, **given)


def _path(path: str, found: Judged, **more: object) -> str:
    scorer = found.scorers[0].id if found.scorers else ""
    return path.format(edition=found.edition, application=found.applications[0], scorer=scorer, **more)


async def assigned(world: World, found: Judged) -> None:
    async with transaction(world.db) as tx:
        await put_assignment(tx, found.applications[0], found.scorers[0].id, cast=world.cast)


def with_assigned(path: str, body: "Callable[[Judged], object] | object" = None) -> Send:
    async def send(world: World) -> Made:
        found = await judged(world)
        await assigned(world, found)
        return _path(path, found), body(found) if callable(body) else body

    return send


def scored(path: str, body: "Callable[[Judged, UUID], object] | object" = None, *, approved: bool = False) -> Send:
    """With every sheet and a ranking, whose key `body` is given too."""

    async def send(world: World) -> Made:
        found, key = await ranked(world, approved=approved)
        return _path(path, found, ranking=key), body(found, key) if callable(body) else body

    return send


async def ranked(world: World, *, approved: bool, **given: Any) -> tuple[Judged, UUID]:
    found, actor = await judged(world, **given), await world.acting(world.cast.administrator)
    async with transaction(world.db) as tx:
        await put_scored(tx, found, [(9, 9), (8, 8)], cast=world.cast)
        made = await make_ranking(tx, actor=actor, edition_id=found.edition, now=NOW)
        if approved:
            approval = Approval(panel="x", minutes="x")
            await approve_ranking(
                tx, actor=actor, edition_id=found.edition, ranking_id=made.id, approval=approval, now=NOW
            )
    return found, made.id


async def appointed(world: World) -> Made:
    found = await judged(world)
    async with transaction(world.db) as tx:
        who = await person(tx, f"p{uuid4().hex[:8]}")
    return f"/api/editions/{found.edition}/scorers", {"email": who.email}


async def appoint_form(world: World) -> Made:
    found = await judged(world)
    async with transaction(world.db) as tx:
        who = await person(tx, f"p{uuid4().hex[:8]}")
    return f"/desk/editions/{found.edition}/assessment", {"form": "appoint", "version": "1", "email": who.email}


async def free_place(world: World) -> UUID:
    found, _ = await ranked(world, approved=True)
    await world.sql("UPDATE edition SET places = 2 WHERE id = $1", found.edition)
    return found.edition


async def offer(world: World) -> Made:
    return f"/api/editions/{await free_place(world)}/offers", {}


async def offer_form(world: World) -> Made:
    return f"/desk/editions/{await free_place(world)}/ranking", {"form": "offer", "version": "1"}


async def waited(world: World) -> Made:
    found, _ = await ranked(world, approved=True)
    return f"/api/editions/{found.edition}/reserve-list/end", {}


# What the asker themself scores, or another.


async def task(world: World, who: Person, *, state: str) -> Judged:
    found = await judged(world)
    async with transaction(world.db) as tx:
        await tx.execute(SCORER, found.edition, who.id, world.cast.coordinator.id)
        declared = None if state == "undeclared" else False
        await put_assignment(tx, found.applications[0], who.id, cast=world.cast, conflicted=declared)
        if state == "draft":
            await put_sheet(tx, found.applications[0], who.id, found.points(3, 3), cast=world.cast, at=None)
    return found


def mine(path: str, body: "Callable[[Judged], object] | object" = None, *, state: str = "declared") -> Send:
    async def send(world: World) -> Made:
        found = await task(world, world.who or world.cast.resident, state=state)
        return _path(path, found), body(found) if callable(body) else body

    return send


def theirs(path: str, body: "Callable[[Judged], object] | object" = None, *, state: str = "declared") -> Send:
    """Of somebody who is none of those that ask."""

    async def send(world: World) -> Made:
        async with transaction(world.db) as tx:
            who = await person(tx, f"p{uuid4().hex[:8]}")
        found = await task(world, who, state=state)
        return _path(path, found), body(found) if callable(body) else body

    return send


def with_file(of: str) -> Callable[[str], Send]:
    def at(path: str) -> Send:
        async def send(world: World) -> Made:
            async with transaction(world.db) as tx:
                who = await person(tx, f"p{uuid4().hex[:8]}")
            asker = who if of == "theirs" else world.who or world.cast.resident
            found = await task(world, asker, state="declared")
            key = await world.sql(FILE, found.edition, found.applications[0], who.id)
            await world.sql(ANSWER, found.applications[0], key)
            return path.format(application=found.applications[0], file=key), None

        return send

    return at


FILE = """
WITH asked AS (
    INSERT INTO question (edition_id, position, kind, label_pl, label_en, help_pl, help_en, required, reveals_identity,
        media) VALUES ($1, 0, 'file', 'Plik', '', '', '', true, false, '{pdf}') RETURNING id
)
INSERT INTO application_file (application_id, question_id, name, media_type, size, sha256, content, uploaded_by)
SELECT $2, asked.id, 'Żółw.pdf', 'application/pdf', 4, 'x', 'abcd', $3 FROM asked RETURNING id
"""
ANSWER = """
UPDATE application SET answers = jsonb_build_object(question_id::text, $2::uuid::text) FROM application_file
WHERE application_file.id = $2 AND application.id = $1 RETURNING application.id
"""


def sheet(found: Judged) -> dict[str, object]:
    return {"scores": [{"criterion_id": str(key), "points": 5} for key in found.criteria]}


def typed_sheet(what: str) -> "Callable[[Judged], dict[str, str]]":
    return lambda found: {"form": what, "version": "0", **{f"points_{key}": "5" for key in found.criteria}}


def application(path: str, body: object = None, *, offered: bool = False) -> Send:
    """Of the organisation that the gmina's holder belongs to."""

    async def send(world: World) -> Made:
        found = await judged(world, applications=1)
        async with transaction(world.db) as tx:
            key = await put_application(
                tx,
                edition=found.edition,
                account=world.holder.id,
                organisation=world.organisation,
                at=NOW,
                state="offered" if offered else "formally_passed",
            )
            if offered:
                await tx.execute("UPDATE edition SET places_taken = 1 WHERE id = $1", found.edition)
                await tx.execute(DECIDED, key)
        return path.format(key=key), body

    return send


DECIDED = (
    "INSERT INTO decision (application_id, outcome, reason, answer_until) VALUES ($1, 'offered', '', '2026-10-01')"
)

E, A, S = "/api/editions/{edition}", "/api/applications/{application}", "/api/assess/{application}"
ENDING = {"form": "end_reserve_list", "sure": "yes", "version": "1"}
ROUTE_E, ROUTE_A = "/api/editions/{edition_id}", "/api/applications/{application_id}"

# How applications are judged, and by whom
line(f"GET {ROUTE_E}/assessment", AT_DESK, desk(f"{E}/assessment"), scope=READ)
line(f"PUT {ROUTE_E}/assessment/rules", AT_DESK, desk(f"{E}/assessment/rules", RULES), scope=WRITE)
line(
    f"PUT {ROUTE_E}/assessment/formal-items",
    AT_DESK,
    desk(f"{E}/assessment/formal-items", {"items": [{"name_pl": "Podpis"}]}),
    scope=WRITE,
)
line(
    f"PUT {ROUTE_E}/assessment/criteria",
    AT_DESK,
    desk(f"{E}/assessment/criteria", {"criteria": [{"name_pl": "Pomysł"}]}),
    scope=WRITE,
)
line(f"GET {ROUTE_E}/scorers", AT_DESK, desk(f"{E}/scorers"), scope=READ)
line(f"POST {ROUTE_E}/scorers", AT_DESK, appointed, scope=WRITE)
line(f"DELETE {ROUTE_E}/scorers/{{account_id}}", AT_DESK, desk(f"{E}/scorers/{{scorer}}"), scope=WRITE)
line(f"GET {ROUTE_E}/assessment/progress", AT_DESK, desk(f"{E}/assessment/progress"), scope=READ)
line(f"POST {ROUTE_E}/assessment/share-out", AT_DESK, desk(f"{E}/assessment/share-out", {}), scope=WRITE)
line(f"PUT {ROUTE_A}/scorers/{{account_id}}", JUDGES, desk(f"{A}/scorers/{{scorer}}"), scope=WRITE)
line(f"DELETE {ROUTE_A}/scorers/{{account_id}}", JUDGES, with_assigned(f"{A}/scorers/{{scorer}}"), scope=WRITE)

# Judging
line(f"GET {ROUTE_E}/formal-checks", AT_DESK, desk(f"{E}/formal-checks"), scope=READ)
line(
    f"POST {ROUTE_A}/formal-checks",
    JUDGES,
    desk(f"{A}/formal-checks", lambda found: {"result": "passed", "met": [str(found.item)]}, **FORMAL),
    scope=WRITE,
)
line(f"GET {ROUTE_A}/score-sheets", JUDGES, scored(f"{A}/score-sheets"), scope=READ)
line(
    f"POST {ROUTE_A}/score-sheets/{{account_id}}/reopen",
    JUDGES,
    scored(f"{A}/score-sheets/{{scorer}}/reopen", {"reason": "x"}),
    scope=WRITE,
)
line(f"POST {ROUTE_A}/return-to-scoring", JUDGES, scored(f"{A}/return-to-scoring", {"reason": "x"}), scope=WRITE)
line(f"GET {ROUTE_E}/ranking", AT_DESK, scored(f"{E}/ranking"), scope=READ)
line(f"POST {ROUTE_E}/rankings", AT_DESK, scored(f"{E}/rankings", {}), scope=WRITE)
line(
    f"POST {ROUTE_E}/rankings/{{ranking_id}}/approve",
    AT_DESK,
    scored(f"{E}/rankings/{{ranking}}/approve", {"panel": "x", "minutes": "x"}),
    scope=WRITE,
)
line(f"POST {ROUTE_E}/offers", AT_DESK, offer, scope=WRITE)
line(f"POST {ROUTE_E}/reserve-list/end", AT_DESK, waited, scope=WRITE)

# Scoring
ROUTE_S = "/api/assess/{application_id}"
for may, whose in ((SIGNED_IN, mine), (ONES_OWN, theirs)):
    line(f"GET {ROUTE_S}", may, whose(S), scope=READ)
    line(
        f"POST {ROUTE_S}/declaration",
        may,
        whose(f"{S}/declaration", {"conflicted": False}, state="undeclared"),
        scope=WRITE,
    )
    line(f"PUT {ROUTE_S}/sheet", may, whose(f"{S}/sheet", sheet), scope=WRITE)
    line(f"POST {ROUTE_S}/sheet", may, whose(f"{S}/sheet", sheet, state="draft"), scope=WRITE)
    line("GET /assess/{application_id}", may, whose("/assess/{application}"))
    line("POST /assess/{application_id}", may, whose("/assess/{application}", typed_sheet("submit")))
line("GET /api/assess", SIGNED_IN, mine("/api/assess"), scope=READ)
line("GET /assess", SIGNED_IN, mine("/assess"))
for may, of in ((SIGNED_IN, "mine"), (ONES_OWN, "theirs")):
    line(f"GET {ROUTE_S}/files/{{file_id}}", may, with_file(of)(f"{S}/files/{{file}}"), scope=READ)
    line("GET /assess/{application_id}/files/{file_id}", may, with_file(of)("/assess/{application}/files/{file}"))

# What was decided
line(f"GET {ROUTE_A}/decision", APPLICANTS, application("/api/applications/{key}/decision"), scope=READ)
line(
    f"POST {ROUTE_A}/decline", APPLICANTS, application("/api/applications/{key}/decline", {}, offered=True), scope=WRITE
)
line("GET /applications/{application_id}/decision", APPLICANTS, application("/applications/{key}/decision"))
line(
    "POST /applications/{application_id}/decision",
    APPLICANTS,
    application("/applications/{key}/decision", {"form": "decline", "version": "1", "sure": "true"}, offered=True),
)

# The desk
DESK, ROUTE = "/desk/editions/{edition}", "/desk/editions/{edition_id}"
line(f"GET {ROUTE}/assessment", AT_DESK, with_assigned(f"{DESK}/assessment"))
line(f"GET {ROUTE}/formal", AT_DESK, desk(f"{DESK}/formal", **FORMAL))
line(f"GET {ROUTE}/ranking", AT_DESK, scored(f"{DESK}/ranking"))
line(f"GET {ROUTE}/ranking/protocol.pdf", AT_DESK, scored(f"{DESK}/ranking/protocol.pdf", approved=True))
line(
    f"POST {ROUTE}/assessment",
    AT_DESK,
    form(f"{DESK}/assessment", "criteria", lambda _: {"name_pl_0": "Pomysł", "most_0": "10", "weight_0": "1"}),
)
line(f"POST {ROUTE}/assessment", AT_DESK, form(f"{DESK}/assessment", "share_out"))
line(f"POST {ROUTE}/assessment", AT_DESK, appoint_form)
line(
    f"POST {ROUTE}/formal",
    AT_DESK,
    form(
        f"{DESK}/formal",
        "check",
        lambda found: {
            "application_id": str(found.applications[0]),
            "version": "1",
            "result": "passed",
            "met": str(found.item),
        },
        **FORMAL,
    ),
)
line(f"POST {ROUTE}/ranking", AT_DESK, scored(f"{DESK}/ranking", {"form": "make", "version": "1"}))
line(
    f"POST {ROUTE}/ranking",
    AT_DESK,
    scored(
        f"{DESK}/ranking",
        lambda _, key: {"form": "approve", "version": "1", "ranking_id": str(key), "panel": "x", "minutes": "x"},
    ),
)
line(f"POST {ROUTE}/ranking", AT_DESK, offer_form)
line(f"POST {ROUTE}/ranking", AT_DESK, scored(f"{DESK}/ranking", ENDING, approved=True))
