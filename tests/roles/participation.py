"""Who may do what with participation: see lines.py."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import transaction
from incubator.kernel.ids import digest, new_secret, uuid7
from tests.moments import NOW
from tests.programmes.cast import put_application, put_call, put_edition
from tests.roles.lines import AT_DESK, ORGANISATION, PUBLIC, SIGNED_IN, line
from tests.roles.world import Made, Send, World

OWN_ALONE = "sh..hhhhh"
READ, WRITE = "programmes:read", "programmes:write"
DAY, DAYS = NOW.date(), timedelta(days=30)
TAKES_PART = """
INSERT INTO participation (id, edition_id, organisation_id, account_id, state, admitted_on, agreement_number, agreement_on,
    started_on, reason, plan, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, 'U/1', $6, CASE WHEN $5 = 'active' THEN $6::date END, '', '', now(), 1)
"""
MILESTONE = """
INSERT INTO milestone (id, participation_id, name_pl, name_en, due_on, state, evidence, evidence_url, note, version)
VALUES ($1, $2, 'Prototyp', '', $3, $4, '', '', '', 1)
"""
MEETING = """
INSERT INTO programme_meeting (id, edition_id, name_pl, name_en, period, place, required, version)
VALUES ($1, $2, 'Warsztaty', '', tstzrange($3, $4), '', true, 1)
"""
PRESENT = """
INSERT INTO attendance (programme_meeting_id, participation_id, minutes, meeting_minutes, evidence, recorded_by)
SELECT id, $2, 60, lasts_minutes, 'list', $3 FROM programme_meeting WHERE id = $1
"""
CERTIFICATE = """
INSERT INTO certificate (id, edition_id, participation_id, number, code, told, present_minutes, required_minutes,
    required_percent, issued_by, revoked_reason)
VALUES ($1, $2, $3, 1, $4, '{"holder": "Acme", "organisation": "", "programme_pl": "P", "programme_en": "P",
    "edition_pl": "E", "edition_en": "E", "issuer": "", "starts_on": "2026-09-01", "ends_on": "2026-10-01"}', 60, 60, 80, $5, '')
"""
SURVEY = """
WITH made AS (
    INSERT INTO outcome_survey (id, participation_id, stage, due_on, reminders, comment)
    VALUES (gen_random_uuid(), $1, 'exit', $2, 0, '') RETURNING id
)
INSERT INTO outcome_link (token_hash, survey_id) SELECT $3, id FROM made
"""


async def edition(world: World) -> UUID:
    async with transaction(world.db) as tx:
        return await put_edition(tx, gmina=world.gmina_id, places=9, starts=DAY - DAYS, ends=DAY + DAYS)


async def taking_part(world: World, state: str = "active") -> tuple[UUID, UUID]:
    """A participation of the holder's organisation, and its edition."""
    key, of = uuid7(), await edition(world)
    await world.sql(TAKES_PART, key, of, world.organisation, world.owner.id, state, DAY)
    return key, of


async def milestone(world: World, state: str = "open") -> UUID:
    participation, _ = await taking_part(world)
    key = uuid7()
    await world.sql(MILESTONE, key, participation, DAY, state)
    return key


async def meeting(world: World, *, recorded: bool = False) -> tuple[UUID, UUID]:
    """One that is over, and a participation of its edition."""
    participation, of = await taking_part(world)
    key, start = uuid7(), NOW - timedelta(days=2)
    await world.sql(MEETING, key, of, start, start + timedelta(hours=1))
    if recorded:
        await world.sql(PRESENT, key, participation, world.cast.administrator.id)
    return key, participation


async def certificate(world: World) -> tuple[UUID, str]:
    participation, of = await taking_part(world)
    key = uuid7()
    code = f"{str(key.int)[-4:]}-{str(key.int)[-8:-4]}-{str(key.int)[-12:-8]}".translate(str.maketrans("01", "23"))
    await world.sql(CERTIFICATE, key, of, participation, code, world.cast.administrator.id)
    return key, code


async def survey(world: World) -> str:
    participation, _ = await taking_part(world)
    secret = new_secret()
    await world.sql(SURVEY, participation, DAY, digest(secret))
    return secret


def about(
    path: str, make: Callable[[World], Awaitable[object]], body: "dict[str, Any] | None" = None, *, nth: int = 0
) -> Send:
    """About what `make` makes; of several its `nth`."""

    async def send(world: World) -> Made:
        made = await make(world)
        return path.format(key=made[nth] if isinstance(made, tuple) else made, gmina=world.gmina), body

    return send


def participation(path: str, body: "dict[str, Any] | None" = None, *, state: str = "active") -> Send:
    return about(path, lambda world: taking_part(world, state), body)


async def admission(world: World) -> Made:
    return f"/api/editions/{await edition(world)}/participations", {"organisation_id": str(world.organisation)}


