"""Who may do what of aid: see lines.py."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from incubator.aid.enter import Subject
from incubator.aid.grant import grant
from incubator.aid.rules import Benefit
from incubator.db.engine import transaction
from incubator.kernel.ids import uuid7
from tests.aid.cast import put_declaration
from tests.moments import NOW
from tests.roles.lines import (
    ADMINISTRATION,
    ANY_DESK,
    AT_DESK,
    BOOKING_AT_DESK,
    ITS_OWNERS,
    ORGANISATION,
    SIGNED_IN,
    line,
)
from tests.roles.world import Made, Send, World

# ---------- nobody, stranger, member, owner, resident, office, coordinator, other_coordinator, administrator
ENTRY = "sh..hh.h."
CERTIFY = "sfffff.h."
SEE, CHANGE = "aid:read", "aid:write"
TURNS = count(1)
RATE = "INSERT INTO euro_rate (day, rate, table_number) VALUES ($1, 42500, $2) ON CONFLICT DO NOTHING"


async def entry(world: World) -> tuple[UUID, UUID]:
    """A grant by the gmina to a new organisation of the holder's; both keys."""
    organisation = await world.org()
    async with transaction(world.db) as tx:
        await tx.execute(RATE, NOW.date(), "1/A/NBP")
        await put_declaration(tx, organisation=organisation, by=world.owner.id)
        key = await grant(
            tx,
            organisation_id=organisation,
            subject=Subject(kind="booking", id=uuid7(), gmina_id=world.gmina_id),
            benefit=Benefit(market=10_000, charged=1_000, benchmark="Cennik"),
            actor_id=None,
            now=NOW,
        )
    assert key is not None
    return key, organisation


def about(path: str, body: "dict[str, Any] | None" = None) -> Send:
    """About a grant and its company."""

    async def send(world: World) -> Made:
        key, organisation = await entry(world)
        known = {"{key}": str(key)}
        told = {name: known.get(str(value), value) for name, value in body.items()} if body else None
        return path.format(key=key, org=organisation), told

    return send


def linked(path: str, body: object) -> Send:
    """About a company that counts with another."""

    async def send(world: World) -> Made:
        one, other = (await entry(world))[1], (await entry(world))[1]
        await world.sql(
            "UPDATE undertaking_member SET undertaking_id = (SELECT undertaking_id FROM undertaking_member"
            " WHERE organisation_id = $1) WHERE organisation_id = $2",
            one,
            other,
        )
        return path.format(org=one), body

    return send


def with_nip(path: str, **body: str) -> Send:
    """Linking with another company of the gmina."""

    async def send(world: World) -> Made:
        one, other = (await entry(world))[1], (await entry(world))[1]
        nip = f"{6_000_000_000 + next(TURNS)}"
        await world.sql("UPDATE organisation SET nip = $2 WHERE id = $1", other, nip)
        return path.format(org=one), {"nip": nip, "because": "udziały", **body}

    return send


def report(path: str, body: object = None) -> Send:
    """About a draft."""

    async def send(world: World) -> Made:
        key, _ = await entry(world)
        made = await world.sql(
            "INSERT INTO aid_report (gmina_id, first_day, last_day, made_by) VALUES ($1, $2, $2, $3) RETURNING id",
            world.gmina_id,
            NOW.date(),
            world.owner.id,
        )
        await world.sql("INSERT INTO aid_reported (entry_id, report_id) VALUES ($1, $2)", key, made)
        return path.format(key=made), body

    return send


def days(path: str, **typed: str) -> Send:
    async def send(world: World) -> Made:
        await entry(world)
        day = NOW.date().isoformat()
        return path, {"gmina_id": str(world.gmina_id), "first_day": day, "last_day": day, **typed}

    return send


def dated(path: str, *, form: str = "", **body: object) -> Send:
    """A day that nothing is entered of yet."""

    async def send(world: World) -> Made:
        turn = next(TURNS)
        away = timedelta(days=2000 + turn)
        day = (NOW - away if "rate" in body else NOW + away).date().isoformat()
        told = {name: f"{value}{turn}" if name == "table_number" else value for name, value in body.items()}
        given = {"form": form, "version": "0"} if form else {}
        return path, {**given, ("day" if "rate" in body else "valid_from"): day, **told}

    return send


def worth(path: str, **more: object) -> Send:
    """What a mentor's hour costs from a day on that nothing is set for."""

    async def send(world: World) -> Made:
        since = (NOW + timedelta(days=next(TURNS))).date().isoformat()
        told = {"gmina_id": str(world.gmina_id), "what": "mentor_hour", "since": since, "source": "oferty", **more}
        return path, told

    return send


