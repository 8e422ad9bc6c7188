"""Where each grosz is: our rows, the ledger and the fake's own book, each read by itself and held against the others."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.kernel.clock import system_clock
from incubator.ledger.check_books import check_books
from incubator.ledger.states import Account
from incubator.payments.check_charges import check_charges
from incubator.web import gate
from tests.auditing import audit
from tests.chaos.client import Story
from tests.chaos.processes import Machines
from tests.chaos.town import Gmina, Town
from tests.stripe_fake.doors import Doors

GIVEN = ("awaiting_payment", "confirmed", "checked_in", "completed", "no_show")
"""States of a booking that owes its price."""
LIVE = str(GIVEN)

TWICE = "SELECT title FROM booking GROUP BY title HAVING count(*) > 1"
THERE = "SELECT id, state FROM booking"

# A live booking owes what it was quoted last, once; one that is over owes nothing that did not stay by the steps.
CHARGES = """
SELECT charge.number, charge.state, booking.state AS booking_state, charge.net + charge.vat + charge.deposit AS asked,
    owed, paid, refunded, outstanding, charge.reason,
    quote_id = (SELECT id FROM quote WHERE subject_id = booking.id ORDER BY id DESC LIMIT 1) AS latest
FROM charge JOIN booking ON booking.id = subject_id
"""
UNCHARGED = f"""
SELECT booking.id FROM booking WHERE state IN {LIVE} AND state <> 'awaiting_payment' AND EXISTS (
    SELECT FROM quote WHERE subject_id = booking.id AND net + vat + deposit > 0
        AND id = (SELECT id FROM quote AS last WHERE last.subject_id = booking.id ORDER BY id DESC LIMIT 1)
) AND NOT EXISTS (SELECT FROM charge WHERE subject_id = booking.id AND state <> 'cancelled')
"""
TWO_CHARGES = "SELECT subject_id FROM charge WHERE state <> 'cancelled' AND reason = '' GROUP BY 1 HAVING count(*) > 1"
UNTOLD = "SELECT number FROM charge WHERE state = 'paid' AND told_paid_at IS NULL"

# What the law calls a document, of all that stays with the gmina but deposits.
INVOICES = """
SELECT charge.number, state, charge.organisation_id IS NOT NULL AS of_company, net + vat - back_net - back_vat AS kept,
    (SELECT coalesce(sum(gross), 0)::bigint FROM invoice WHERE charge_id = charge.id) AS documents,
    (SELECT count(*) FROM invoice WHERE charge_id = charge.id) AS papers
FROM charge
"""
GAPS = """
SELECT incubator_id, year FROM invoice GROUP BY 1, 2 HAVING max(n) <> count(*) OR min(n) <> 1
"""

# Of each booking, the aid that stands.
AID = f"""
SELECT booking.id, booking.state, coalesce(sum(aid_entry.amount), 0)::bigint AS stands,
    count(aid_entry.id) FILTER (WHERE reverses IS NULL) - count(aid_entry.id) FILTER (WHERE reverses IS NOT NULL) AS entries,
    CASE WHEN booking.state IN {LIVE} AND organisation_id_of.kind IN ('startup', 'company')
        THEN coalesce((SELECT greatest(market_net - net, 0) FROM quote WHERE subject_id = booking.id ORDER BY id DESC LIMIT 1), 0)
        ELSE 0 END AS due
FROM booking LEFT JOIN aid_entry ON aid_entry.subject_id = booking.id
LEFT JOIN organisation AS organisation_id_of ON organisation_id_of.id = booking.organisation_id
GROUP BY booking.id, organisation_id_of.kind
"""
BALANCE = """
SELECT account, sum(amount)::bigint AS amount FROM posting JOIN entry ON entry.id = entry_id WHERE gmina_id = $1 GROUP BY 1
"""
# What came by Stripe and went back by it, of each charge, as we have it.
BY_STRIPE = """
SELECT charge.id, (SELECT coalesce(sum(amount), 0) FROM payment WHERE charge_id = charge.id AND method IN ('card', 'blik', 'p24'))
    - (SELECT coalesce(sum(amount), 0) FROM refund WHERE charge_id = charge.id AND method IN ('card', 'blik', 'p24') AND state = 'done') AS amount