async def offered(world: World) -> Made:
    of = await edition(world)
    async with transaction(world.db) as tx:
        await put_call(tx, edition=of, opens=NOW - DAYS, closes=NOW - timedelta(days=5))
        key = await put_application(
            tx, edition=of, account=world.holder.id, organisation=world.organisation, at=NOW, state="offered"
        )
        await tx.execute("UPDATE edition SET places_taken = 1 WHERE id = $1", of)
    return f"/api/applications/{key}/accept-offer", {}


async def attendance(world: World) -> Made:
    key, took_part = await meeting(world)
    present = [{"participation_id": str(took_part), "minutes": 60}]
    return f"/api/programme-meetings/{key}/attendance", {"evidence": "list", "present": present}


async def certified(world: World) -> Made:
    _, took_part = await meeting(world, recorded=True)
    return f"/api/participations/{took_part}/certificates", {}


async def its_credits(world: World) -> Made:
    return f"/api/organisations/{await world.org()}/credits", None


async def granting(world: World) -> Made:
    days = {"first_day": str(DAY), "last_day": str(DAY + DAYS)}
    body = {"gmina_id": str(world.gmina_id), "kind": "seats", "amount": 1, "reason": "Za pomoc", **days}
    return f"/api/organisations/{world.organisation}/credits", body


SEAT = {"kind": "seats", "amount": 1, "reason": "Za pomoc", "first_day": str(DAY), "last_day": str(DAY + DAYS)}
WHY, MORE = {"reason": "Tak trzeba."}, {"name_pl": "Prototyp", "due_on": str(DAY)}
SOON = (NOW + timedelta(days=3)).isoformat(), (NOW + timedelta(days=3, hours=2)).isoformat()
MEET = {"name_pl": "Warsztaty", "start": SOON[0], "end": SOON[1]}
ANSWERS = {"in_business": True, "jobs_fte": 100, "revenue_band": "none", "funding_minor": 0}
P = "/api/participations/{participation_id}"
E = "/api/editions/{edition_id}"

line("GET /api/participations", SIGNED_IN, "/api/participations", scope=READ)
line(f"GET {P}", ORGANISATION, participation("/api/participations/{key}"), scope=READ)
line(f"GET {E}/participations", AT_DESK, about("/api/editions/{key}/participations", edition), scope=READ)
line(f"POST {E}/participations", AT_DESK, admission, scope=WRITE)
line("POST /api/applications/{application_id}/accept-offer", OWN_ALONE, offered, scope=WRITE)
line(
    f"POST {P}/agreement",
    AT_DESK,
    participation("/api/participations/{key}/agreement", {"number": "U/2", "signed_on": str(DAY)}),
    scope=WRITE,
)
line(f"POST {P}/start", AT_DESK, participation("/api/participations/{key}/start", {}, state="admitted"), scope=WRITE)
line(f"POST {P}/graduate", AT_DESK, participation("/api/participations/{key}/graduate", {}), scope=WRITE)
line(f"POST {P}/withdraw", ORGANISATION, participation("/api/participations/{key}/withdraw", WHY), scope=WRITE)
line(f"POST {P}/remove", AT_DESK, participation("/api/participations/{key}/remove", WHY), scope=WRITE)
line(f"PUT {P}/plan", ORGANISATION, participation("/api/participations/{key}/plan", {"plan": "Plan"}), scope=WRITE)
line("GET /api/organisations/{organisation_id}/credits", "sh..hhhh.", its_credits, scope=READ)
line("POST /api/organisations/{organisation_id}/credits", AT_DESK, granting, scope=WRITE)
line("GET /api/me/credits", SIGNED_IN, "/api/me/credits", scope=READ)
line(f"POST {P}/credits", AT_DESK, participation("/api/participations/{key}/credits", SEAT), scope=WRITE)
line(f"POST {E}/milestones", AT_DESK, about("/api/editions/{key}/milestones", edition, MORE), scope=WRITE)
line(f"POST {P}/milestones", AT_DESK, participation("/api/participations/{key}/milestones", MORE), scope=WRITE)
line(
    "POST /api/milestones/{milestone_id}/hand-in",
    OWN_ALONE,
    about("/api/milestones/{key}/hand-in", milestone, {"evidence": "Działa."}),
    scope=WRITE,
)
for deed in ("accept", "return"):
    line(
        f"POST /api/milestones/{{milestone_id}}/{deed}",
        AT_DESK,
        about(f"/api/milestones/{{key}}/{deed}", lambda world: milestone(world, "handed_in"), {"note": "Brakuje."}),
        scope=WRITE,
    )
