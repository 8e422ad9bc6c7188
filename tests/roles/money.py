"""Who may do what with the ledger and payments: see lines.py."""

from datetime import timedelta
from itertools import count
from uuid import UUID, uuid4

from incubator.db.engine import transaction
from incubator.kernel.money import Vat, of_net
from incubator.payments.import_bank_file import import_bank_file, preview_bank_file
from incubator.payments.owe import owe
from incubator.payments.plan_refund import plan_refund
from incubator.payments.queries import payments_of
from incubator.payments.read_bank_file import read_bank_file
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method, Why
from incubator.payments.views import ChargeView
from tests.moments import NOW
from tests.payments.money import HandMade, Line
from tests.roles.lines import AT_DESK, BOOKING_AT_DESK, ORGANISATION, SIGNED_IN, line
from tests.roles.world import Made, Send, World

SEE, CHANGE = "payments:read", "payments:write"
TURNS = count(1)
# A form about one thing of the gmina: others are not even told that it is there.
AT_ITS_DESK = BOOKING_AT_DESK
PLACE = "SELECT incubator.id FROM incubator WHERE slug = $1"


async def owed(world: World, *, paid: int = 0, deposit: int = 500) -> ChargeView:
    """12,800 grosz of the holder's organisation, of which `paid` came by transfer."""
    incubator = await world.sql(PLACE, world.incubator)
    assert isinstance(incubator, UUID)
    what = Line(text_pl="Sala", text_en="Room", amount=of_net(10_000, Vat.STANDARD))
    quote = HandMade(gmina_id=world.gmina_id, incubator_id=incubator, lines=(what,), deposit=deposit)
    async with transaction(world.db) as tx:
        charge = await owe(
            tx,
            quote_id=uuid4(),
            quote=quote,
            subject_kind="booking",
            subject_id=uuid4(),
            account_id=world.holder.id,
            organisation_id=world.organisation,
            due_at=NOW + timedelta(days=7),
            now=NOW,
        )
        if paid:
            charge = await settle_charge(
                tx,
                charge_id=charge.id,
                method=Method.TRANSFER,
                amount=paid,
                received_on=NOW.date(),
                reference="",
                now=NOW,
            )
    return charge


def about(path: str, body: "dict[str, object] | None" = None, *, paid: int = 0, refund: bool = False) -> Send:
    """About a charge; `VERSION`, `PAYMENT` and `REFUND` in the body or the path are filled in."""

    async def send(world: World) -> Made:
        charge = await owed(world, paid=paid)
        async with transaction(world.db) as tx:
            payments = await payments_of(tx, charge_id=charge.id)
            if refund:
                await plan_refund(tx, charge, amount=charge.surplus, why=Why.OVERPAID, by=None, now=NOW)
            key = await tx.fetchval("SELECT id FROM refund WHERE charge_id = $1", charge.id)
        known: dict[object, str] = {"VERSION": str(charge.version), "REFUND": str(key)}
        if payments:
            known["PAYMENT"] = str(payments[0].id)
        told = {name: known.get(value, value) for name, value in body.items()} if body is not None else None
        return path.format(key=charge.id, gmina=world.gmina_id, refund=key, payment=known.get("PAYMENT")), told

    return send


def file_seen(path: str, body: object = None) -> Send:
    """About a file of the bank that a coordinator looked at."""

    async def send(world: World) -> Made:
        found = read_bank_file(f"Data;Kwota\n2026-09-01;{next(TURNS)},00\n".encode())
        actor = await world.acting(world.cast.administrator)
        async with transaction(world.db) as tx:
            made = await preview_bank_file(tx, actor=actor, gmina_id=world.gmina_id, found=found, now=NOW)
        return path.format(key=made.id), body

    return send


def transfer(path: str, form: str, *, charge: bool = False) -> Send:
    """About a transfer that waits."""

    async def send(world: World) -> Made:
        turn = next(TURNS)
        found = read_bank_file(f"Data;Kwota;Tytuł\n2026-09-01;{turn},00;x{turn}\n".encode())
        actor = await world.acting(world.cast.administrator)
        async with transaction(world.db) as tx:
            made = await preview_bank_file(tx, actor=actor, gmina_id=world.gmina_id, found=found, now=NOW)
            await import_bank_file(tx, actor=actor, import_id=made.id, now=NOW)
            key = await tx.fetchval("SELECT id FROM bank_line WHERE import_id = $1", made.id)
        told = {"form": form, "version": "0", "line_id": str(key)}
        more = {"charge_id": str((await owed(world)).id)} if charge else {}
        return path.format(gmina=world.gmina_id), {**told, **more}

    return send


