"""Pages of passes, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import LONG, Refusal, of
from tests.browser.sights import COORDINATOR, MEMBER, OWNER, Sight


def bought(state: str) -> str:
    return f"SELECT id AS pass_id FROM pass_bought WHERE state = '{state}' ORDER BY id LIMIT 1"


ON_SALE = """SELECT pass_product.id AS product_id FROM pass_product JOIN price_list ON price_list.id = list_id
    JOIN incubator ON incubator.id = incubator_id, clock
    WHERE slug = 'las' AND state = 'published' AND in_force_from {0} clock.now::date LIMIT 1"""
DRAFT = "SELECT id AS list_id FROM price_list WHERE state = 'draft' LIMIT 1"
OF_DRAFT = """SELECT list_id, pass_product.id AS product_id FROM pass_product JOIN price_list ON price_list.id = list_id
    WHERE state = 'draft' LIMIT 1"""
WAITS_FOR = "hanna.zamkowska"
DESK = "/desk/prices/{list_id}/passes"
BUY = Sight(path="/passes/buy/{product_id}", who=MEMBER, find=ON_SALE.format("<="))
ORDERED = Sight(path="/passes/{pass_id}", what="to be paid", who=WAITS_FOR, find=bought("ordered"))
ACTIVE = Sight(path="/desk/passes/{pass_id}", what="half drawn", who=COORDINATOR, find=bought("active"))
NEW = Sight(path=f"{DESK}/new", who=COORDINATOR, find=DRAFT)
ONE = Sight(path=f"{DESK}/{{product_id}}", who=COORDINATOR, find=OF_DRAFT)

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/passes", who=OWNER),
    Sight(path="/passes", what="none yet", who="zofia.wronka"),
    BUY,
    Sight(path="/passes/buy/{product_id}", what="not on sale yet", who=MEMBER, find=ON_SALE.format(">")),
    ORDERED,
    Sight(path="/passes/{pass_id}", what="half drawn", who=MEMBER, find=bought("active")),
    Sight(path="/passes/{pass_id}", what="of others", who="zofia.wronka", find=bought("active"), status=404),
    Sight(path="/desk/passes", who=COORDINATOR),
    Sight(path="/desk/passes", what="none yet", who="koordynator.skawina"),
    ACTIVE,
    Sight(path="/desk/passes/{pass_id}", what="to be paid", who=COORDINATOR, find=bought("ordered")),
    NEW,
    ONE,
)
REFUSALS: tuple[Refusal, ...] = (
    Refusal(at=BUY, form=of("buy"), typed={"organisation_id": "x"}),
    Refusal(at=ORDERED, form=of("call_off"), typed={"sure": ""}),
    Refusal(at=ACTIVE, form=of("give_back"), typed={"sure": ""}),
    Refusal(at=NEW, form=of("pass"), typed={"name_pl": LONG, "amount": "20", "valid_days": "90", "price_0": "100"}),
    Refusal(at=NEW, form=of("pass"), typed={"name_pl": "Karnet", "amount": "20", "valid_days": "90"}),
    Refusal(at=ONE, form=of("pass"), typed={"price_0": "dużo"}),
)
NO_PAGES: dict[str, str] = {}
