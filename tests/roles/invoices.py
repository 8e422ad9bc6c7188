"""Who may do what with invoices: see lines.py."""

from typing import Any

from incubator.db.engine import transaction
from incubator.invoices.document import Address, Buyer
from incubator.invoices.issue_invoice import issue_invoice
from incubator.invoices.notes_due import notes_due
from incubator.invoices.sale import Sale
from incubator.kernel.ids import uuid7
from tests.invoices.cast import SELLER
from tests.invoices.documents import LINES, document
from tests.moments import NOW
from tests.roles.lines import ANY_DESK, AT_DESK, ITS_OWNERS, ORGANISATION, SIGNED_IN, line, sending
from tests.roles.money import owed
from tests.roles.world import Made, Send, World

READ, WRITE = "invoices:read", "invoices:write"
SAYS = """
INSERT INTO invoice_seller (gmina_id, from_day, name, nip, line1, line2, version) VALUES ($1, $2, $3, $4, $5, '', 1)
ON CONFLICT DO NOTHING
"""
KEPT = """
UPDATE charge SET deposit_kept = deposit, deposit_reason = 'Szyba', deposit_settled_at = created_at WHERE id = $1
"""
BUYER = {"name": "Acme", "line1": "Leśna 4"}
COMPANY = {**BUYER, "nip": "5261040828"}
SAID = {"from_day": "2026-01-01", "name": "Gmina", "nip": SELLER.nip, "line1": "Rynek 1"}
SPAN = "since=2026-09-01&until=2026-09-30"


def invoice(path: str, body: dict[str, Any] | None = None) -> Send:
    """About an invoice of the holder's organisation, of its own."""

    async def send(world: World) -> Made:
        async with transaction(world.db) as tx:
            await tx.execute(SAYS, world.gmina_id, SELLER.from_day, SELLER.name, SELLER.nip, SELLER.line1)
            incubator = await tx.fetchval("SELECT id FROM incubator WHERE slug = $1", world.incubator)
            sale = Sale(
                gmina_id=world.gmina_id,
                incubator_id=incubator,
                subject_kind="booking",
                subject_id=uuid7(),
                lines=LINES,
                payment=document().payment,
                supplied_on=NOW.date(),
                organisation_id=world.organisation,
            )
            buyer = Buyer(name="Acme", nip="5261040828", address=Address(line1="Leśna 4"))
            made = await issue_invoice(tx, sale=sale, buyer=buyer, now=NOW)
        number = f"{SELLER.nip}-20260907-{next(world.turns):06X}-{made.id.int % 2**24:06X}-5F"
        given = {
            key: value.format(number=number) if isinstance(value, str) else value for key, value in (body or {}).items()
        }
        return path.format(key=made.id), given or None

    return send


def note(path: str) -> Send:
    """About an accounting note of the holder's organisation, of its own."""

    async def send(world: World) -> Made:
        charge = await owed(world, paid=12_800)
        async with transaction(world.db) as tx:
            await tx.execute(SAYS, world.gmina_id, SELLER.from_day, SELLER.name, SELLER.nip, SELLER.line1)
            await tx.execute(KEPT, charge.id)
            await notes_due(tx, now=NOW)
            key = await tx.fetchval("SELECT id FROM accounting_note WHERE charge_id = $1", charge.id)
        return path.format(key=key), None

    return send


def of_organisation(path: str, body: dict[str, Any] | None = None) -> Send:
    async def send(world: World) -> Made:
        return path.format(org=await world.org()), body

    return send


def of_gmina(path: str, body: dict[str, Any] | None = None) -> Send:
    async def send(world: World) -> Made:
        incubator = await world.sql("SELECT id FROM incubator WHERE slug = $1", world.incubator)
        told = {key: str(incubator) if value == "incubator" else value for key, value in (body or {}).items()}
        return path.format(gmina=world.gmina, incubator=incubator), told or None

    return send


