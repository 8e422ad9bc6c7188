"""Who may do what in newsletter: see lines.py."""

from typing import Any

from incubator.db.engine import transaction
from incubator.kernel.ids import digest
from incubator.newsletter.details import Sending
from incubator.newsletter.links import manage_path, stop_path
from incubator.newsletter.schedule_issue import schedule_issue
from tests.moments import NOW
from tests.newsletter.cast import put_issue, put_readers
from tests.roles.lines import AT_DESK, NEVER, PUBLIC, SIGNED_IN, line, sending
from tests.roles.world import Made, Send, World

RUNNERS = "sffff...."
READ, WRITE = "newsletter:read", "newsletter:write"
DETAILS = {"title_pl": "Wieści"}
PENDING = """
INSERT INTO newsletter_subscription (email, locale, state, words, how, asked_at, confirm_hash, bounces, version)
VALUES ($1, 'pl', 'pending', '2026-11', 'page', $2, $3, 0, 1)
"""
Body = dict[str, Any] | None


def issue(path: str, body: Body = None, *, state: str = "draft") -> Send:
    """An issue of the gmina, of its own."""

    async def send(world: World) -> Made:
        actor = await world.acting(world.cast.administrator)
        async with transaction(world.db) as tx:
            key = await put_issue(tx, actor, gmina=world.gmina_id)
            if state == "scheduled":
                await schedule_issue(
                    tx, actor=actor, issue_id=key, sending=Sending(send_at=NOW.replace(day=8)), now=NOW
                )
            if state == "sent":
                await tx.execute(
                    "UPDATE newsletter_issue SET state = 'sent', send_at = $2, started_at = $2, finished_at = $2 WHERE id = $1",
                    key,
                    NOW,
                )
                await tx.executemany(
                    "INSERT INTO newsletter_letter (issue_id, locale, subject, text, html) VALUES ($1, $2, 'W', 'w', '<p>w</p>')",
                    [(key, "pl"), (key, "en")],
                )
        version = await world.sql("SELECT version FROM newsletter_issue WHERE id = $1", key)
        return path.format(key=key), {**body, "version": str(version)} if body is not None and "form" in body else body

    return send


def link(shape: str, body: Body = None) -> Send:
    """By a link of a reader."""

    async def send(world: World) -> Made:
        turn = next(world.turns)
        if shape == "confirm":
            secret = f"secret-{turn}-of-a-reader"
            await world.sql(PENDING, f"pending{turn}-{world.gmina}@example.com", NOW, digest(secret))
            return f"/newsletter/confirm/{secret}", body
        async with transaction(world.db) as tx:
            [key] = await put_readers(tx, f"reader{turn}-{world.gmina}@example.com")
        return manage_path(key) if shape == "manage" else stop_path(key), body

    return send


def own(path: str, body: Body = None) -> Send:
    """One's own subscription, which the asker has."""

    async def send(world: World) -> Made:
        if world.who is not None:
            await world.sql("DELETE FROM newsletter_subscription WHERE email = $1", world.who.email)
            async with transaction(world.db) as tx:
                await put_readers(tx, world.who.email)
        return path, body

    return send


def new_address(path: str, body: dict[str, Any]) -> Send:
    async def send(world: World) -> Made:
        return path, {**body, "email": f"new{next(world.turns)}-{world.gmina}@example.com"}

    return send


async def new_issue(world: World) -> Made:
    return "/api/newsletter/desk/issues", {"gmina_id": str(world.gmina_id), "details": DETAILS}


async def new_issue_form(world: World) -> Made:
    return "/desk/newsletter", {"form": "start", "version": "0", "gmina_id": str(world.gmina_id), **DETAILS}


ONE, PAGE = "/api/newsletter/desk/issues/{key}", "/desk/newsletter/{key}"
ROUTE = "/api/newsletter/desk/issues/{issue_id}"
CHOICE = {"choice": {"locale": "pl"}}

line(
    "POST /api/newsletter/subscriptions",
    PUBLIC,
    new_address("/api/newsletter/subscriptions", {"consent": True, **CHOICE}),
)
line("GET /api/newsletter/issues", PUBLIC, "/api/newsletter/issues", told=NEVER)
line("GET /api/newsletter/issues/{issue_id}", PUBLIC, issue("/api/newsletter/issues/{key}", state="sent"))
line("GET /api/me/newsletter", SIGNED_IN, own("/api/me/newsletter"), scope=READ)
line("PUT /api/me/newsletter", SIGNED_IN, sending("/api/me/newsletter", consent=True, **CHOICE), scope=WRITE)
line("DELETE /api/me/newsletter", SIGNED_IN, own("/api/me/newsletter"), scope=WRITE)
line("GET /api/newsletter/desk/issues", RUNNERS, "/api/newsletter/desk/issues", scope=READ)
line("POST /api/newsletter/desk/issues", AT_DESK, new_issue, scope=WRITE)
line(f"GET {ROUTE}", AT_DESK, issue(ONE), scope=READ)
line(f"PUT {ROUTE}/details", AT_DESK, issue(f"{ONE}/details", DETAILS), scope=WRITE)
line(f"PUT {ROUTE}/parts", AT_DESK, issue(f"{ONE}/parts", {"parts": []}), scope=WRITE)
line(f"POST {ROUTE}/try", AT_DESK, issue(f"{ONE}/try", {}), scope=WRITE)
line(f"POST {ROUTE}/schedule", AT_DESK, issue(f"{ONE}/schedule", {}), scope=WRITE)
line(f"POST {ROUTE}/withdraw", AT_DESK, issue(f"{ONE}/withdraw", {}, state="scheduled"), scope=WRITE)
line(f"DELETE {ROUTE}", AT_DESK, issue(ONE), scope=WRITE)

line("GET /newsletter", PUBLIC, "/newsletter", told=NEVER)
line("POST /newsletter", PUBLIC, new_address("/newsletter", {"form": "subscribe", "consent": "yes"}))
line("GET /newsletter/asked", PUBLIC, "/newsletter/asked")
line("GET /newsletter/{issue_id}", PUBLIC, issue("/newsletter/{key}", state="sent"))
line("GET /newsletter/{issue_id}", NEVER, issue("/newsletter/{key}"))
line("GET /newsletter/confirm/{secret}", PUBLIC, link("confirm"))
line("POST /newsletter/confirm/{secret}", PUBLIC, link("confirm", {}))
line("GET /newsletter/manage/{key}/{secret}", PUBLIC, link("manage"))
line("POST /newsletter/manage/{key}/{secret}", PUBLIC, link("manage", {"form": "leave"}))
line("GET /newsletter/one-click/{key}/{secret}", PUBLIC, link("stop"))
line("POST /newsletter/one-click/{key}/{secret}", PUBLIC, link("stop", {}))
line("GET /me/newsletter", SIGNED_IN, "/me/newsletter")
line("POST /me/newsletter", SIGNED_IN, own("/me/newsletter", {"form": "leave"}))
line("GET /desk/newsletter", RUNNERS, "/desk/newsletter")
line("POST /desk/newsletter", AT_DESK, new_issue_form)
line("GET /desk/newsletter/{issue_id}", AT_DESK, issue(PAGE))
line("POST /desk/newsletter/{issue_id}", AT_DESK, issue(PAGE, {"form": "details", **DETAILS}))
line("POST /desk/newsletter/{issue_id}", AT_DESK, issue(PAGE, {"form": "schedule", "when": "now"}))
line("GET /desk/newsletter/{issue_id}/preview", AT_DESK, issue(f"{PAGE}/preview"))
