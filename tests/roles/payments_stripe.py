"""Who may do what in payments through Stripe: see lines.py."""

from datetime import timedelta
from itertools import count

from tests.moments import NOW
from tests.roles.lines import ADMINISTRATION, AT_DESK, PUBLIC, line
from tests.roles.world import Made, World

CHECKOUT = """
INSERT INTO checkout (charge_id, gmina_id, account, account_id, amount, text, locale, email, back, state, attempt, error,
    expires_at, session_id, url)
VALUES (uuidv7(), $1, 'acct_1', $2, 500, 'Sala', 'pl', '', '/me', 'open', 1, '', $3, 'cs_' || uuidv7(), 'https://x.invalid')
RETURNING id
"""
DAY = """
INSERT INTO stripe_day (gmina_id, account, day, done_at, error)
VALUES ($1, 'acct_' || replace(uuidv7()::text, '-', ''), '2026-09-06', $2, '') RETURNING id
"""
DESK = "/desk/gminas/{gmina}/stripe"
PAYER = "sh.hhhhhh"
TURNS = count(1)


async def checkout(world: World) -> Made:
    """Of `member`, who pays."""
    key = await world.sql(CHECKOUT, world.gmina_id, world.holder.id, NOW)
    return f"/checkouts/{key}", None


async def day(world: World) -> Made:
    key = await world.sql(DAY, world.gmina_id, NOW)
    return DESK.format(gmina=world.gmina), {"form": "compare", "version": "0", "day": str(key)}


async def compared(world: World) -> Made:
    key = await world.sql(DAY, world.gmina_id, NOW)
    return f"/api/stripe/days/{key}/compare?gmina={world.gmina_id}", {}


async def of_gmina(world: World) -> Made:
    return f"/api/stripe?gmina={world.gmina_id}", None


async def disputes(world: World) -> Made:
    return f"/api/disputes?gmina={world.gmina_id}", None


async def connected(world: World) -> Made:
    _, form = await account(world)
    assert isinstance(form, dict)
    return f"/api/stripe/account?gmina={world.gmina_id}", {"account": form["account"]}


async def checkout_api(world: World) -> Made:
    path, _ = await checkout(world)
    return f"/api{path}", None


async def account(world: World) -> Made:
    form = {"form": "connect", "version": "0", "account": f"acct_{next(world.turns)}x{world.gmina.replace('-', '')}"}
    return DESK.format(gmina=world.gmina), form


async def told(_world: World) -> Made:
    """Stripe is off in the tests' house; who signs as it may speak, see tests/payments/stripe/test_events.py."""
    return "/webhooks/stripe", {}


line("POST /webhooks/stripe", PUBLIC, told, also="stripe_off")
line("GET /checkouts/{checkout_id}", PAYER, checkout)
line("GET /desk/gminas/{slug}/stripe", AT_DESK, DESK)
line("POST /desk/gminas/{slug}/stripe", AT_DESK, day)
line("POST /desk/gminas/{slug}/stripe", ADMINISTRATION, account)
line("GET /api/checkouts/{checkout_id}", PAYER, checkout_api, scope="payments:read")
line("GET /api/stripe", AT_DESK, of_gmina, scope="payments:read")
line("GET /api/disputes", AT_DESK, disputes, scope="payments:read")
line("PUT /api/stripe/account", ADMINISTRATION, connected, scope="payments:write")
line("POST /api/stripe/days/{day_id}/compare", AT_DESK, compared, scope="payments:write")


async def reminders(world: World) -> Made:
    """A day that nothing is entered of yet."""
    days = {"before_days": 3, "late_days": 7, "last_days": 14}
    return "/api/payments/reminder-days", {"valid_from": str(NOW.date() + timedelta(days=next(TURNS))), **days}


line("GET /api/payments/reminder-days", ADMINISTRATION, "/api/payments/reminder-days", scope="payments:read")
line("POST /api/payments/reminder-days", ADMINISTRATION, reminders, scope="payments:write")


async def reminders_page(world: World) -> Made:
    _path, days = await reminders(world)
    assert days is not None
    return "/admin/reminders", {"form": "enter", "version": "0", **{name: str(value) for name, value in days.items()}}


line("GET /admin/reminders", ADMINISTRATION, "/admin/reminders")
line("POST /admin/reminders", ADMINISTRATION, reminders_page)