line("GET /api/invoices", SIGNED_IN, "/api/invoices", scope=READ)
line("GET /api/invoices/{invoice_id}", ORGANISATION, invoice("/api/invoices/{key}"), scope=READ)
line("GET /api/invoices/{invoice_id}/structured", ORGANISATION, invoice("/api/invoices/{key}/structured"), scope=READ)
line("GET /api/gminas/{slug}/invoices", AT_DESK, of_gmina(f"/api/gminas/{{gmina}}/invoices?{SPAN}"), scope=READ)
line(
    "GET /api/gminas/{slug}/invoices/totals",
    AT_DESK,
    of_gmina(f"/api/gminas/{{gmina}}/invoices/totals?{SPAN}"),
    scope=READ,
)
line(
    "PUT /api/invoices/{invoice_id}/ksef-number",
    AT_DESK,
    invoice("/api/invoices/{key}/ksef-number", {"ksef_number": "{number}"}),
    scope=WRITE,
)
line(
    "POST /api/invoices/{invoice_id}/corrections",
    AT_DESK,
    invoice("/api/invoices/{key}/corrections", {"refund": 100, "reason": "Zwrot"}),
    scope=WRITE,
)
RENAMED = {"buyer": {**COMPANY, "name": "Acme i Syn"}, "reason": "Zwrot"}
line(
    "POST /api/invoices/{invoice_id}/buyer-corrections",
    AT_DESK,
    invoice("/api/invoices/{key}/buyer-corrections", RENAMED),
    scope=WRITE,
)
line(
    "POST /api/invoices/{invoice_id}/replacements",
    AT_DESK,
    invoice("/api/invoices/{key}/replacements", RENAMED),
    scope=WRITE,
)
line("GET /api/accounting-notes", SIGNED_IN, "/api/accounting-notes", scope=READ)
line("GET /api/accounting-notes/{note_id}", ORGANISATION, note("/api/accounting-notes/{key}"), scope=READ)
line(
    "GET /api/gminas/{slug}/accounting-notes",
    AT_DESK,
    of_gmina(f"/api/gminas/{{gmina}}/accounting-notes?{SPAN}"),
    scope=READ,
)
line(
    "GET /api/incubators/by-id/{incubator_id}/invoice-unit",
    AT_DESK,
    of_gmina("/api/incubators/by-id/{incubator}/invoice-unit"),
    scope=READ,
)
line("GET /api/gminas/{slug}/invoice-seller", AT_DESK, of_gmina("/api/gminas/{gmina}/invoice-seller"), scope=READ)
line(
    "PUT /api/gminas/{slug}/invoice-seller", AT_DESK, of_gmina("/api/gminas/{gmina}/invoice-seller", SAID), scope=WRITE
)
line(
    "PUT /api/incubators/by-id/{incubator_id}/invoice-unit",
    AT_DESK,
    of_gmina("/api/incubators/by-id/{incubator}/invoice-unit", {"nip": SELLER.nip}),
    scope=WRITE,
)
line("GET /api/me/invoice-buyer", SIGNED_IN, "/api/me/invoice-buyer", scope=READ)
line("PUT /api/me/invoice-buyer", SIGNED_IN, sending("/api/me/invoice-buyer", **BUYER), scope=WRITE)
line(
    "GET /api/organisations/{organisation_id}/invoice-buyer",
    ITS_OWNERS,
    of_organisation("/api/organisations/{org}/invoice-buyer"),
    scope=READ,
)
line(
    "PUT /api/organisations/{organisation_id}/invoice-buyer",
    ITS_OWNERS,
    of_organisation("/api/organisations/{org}/invoice-buyer", COMPANY),
    scope=WRITE,
)

line("GET /me/invoices", SIGNED_IN, "/me/invoices")
line("GET /me/invoices/buyer", SIGNED_IN, "/me/invoices/buyer")
line(
    "POST /me/invoices/buyer", SIGNED_IN, sending("/me/invoices/buyer", form="buyer", version="0", **BUYER), also="412"
)
line("GET /organisations/{organisation_id}/invoices", ITS_OWNERS, of_organisation("/organisations/{org}/invoices"))
line(
    "POST /organisations/{organisation_id}/invoices",
    ITS_OWNERS,
    of_organisation("/organisations/{org}/invoices", {"form": "buyer", "version": "0", **COMPANY}),
)
line("GET /invoices/{invoice_id}", ORGANISATION, invoice("/invoices/{key}"))
line("GET /invoices/{invoice_id}/invoice.pdf", ORGANISATION, invoice("/invoices/{key}/invoice.pdf"))
line("GET /invoices/{invoice_id}/invoice.xml", ORGANISATION, invoice("/invoices/{key}/invoice.xml"))
line("GET /desk/invoices", ANY_DESK, "/desk/invoices")
line("GET /desk/invoices/{invoice_id}", AT_DESK, invoice("/desk/invoices/{key}"))
line(
    "POST /desk/invoices/{invoice_id}",
    AT_DESK,
    invoice("/desk/invoices/{key}", {"form": "correct", "version": "1", "refund": "1,00", "reason": "Zwrot"}),
)
line("GET /notes/{note_id}/note.pdf", ORGANISATION, note("/notes/{key}/note.pdf"))
line("GET /desk/invoices/{invoice_id}/buyer", AT_DESK, invoice("/desk/invoices/{key}/buyer"))
line(
    "POST /desk/invoices/{invoice_id}/buyer",
    AT_DESK,
    invoice(
        "/desk/invoices/{key}/buyer",
        {
            "form": "rename",
            "version": "1",
            "reason": "Zwrot",
            **BUYER,
            "nip": COMPANY["nip"],
            "how": "another",
            "line2": "Kraków",
        },
    ),
)
for ending in ("", "/seller", "/register.csv", "/register.xlsx", "/ksef.zip"):
    line(f"GET /desk/gminas/{{slug}}/invoices{ending}", AT_DESK, of_gmina(f"/desk/gminas/{{gmina}}/invoices{ending}"))
SELLER_PAGE = "/desk/gminas/{gmina}/invoices/seller"
line(
    "POST /desk/gminas/{slug}/invoices/seller",
    AT_DESK,
    of_gmina(SELLER_PAGE, {"form": "seller", "version": "1", **SAID}),
    also="412",
)
line(
    "POST /desk/gminas/{slug}/invoices/seller",
    AT_DESK,
    of_gmina(SELLER_PAGE, {"form": "unit", "version": "1", "incubator_id": "incubator"}),
    also="412",
)
