"""Pages of payments through Stripe, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal, of
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, Sight
from tests.browser.sights_money import charge

GMINA = "SELECT 'niepolomice' AS slug"
DISPUTED = "EXISTS (SELECT FROM stripe_dispute WHERE charge_id = charge.id AND stripe_dispute.state = '{state}')"
FOR_ADMINISTRATOR = Sight(path="/desk/gminas/{slug}/stripe", what="of an administrator", who=ADMINISTRATOR, find=GMINA)

SIGHTS: tuple[Sight, ...] = (
    Sight(path="/desk/gminas/{slug}/stripe", who=COORDINATOR, find=GMINA),
    FOR_ADMINISTRATOR,
    Sight(
        path="/desk/gminas/{slug}/stripe", what="none yet", who="koordynator.skawina", find="SELECT 'skawina' AS slug"
    ),
    *(
        Sight(
            path="/desk/charges/{charge_id}",
            what=f"{state} dispute",
            who=COORDINATOR,
            find=charge(DISPUTED.format(state=state)),
        )
        for state in ("open", "lost")
    ),
)
REFUSALS: tuple[Refusal, ...] = (Refusal(at=FOR_ADMINISTRATOR, form=of("connect"), typed={"account": "konto"}),)
NO_PAGES: dict[str, str] = {
    "/checkouts/{checkout_id}": "nobody begins to pay here; tests/payments/stripe/test_pages.py",
}