line(f"GET {E}/programme-meetings", AT_DESK, about("/api/editions/{key}/programme-meetings", edition), scope=READ)
line(
    f"POST {E}/programme-meetings", AT_DESK, about("/api/editions/{key}/programme-meetings", edition, MEET), scope=WRITE
)
line(
    "PUT /api/programme-meetings/{meeting_id}",
    AT_DESK,
    about("/api/programme-meetings/{key}", meeting, MEET),
    scope=WRITE,
)
line(
    "POST /api/programme-meetings/{meeting_id}/call-off",
    AT_DESK,
    about("/api/programme-meetings/{key}/call-off", meeting, {}),
    scope=WRITE,
)
line(
    "GET /api/programme-meetings/{meeting_id}/attendance",
    AT_DESK,
    about("/api/programme-meetings/{key}/attendance", meeting),
    scope=READ,
)
line("PUT /api/programme-meetings/{meeting_id}/attendance", AT_DESK, attendance, scope=WRITE)
line(f"POST {P}/certificates", AT_DESK, certified, scope=WRITE)
line(
    "POST /api/certificates/{certificate_id}/revoke",
    AT_DESK,
    about("/api/certificates/{key}/revoke", certificate, WHY),
    scope=WRITE,
)
line("GET /api/certificates/{code}", PUBLIC, about("/api/certificates/{key}", certificate, nth=1))
line("GET /api/outcomes/{secret}", PUBLIC, about("/api/outcomes/{key}", survey))
line("POST /api/outcomes/{secret}", PUBLIC, about("/api/outcomes/{key}", survey, ANSWERS))
line(f"GET {E}/outcomes", AT_DESK, about("/api/editions/{key}/outcomes", edition), scope=READ)
line("GET /api/record", SIGNED_IN, "/api/record", scope=READ)

line("GET /api/programme-outcomes", "sffff....", "/api/programme-outcomes", scope=READ)

# Pages
ED, PA, ME = (
    "/desk/editions/{edition_id}",
    "/desk/participations/{participation_id}",
    "/desk/programme-meetings/{meeting_id}",
)
V = {"version": "1"}
MEET_FORM = {"name_pl": "Warsztaty", "day": "2026-09-20", "starts": "10:00", "ends": "12:00", **V}


async def accepting(world: World) -> Made:
    return (await offered(world))[0].removeprefix("/api"), {}


async def admitting(world: World) -> Made:
    body = {"form": "admit", "organisation_id": str(world.organisation), **V}
    return f"/desk/editions/{await edition(world)}/participants", body


async def noting(world: World) -> Made:
    key, _ = await meeting(world)
    return f"/desk/programme-meetings/{key}", {"form": "attendance", "how": "list", "all_present": "yes", **V}


async def paper(world: World) -> Made:
    key, _ = await certificate(world)
    of = await world.sql("SELECT participation_id FROM certificate WHERE id = $1", key)
    return f"/participations/{of}/certificates/{key}", None


line("GET /participations", SIGNED_IN, "/participations")
line("POST /applications/{application_id}/accept-offer", OWN_ALONE, accepting)
line("GET /participations/{participation_id}", ORGANISATION, participation("/participations/{key}"))
line(
    "POST /participations/{participation_id}",
    OWN_ALONE,
    participation("/participations/{key}", {"form": "plan", "plan": "Plan", **V}),
)
line("GET /participations/{participation_id}/record", ORGANISATION, participation("/participations/{key}/record"))
line("GET /participations/{participation_id}/certificates/{certificate_id}", ORGANISATION, paper)
line(f"GET {ED}/participants", AT_DESK, about("/desk/editions/{key}/participants", edition))
line(f"POST {ED}/participants", AT_DESK, admitting)
line(f"GET {PA}", AT_DESK, participation("/desk/participations/{key}"))
line(f"POST {PA}", AT_DESK, participation("/desk/participations/{key}", {"form": "plan", "plan": "Plan", **V}))
line(f"GET {ED}/meetings", AT_DESK, about("/desk/editions/{key}/meetings", edition))
line(
    f"POST {ED}/meetings",
    AT_DESK,
    about("/desk/editions/{key}/meetings", edition, {"form": "meeting", **MEET_FORM}),
)
line(f"GET {ME}", AT_DESK, about("/desk/programme-meetings/{key}", meeting))
line(f"POST {ME}", AT_DESK, noting)
line(f"GET {ED}/outcomes", AT_DESK, about("/desk/editions/{key}/outcomes", edition))
line(f"GET {ED}/record", AT_DESK, about("/desk/editions/{key}/record", edition))
line("GET /desk/record", "sffff....", "/desk/record")
line("GET /office/programmes", "sffff.ff.", "/office/programmes")
line("GET /certificates/{code}", PUBLIC, about("/certificates/{key}", certificate, nth=1))
line("GET /outcomes/{secret}", PUBLIC, about("/outcomes/{key}", survey))
line(
    "POST /outcomes/{secret}",
    PUBLIC,
    about("/outcomes/{key}", survey, {"in_business": "yes", "jobs": "1", "revenue_band": "none", "funding": "0"}),
)