def waiting(path: str) -> Send:
    """The same for a program."""

    async def send(world: World) -> Made:
        _, told = await transfer("", "", charge=True)(world)
        assert told is not None
        body = {"charge_id": told["charge_id"]} if path.endswith("match") else {"aside": True}
        return path.format(line=told["line_id"]), body

    return send


def new_account(path: str, *, form: bool) -> Send:
    """From a day of its own."""

    async def send(world: World) -> Made:
        day = (NOW + timedelta(days=next(TURNS))).date().isoformat()
        told = {"number": "61109010140000071219812874", "holder": "Gmina", "valid_from": day}
        return path.format(gmina=world.gmina_id), {**({"form": "set", "version": "0"} if form else {}), **told}

    return send


# Who keeps the gmina's money sees what is owed, and does not pay it.
ITS_PAYERS = "sh..hhfhf"
DESK, CHARGE = "/desk/payments?gmina={gmina}", "/desk/charges/{key}"
BANK = "/desk/payments/bank?gmina={gmina}"

# Pages
line("GET /payments", SIGNED_IN, about("/payments"))
line("GET /payments/{charge_id}", ORGANISATION, about("/payments/{key}"))
line("POST /payments/{charge_id}/invoice", ORGANISATION, about("/payments/{key}/invoice", {}), also="409")
line("POST /desk/charges/{charge_id}/invoice", "sfffff.h.", about("/desk/charges/{key}/invoice", {}), also="409")
line(
    "POST /payments/{charge_id}",
    ITS_PAYERS,
    about("/payments/{key}", {"form": "card", "version": "0"}),
    also="503",
)
line("GET /desk/ledger", AT_DESK, about("/desk/ledger?gmina={gmina}", paid=100))
line("GET /desk/payments", AT_DESK, about(DESK))
line(
    "POST /desk/payments",
    AT_DESK,
    about(
        DESK,
        {"form": "sent", "version": "0", "refund_id": "REFUND", "done_on": "2026-09-07"},
        paid=13_000,
        refund=True,
    ),
)
line("GET /desk/payments/account", AT_DESK, about("/desk/payments/account?gmina={gmina}"))
line("POST /desk/payments/account", AT_DESK, new_account("/desk/payments/account?gmina={gmina}", form=True))
line("GET /desk/payments/bank", AT_DESK, about(BANK))
line("POST /desk/payments/bank", AT_DESK, about(BANK, {"form": "certain", "version": "0"}))
line("POST /desk/payments/bank", AT_DESK, transfer(BANK, "aside"))
line("POST /desk/payments/bank", AT_DESK, transfer(BANK, "match", charge=True))
line("GET /desk/payments/bank/{import_id}", AT_ITS_DESK, file_seen("/desk/payments/bank/{key}"))
line(
    "POST /desk/payments/bank/{import_id}",
    AT_ITS_DESK,
    file_seen("/desk/payments/bank/{key}", {"form": "apply", "version": "0"}),
)
line("GET /desk/charges/{charge_id}", AT_ITS_DESK, about(CHARGE))
CAME = {"form": "came", "version": "VERSION", "amount": "1,00", "received_on": "2026-09-07"}
line("POST /desk/charges/{charge_id}", AT_ITS_DESK, about(CHARGE, CAME))
UNMATCH = {"form": "unmatch", "version": "VERSION", "payment_id": "PAYMENT"}
line("POST /desk/charges/{charge_id}", AT_ITS_DESK, about(CHARGE, UNMATCH, paid=100))
line(
    "POST /desk/charges/{charge_id}", AT_ITS_DESK, about(CHARGE, {"form": "deposit", "version": "VERSION"}, paid=12_800)
)
line(
    "POST /desk/charges/{charge_id}",
    AT_ITS_DESK,
    about(CHARGE, {"form": "give_back", "version": "VERSION"}, paid=13_000),
)
WRITE_OFF = {"form": "write_off", "version": "VERSION", "sure": "yes"}
line("POST /desk/charges/{charge_id}", AT_ITS_DESK, about(CHARGE, WRITE_OFF))

