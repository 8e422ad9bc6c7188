"""Pages of the ledger and payments, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, OWNER, Sight


def charge(which: str, *, mine: bool = False) -> str:
    """SQL for one charge of Niepołomice that `which` describes; `mine`: of who looks, or their organisation."""
    whose = (
        " JOIN membership ON membership.organisation_id = charge.organisation_id JOIN me ON me.id = membership.account_id"
        if mine
        else ""
    )
    return (
        f"SELECT charge.id AS charge_id FROM charge JOIN gmina ON gmina.id = charge.gmina_id{whose}"
        f" WHERE gmina.slug = 'niepolomice' AND {which} ORDER BY charge.number LIMIT 1"
    )


WAITS = charge("state = 'open' AND paid = 0")
LOOKED = "SELECT id AS import_id FROM bank_import LIMIT 1"
FIRST = "first=2026-07-01"

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/payments", who=OWNER),
    Sight(path="/payments", what="nothing yet", who=ADMINISTRATOR),
    Sight(path="/payments/{charge_id}", what="to pay", who=OWNER, find=charge("state = 'open'", mine=True)),
    Sight(path="/payments/{charge_id}", what="cancelled", who=OWNER, find=charge("state = 'cancelled'", mine=True)),
    Sight(path="/payments/{charge_id}", what="a deposit kept", who=OWNER, find=charge("deposit_kept > 0", mine=True)),
    Sight(path="/payments/{charge_id}", what="of others", who="hanna.zamkowska", find=WAITS, status=404),
    Sight(path="/desk/payments", who=COORDINATOR),
    Sight(path="/desk/payments", what="late", who=COORDINATOR, query="which=overdue"),
    Sight(path="/desk/payments", what="disputed", who=COORDINATOR, query="which=disputed"),
    Sight(path="/desk/payments", what="all", who=COORDINATOR, query="which=all"),
    Sight(path="/desk/payments", what="of many gminas", who=ADMINISTRATOR),
    Sight(path="/desk/payments/account", who=COORDINATOR),
    Sight(path="/desk/payments/account", what="none yet", who="koordynator.skawina"),
    Sight(path="/admin/reminders", who=ADMINISTRATOR),
    Sight(path="/desk/payments/bank", who=COORDINATOR),
    Sight(path="/desk/payments/bank", what="nothing yet", who="koordynator.skawina"),
    Sight(path="/desk/payments/bank/{import_id}", what="taken over", who=COORDINATOR, find=LOOKED),
    Sight(path="/desk/charges/{charge_id}", what="to pay", who=COORDINATOR, find=WAITS),
    Sight(
        path="/desk/charges/{charge_id}",
        what="with a deposit",
        who=COORDINATOR,
        find=charge("state = 'paid' AND deposit > deposit_back + deposit_kept"),
    ),
    Sight(path="/desk/charges/{charge_id}", what="goes back", who=COORDINATOR, find=charge("refunded > 0")),
    Sight(path="/desk/charges/{charge_id}", what="of another gmina", who="koordynator.skawina", find=WAITS, status=404),
    Sight(path="/desk/ledger", who=COORDINATOR, query=FIRST),
    Sight(path="/desk/ledger", what="one account", who=COORDINATOR, query=f"{FIRST}&account=deposits"),
    Sight(path="/desk/ledger", what="nothing yet", who="koordynator.skawina"),
    Sight(path="/desk/ledger", what="of many gminas", who=ADMINISTRATOR),
)
BANK = Sight(path="/desk/payments/bank", who=COORDINATOR)
ONE = Sight(path="/desk/charges/{charge_id}", who=COORDINATOR, find=WAITS)
HELD = Sight(
    path="/desk/charges/{charge_id}",
    who=COORDINATOR,
    find=charge("state = 'paid' AND deposit > deposit_back + deposit_kept"),
)
ACCOUNT = Sight(path="/desk/payments/account", who=COORDINATOR)
REMINDERS = Sight(path="/admin/reminders", who=ADMINISTRATOR)
DAYS = {"valid_from": "2036-01-01", "before_days": "3", "late_days": "7", "last_days": "14"}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=REMINDERS, form=of("enter"), typed={**DAYS, "valid_from": "2020-02-01"}),
    Refusal(at=REMINDERS, form=of("enter"), typed={**DAYS, "last_days": "5"}),
    Refusal(at=REMINDERS, form=of("enter"), typed={**DAYS, "before_days": "0"}),
    Refusal(at=Sight(path="/desk/payments", who=COORDINATOR), form=of("sent"), typed={"done_on": "2030-01-01"}),
    Refusal(at=ACCOUNT, form=of("set"), typed={"number": "12", "holder": "Gmina", "valid_from": "2030-01-01"}),
    Refusal(at=ACCOUNT, form=of("set"), typed={"number": LONG}),
    Refusal(at=BANK, form=of("file"), typed={}),
    Refusal(at=BANK, form=f'{of("match")}:has([name="title"])', typed={"title": "INK 1"}),
    Refusal(at=ONE, form=of("came"), typed={"amount": "dużo"}),
    Refusal(at=ONE, form=of("came"), typed={"amount": "0"}),
    Refusal(at=ONE, form=of("write_off"), typed={"sure": ""}),
    Refusal(at=HELD, form=of("deposit"), typed={"keep": "5,00", "reason": ""}),
)
NO_PAGES: dict[str, str] = {}