FROM charge
"""
DEEDS = """
SELECT verb, count(*) AS n FROM history
WHERE subject_kind IN ('booking', 'charge', 'aid_entry', 'invoice') GROUP BY verb ORDER BY verb
"""
UNDONE = """
SELECT 'checkout ' || id || ' is ' || state FROM checkout WHERE state IN ('wanted', 'open')
UNION ALL SELECT 'refund at Stripe ' || id || ' is ' || state || ' ' || error FROM stripe_refund WHERE state IN ('wanted', 'sent')
UNION ALL SELECT 'refund ' || id || ' is ' || state || ' by ' || method FROM refund WHERE state <> 'done'
UNION ALL SELECT 'event ' || stripe_id || ' ' || type || ': ' || error FROM stripe_event WHERE error <> '' OR worked_at IS NULL
UNION ALL SELECT 'difference ' || kind || ' ' || what || ' ' || source FROM stripe_difference
UNION ALL SELECT 'day ' || day || ' of ' || account || ': ' || error FROM stripe_day WHERE done_at IS NULL OR error <> ''
UNION ALL SELECT 'job ' || entrypoint || ' is ' || status FROM pgqueuer
    -- The clock gives out new ones each minute, also since the queue was seen empty.
    WHERE status NOT IN ('queued', 'picked') OR created < now() - interval '30 seconds'
