"""Pages of invoices, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, MEMBER, OWNER, Sight


def invoice(which: str, *, gmina: str = "niepolomice") -> str:
    """SQL for an invoice of the demonstration, and an owner of the organisation that it is for."""
    return f"""
        SELECT invoice.id AS invoice_id FROM invoice JOIN gmina ON gmina.id = gmina_id
        WHERE gmina.slug = '{gmina}' AND {which} ORDER BY n LIMIT 1"""


def of_owner(which: str) -> str:
    return f"""
        SELECT invoice.id AS invoice_id, split_part(account.email, '@', 1) AS who FROM invoice
        JOIN membership ON membership.organisation_id = invoice.organisation_id AND membership.role = 'owner'
        JOIN account ON account.id = membership.account_id WHERE {which} ORDER BY n LIMIT 1"""


PLAIN, ADVANCE, CORRECTION = "invoice.kind = 'invoice'", "invoice.kind = 'advance'", "invoice.kind = 'correction'"
UNSENT = "invoice.kind = 'invoice' AND ksef_number IS NULL"
OWN_ORGANISATION = "SELECT organisation_id FROM membership JOIN me ON me.id = account_id WHERE role = 'owner' LIMIT 1"
AT_NIEPOLOMICE = "SELECT 'niepolomice' AS slug"
BUYER = Sight(path="/me/invoices/buyer", who=MEMBER)
ITS_BUYER = Sight(path="/organisations/{organisation_id}/invoices", who=OWNER, find=OWN_ORGANISATION)
ONE = Sight(path="/desk/invoices/{invoice_id}", what="to be sent", who=COORDINATOR, find=invoice(UNSENT))
RENAMED = "document #>> '{corrected,buyer,name}' IS NOT NULL"
NOTHING_LEFT = """invoice.corrects IS NULL AND invoice.gross + (
    SELECT coalesce(sum(part.gross), 0) FROM invoice AS part WHERE part.corrects = invoice.id) = 0"""
ABROAD = """
    SELECT split_part(email, '@', 1) AS who FROM invoice_buyer JOIN account ON account.id = account_id
    WHERE told->'address'->>'country' <> 'PL' LIMIT 1"""
RENAME = Sight(path="/desk/invoices/{invoice_id}/buyer", who=COORDINATOR, find=invoice(UNSENT))
SELLER = Sight(path="/desk/gminas/{slug}/invoices/seller", who=COORDINATOR, find=AT_NIEPOLOMICE)
MONTH = """
    SELECT 'niepolomice' AS slug, to_char(max(issued_on), 'YYYY-MM') AS month
    FROM invoice JOIN gmina ON gmina.id = gmina_id WHERE gmina.slug = 'niepolomice'"""

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/me/invoices", who=OWNER),
    Sight(path="/me/invoices", what="none yet", who=COORDINATOR),
    BUYER,
    ITS_BUYER,
    *(
        Sight(path="/invoices/{invoice_id}", what=what, find=of_owner(which))
        for what, which in (("plain", PLAIN), ("an advance", ADVANCE), ("a correction", CORRECTION))
    ),
    Sight(path="/invoices/{invoice_id}", what="of others", who="koordynator.mogilany", find=invoice(PLAIN), status=404),
    Sight(path="/desk/invoices", who=ADMINISTRATOR),
    Sight(path="/desk/gminas/{slug}/invoices", who=COORDINATOR, find=MONTH, query="month={month}"),
    Sight(
        path="/desk/gminas/{slug}/invoices",
        what="an empty month",
        who=COORDINATOR,
        find=AT_NIEPOLOMICE,
        query="month=2031-01",
    ),
    Sight(
        path="/desk/gminas/{slug}/invoices",
        what="no seller yet",
        who="koordynator.mogilany",
        find="SELECT 'mogilany' AS slug",
    ),
    ONE,
    Sight(path="/desk/invoices/{invoice_id}", what="a correction", who=COORDINATOR, find=invoice(CORRECTION)),
    Sight(
        path="/desk/invoices/{invoice_id}",
        what="corrected",
        who=COORDINATOR,
        find=invoice("invoice.id IN (SELECT corrects FROM invoice)"),
    ),
    RENAME,
    Sight(path="/desk/invoices/{invoice_id}/buyer", what="nothing left", who=COORDINATOR, find=invoice(NOTHING_LEFT)),
    Sight(path="/desk/invoices/{invoice_id}", what="of another's name", who=COORDINATOR, find=invoice(RENAMED)),
    Sight(path="/me/invoices/buyer", what="from abroad", find=ABROAD),
    SELLER,
    Sight(
        path="/desk/gminas/{slug}/invoices/seller",
        what="nothing yet",
        who="koordynator.mogilany",
        find="SELECT 'mogilany' AS slug",
    ),
)
NO_PAGES: dict[str, str] = {
    "/invoices/{invoice_id}/invoice.pdf": "a file; tests/invoices/test_pages.py",
    "/notes/{note_id}/note.pdf": "a file; tests/invoices/test_notes.py",
    "/invoices/{invoice_id}/invoice.xml": "a file; tests/invoices/test_pages.py",
    "/desk/gminas/{slug}/invoices/register.csv": "a file; tests/invoices/test_pages.py",
    "/desk/gminas/{slug}/invoices/register.xlsx": "a file; tests/invoices/test_pages.py",
    "/desk/gminas/{slug}/invoices/ksef.zip": "a file; tests/invoices/test_pages.py",
}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=BUYER, form=of("buyer"), typed={"name": "Anna", "line1": "Rynek 1", "nip": "1111111111"}),
    Refusal(at=ITS_BUYER, form=of("buyer"), typed={"nip": "", "line1": "Rynek 1"}),
    Refusal(at=ONE, form=of("ksef"), typed={"ksef_number": "las/2026/1"}),
    Refusal(at=ONE, form=of("correct"), typed={"refund": "0", "reason": "Zwrot"}),
    Refusal(at=ONE, form=of("correct"), typed={"refund": "sto", "reason": "Zwrot"}),
    Refusal(at=RENAME, form=of("rename"), typed={"nip": "1111111111", "reason": "Pomyłka"}),
    Refusal(at=RENAME, form=of("rename"), typed={"nip": "1132191233", "reason": "Pomyłka"}),
    Refusal(at=SELLER, form=of("seller"), typed={"nip": "123"}),
    Refusal(at=SELLER, form=of("seller"), typed={"name": LONG}),
    Refusal(at=SELLER, form=of("unit"), typed={"internal_id": "12"}),
)