AID = "/api/organisations/{organisation_id}/aid"
OWN = "/api/organisations/{org}/aid"
LIMIT = {"ceiling_cents": 1, "years": 3, "basis": "x"}
DECLARED = {"form": "declare", "version": "0", "sure": "yes"}

line(f"GET {AID}", ORGANISATION, about(OWN), scope=SEE)
line(f"GET {AID}/entries", ORGANISATION, about(f"{OWN}/entries"), scope=SEE)
line(f"GET {AID}/elsewhere", ORGANISATION, about(f"{OWN}/elsewhere"), scope=SEE)
line(f"PUT {AID}/elsewhere", ITS_OWNERS, about(f"{OWN}/elsewhere", {"elsewhere": []}), scope=CHANGE)
line(f"POST {AID}/linked", AT_DESK, with_nip(f"{OWN}/linked"), scope=CHANGE)
line(f"POST {AID}/linked/separate", AT_DESK, linked(f"{OWN}/linked/separate", {"because": "x"}), scope=CHANGE)
line("GET /api/aid", ANY_DESK, about("/api/aid"), scope=SEE)
line("GET /api/aid/{entry_id}", ENTRY, about("/api/aid/{key}"), scope=SEE)
line("POST /api/aid/{entry_id}/certificate", CERTIFY, about("/api/aid/{key}/certificate", {}), scope=CHANGE)
line("GET /api/aid/reports", ANY_DESK, report("/api/aid/reports"), scope=SEE)
line("POST /api/aid/reports", AT_DESK, days("/api/aid/reports"), scope=CHANGE)
line(
    "POST /api/aid/reports/{report_id}/approve",
    BOOKING_AT_DESK,
    report("/api/aid/reports/{key}/approve", {}),
    scope=CHANGE,
)
line("DELETE /api/aid/reports/{report_id}", BOOKING_AT_DESK, report("/api/aid/reports/{key}"), scope=CHANGE)
line("GET /api/aid/benchmarks", ANY_DESK, "/api/aid/benchmarks", scope=SEE)
line("POST /api/aid/benchmarks", AT_DESK, worth("/api/aid/benchmarks", price=18_000), scope=CHANGE)
line("GET /api/aid/limits", SIGNED_IN, "/api/aid/limits", scope=SEE)
line("POST /api/aid/limits", ADMINISTRATION, dated("/api/aid/limits", **LIMIT), scope=CHANGE)
line("GET /api/aid/rates", SIGNED_IN, "/api/aid/rates", scope=SEE)
line("POST /api/aid/rates", ANY_DESK, dated("/api/aid/rates", rate=42_500, table_number="t"), scope=CHANGE)

# Pages
line("GET /organisations/{organisation_id}/aid", ORGANISATION, about("/organisations/{org}/aid"))
line("POST /organisations/{organisation_id}/aid", ITS_OWNERS, about("/organisations/{org}/aid", DECLARED))
line("GET /desk/aid", ANY_DESK, about("/desk/aid"))
line("POST /desk/aid", CERTIFY, about("/desk/aid", {"form": "certify", "version": "0", "entry_id": "{key}"}))
COMPANY = "/desk/aid/companies/{org}"
# Whose organisation it is not is told that there is none.
line("GET /desk/aid/companies/{organisation_id}", "sfffff.h.", about(COMPANY))
line("POST /desk/aid/companies/{organisation_id}", "sfffff.h.", with_nip(COMPANY, form="link", version="0"))
line("GET /desk/aid/worth", ANY_DESK, "/desk/aid/worth")
line("POST /desk/aid/worth", AT_DESK, worth("/desk/aid/worth", form="set", version="0", price="180"))
line("GET /desk/aid/reports", ANY_DESK, report("/desk/aid/reports"))
line("POST /desk/aid/reports", AT_DESK, days("/desk/aid/reports", form="draft", version="0"))
line("GET /desk/aid/reports/{report_id}", BOOKING_AT_DESK, report("/desk/aid/reports/{key}"))
line(
    "POST /desk/aid/reports/{report_id}",
    BOOKING_AT_DESK,
    report("/desk/aid/reports/{key}", {"form": "approve", "version": "0"}),
)
line("GET /desk/aid/reports/{report_id}/table.csv", BOOKING_AT_DESK, report("/desk/aid/reports/{key}/table.csv"))
line("GET /aid/{entry_id}/certificate.pdf", ENTRY, about("/aid/{key}/certificate.pdf"))
line("GET /admin/aid", ADMINISTRATION, "/admin/aid")
line("POST /admin/aid", ADMINISTRATION, dated("/admin/aid", form="rate", rate="4,2500", table_number="t"))
line("POST /admin/aid", ADMINISTRATION, dated("/admin/aid", form="limit", ceiling="300000", years="3", basis="2030/1"))
