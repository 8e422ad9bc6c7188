"""Pages of payments through Stripe, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, Sight

GMINA = "SELECT 'niepolomice' AS slug"
FOR_ADMINISTRATOR = Sight(path="/desk/gminas/{slug}/stripe", what="of an administrator", who=ADMINISTRATOR, find=GMINA)

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/desk/gminas/{slug}/stripe", who=COORDINATOR, find=GMINA),
    FOR_ADMINISTRATOR,
)
REFUSALS: tuple[Refusal, ...] = (Refusal(at=FOR_ADMINISTRATOR, form=of("connect"), typed={"account": "konto"}),)
NO_PAGES: dict[str, str] = {
    "/checkouts/{checkout_id}": "nobody begins to pay here; tests/payments/stripe/test_pages.py",
}