"""


async def reckon(tx: Tx, *, town: Town, story: Story, stripe: Doors) -> list[str]:
    """What is wrong, in words; nothing where every grosz is where it should be."""
    found = [f"audit: {complaint}" for complaint in await audit(tx)]
    found += await _bookings(tx, story)
    found += await _charges(tx)
    found += [f"invoice: {row}" for row in await _invoices(tx)]
    found += [
        f"aid: {dict(row)}"
        for row in await tx.fetch(AID)
        if row["stands"] != row["due"] or row["entries"] not in (0, 1)
    ]
    found += [row[0] for row in await tx.fetch(UNDONE)]
    for gmina in town.gminas:
        found += await _books(tx, gmina, stripe)
    found += await _at_stripe(tx, stripe)
    now = system_clock()
    for check in (check_books, check_charges):
        found += [f"{check.__name__}: {fault}" for faults in (await check(tx, now=now)).values() for fault in faults]
    return found


async def deeds(tx: Tx) -> Counter[str]:
    """How often each deed was done, as history has it."""
    return Counter({row["verb"]: row["n"] for row in await tx.fetch(DEEDS)})


async def _bookings(tx: Tx, story: Story) -> list[str]:
    found = [f"booked twice: {row['title']}" for row in await tx.fetch(TWICE)]
    there = {row["id"]: row["state"] for row in await tx.fetch(THERE)}
    found += [f"acknowledged and not there: {key}" for key in story.booked if key not in there]
    # What was called off stays so; what was live may have been called off without an answer.
    found += [
        f"{key} was told cancelled and is {there[key]}"
        for key, state in story.booked.items()
        if state == "cancelled" and there.get(key) != "cancelled"
    ]
    return found


async def _charges(tx: Tx) -> list[str]:
    found = [f"booking {row['id']} is live and owes nothing" for row in await tx.fetch(UNCHARGED)]
    found += [f"booking {row['subject_id']} owes twice" for row in await tx.fetch(TWO_CHARGES)]
    found += [f"charge {row['number']} is paid and nothing followed" for row in await tx.fetch(UNTOLD)]
    for row in await tx.fetch(CHARGES):
        if wrong := _wrong_with(row):
            found.append(f"charge: {wrong}: {dict(row)}")
    return found


def _wrong_with(row: Mapping[str, object]) -> str:
    live = row["booking_state"] in GIVEN
    match row["state"]:
        case "paid" if not live:
            return "paid, and the booking is over"
        case "paid" | "open" if live and not row["latest"] and not row["reason"]:
            return "not of the latest quote"
        case "paid" | "cancelled" if row["outstanding"] != 0:
            return "settled, and something is outstanding or came too much"
        case "open" if not live and not row["reason"]:
            return "owed for a booking that is over"
        case "cancelled" if live and row["latest"]:
            return "called off, and the booking is live"
        case _:
            return ""


async def _invoices(tx: Tx) -> Iterable[str]:
    found = [f"numbers of {row['incubator_id']} have gaps" for row in await tx.fetch(GAPS)]
    for row in await tx.fetch(INVOICES):
        if row["papers"] and row["documents"] != row["kept"]:
            found.append(f"documents say otherwise: {dict(row)}")
        if row["state"] == "paid" and row["of_company"] and row["kept"] and not row["papers"]:
            found.append(f"none was issued: {dict(row)}")
        if row["state"] == "open" and row["papers"]:
            found.append(f"issued before it was paid: {dict(row)}")
    return found


async def _books(tx: Tx, gmina: Gmina, stripe: Doors) -> list[str]:
    ours = {row["account"]: row["amount"] for row in await tx.fetch(BALANCE, gmina.id)}
    came, fees = stripe.balance(gmina.account)
    found = []
    if sum(ours.values()):
        found.append(f"{gmina.account}: the ledger is out of balance by {sum(ours.values())}")
    if ours.get(Account.STRIPE, 0) != came - fees:
        found.append(f"{gmina.account}: the ledger says {ours.get(Account.STRIPE, 0)}, Stripe {came - fees}")
    if ours.get(Account.FEES, 0) != fees:
        found.append(f"{gmina.account}: fees of {ours.get(Account.FEES, 0)}, Stripe took {fees}")
    return found


async def _at_stripe(tx: Tx, stripe: Doors) -> list[str]:
    """By charge: what Stripe took and gave back, and whether anybody paid twice and did not get it back."""
    asked = {row["id"]: row["amount"] for row in await tx.fetch("SELECT id, net + vat + deposit AS amount FROM charge")}
    ours = {row["id"]: row["amount"] for row in await tx.fetch(BY_STRIPE)}
    theirs = at_stripe(stripe)
    found = [
        f"charge {key}: Stripe holds {amount}, we say {ours.get(key)}"
        for key, amount in theirs.items()
        if ours.get(key) != amount
    ]
    found += [
        f"charge {key}: {amount} came by Stripe that it never saw"
        for key, amount in ours.items()
        if amount and key not in theirs
    ]
    found += [
        f"charge {key} of {asked.get(key)} was paid twice: Stripe holds {amount}"
        for key, amount in theirs.items()
        if amount > asked.get(key, 0)
    ]
    return found


def at_stripe(stripe: Doors) -> dict[UUID, int]:
    """What Stripe holds of each charge, as Stripe has it."""
    of_intent = {one["id"]: UUID(one["metadata"]["charge"]) for one in stripe.store.every("payment_intent")}
    held: dict[UUID, int] = defaultdict(int)
    for charge in stripe.store.every("charge"):
        held[of_intent[charge["payment_intent"]]] += charge["amount"] - charge["amount_refunded"]
    return dict(held)


def paid_checkouts(stripe: Doors) -> int:
    return sum(session["payment_status"] == "paid" for session in stripe.sessions())


FAULT = re.compile(r'"level": ?"(error|critical)"')


def read_logs(machines: Machines) -> list[str]:
    """Answers of 500 and more, and what the house itself calls an error."""
    found: Counter[str] = Counter()
    for process in (*machines.servers, *machines.workers):
        for line in _lines(process.log):
            if FAULT.search(line) or "Traceback" in line:
                found[f"{process.log.name}: {line[:1500]}"] += 1
            elif line.startswith('{"timestamp"') and (told := _parsed(line)) and told.status >= 500:
                found[f"{process.log.name}: {told.method} {told.path} {told.status}"] += 1
    return [f"{n} × {line}" for line, n in found.items()]


def _lines(log: Path) -> Sequence[str]:
    return log.read_text(errors="replace").splitlines()


def _parsed(line: str) -> gate.Line | None:
    """None where a kill cut the line, and of who asked whether one is ready before one was."""
    try:
        told = msgspec.json.decode(line, type=gate.Line)
    except msgspec.DecodeError:
        return None
    return None if told.path.startswith(gate.UNTOLD) else told