# API
ONE, DAYS = "/api/charges/{key}", "first=2026-09-01&last=2026-09-30"
CHARGE_API = "/api/charges/{charge_id}"
line("GET /api/charges", SIGNED_IN, about("/api/charges"), scope=SEE)
line(f"GET {CHARGE_API}", ORGANISATION, about(ONE), scope=SEE)
line("GET /api/charges/desk", AT_DESK, about("/api/charges/desk?gmina={gmina}"), scope=SEE)
line(
    f"POST {CHARGE_API}/transfers",
    AT_ITS_DESK,
    about(f"{ONE}/transfers", {"amount": 100, "received_on": "2026-09-07"}),
    scope=CHANGE,
)
line(
    f"POST {CHARGE_API}/payments/{{payment_id}}/withdraw",
    AT_ITS_DESK,
    about(f"{ONE}/payments/{{payment}}/withdraw", {}, paid=100),
    scope=CHANGE,
)
line(f"POST {CHARGE_API}/deposit", AT_ITS_DESK, about(f"{ONE}/deposit", {}, paid=12_800), scope=CHANGE)
line(f"POST {CHARGE_API}/give-back", AT_ITS_DESK, about(f"{ONE}/give-back", {}, paid=13_000), scope=CHANGE)
line(f"POST {CHARGE_API}/write-off", AT_ITS_DESK, about(f"{ONE}/write-off", {}), scope=CHANGE)
line(
    "POST /api/refunds/{refund_id}/done",
    AT_ITS_DESK,
    about("/api/refunds/{refund}/done", {"done_on": "2026-09-07"}, paid=13_000, refund=True),
    scope=CHANGE,
)
line("GET /api/refunds", AT_DESK, about("/api/refunds?gmina={gmina}", paid=13_000, refund=True), scope=SEE)
line("GET /api/charges/sums", AT_DESK, about("/api/charges/sums?gmina={gmina}"), scope=SEE)
line(
    f"POST {CHARGE_API}/checkouts",
    ITS_PAYERS,
    about(f"{ONE}/checkouts", {}),
    also="stripe_off",
    scope=CHANGE,
)
FILES, TRANSFERS, ACCOUNTS = "/api/bank/files", "/api/bank/transfers", "/api/bank/accounts"
line(f"POST {FILES}", AT_DESK, about(f"{FILES}?gmina={{gmina}}", {}), also="unreadable_bank_file", scope=CHANGE)
line(f"GET {FILES}/{{import_id}}", AT_ITS_DESK, file_seen(f"{FILES}/{{key}}"), scope=SEE)
line(f"POST {FILES}/{{import_id}}/import", AT_ITS_DESK, file_seen(f"{FILES}/{{key}}/import", {}), scope=CHANGE)
line(f"GET {TRANSFERS}", AT_DESK, about(f"{TRANSFERS}?gmina={{gmina}}"), scope=SEE)
line(f"POST {TRANSFERS}/{{line_id}}/match", AT_ITS_DESK, waiting(f"{TRANSFERS}/{{line}}/match"), scope=CHANGE)
line(f"POST {TRANSFERS}/{{line_id}}/aside", AT_ITS_DESK, waiting(f"{TRANSFERS}/{{line}}/aside"), scope=CHANGE)
line(
    f"POST {TRANSFERS}/match-certain",
    AT_DESK,
    about(f"{TRANSFERS}/match-certain?gmina={{gmina}}", {}),
    scope=CHANGE,
)
line(f"GET {ACCOUNTS}", AT_DESK, about(f"{ACCOUNTS}?gmina={{gmina}}"), scope=SEE)
line(f"POST {ACCOUNTS}", AT_DESK, new_account(f"{ACCOUNTS}?gmina={{gmina}}", form=False), scope=CHANGE)
line("GET /api/ledger/balances", AT_DESK, about(f"/api/ledger/balances?gmina={{gmina}}&{DAYS}"), scope=SEE)
line("GET /api/ledger/months", AT_DESK, about(f"/api/ledger/months?gmina={{gmina}}&{DAYS}"), scope=SEE)
line("GET /api/ledger/entries", AT_DESK, about(f"/api/ledger/entries?gmina={{gmina}}&{DAYS}"), scope=SEE)
