"""Every page and every refused form, of all features."""

from tests.browser import sights_aid as aid
from tests.browser import sights_applications as applications
from tests.browser import sights_assessment as assessment
from tests.browser import sights_directory as directory
from tests.browser import sights_exchanges as exchanges
from tests.browser import sights_invoices as invoices
from tests.browser import sights_meetings as meetings
from tests.browser import sights_mentors as mentors
from tests.browser import sights_money as money
from tests.browser import sights_newsletter as newsletter
from tests.browser import sights_notices as notices
from tests.browser import sights_outside as outside
from tests.browser import sights_participation as participation
from tests.browser import sights_passes as passes
from tests.browser import sights_payments_stripe as payments_stripe
from tests.browser import sights_prices as prices
from tests.browser import sights_programmes as programmes
from tests.browser import sights_registrations as registrations
from tests.browser.refusals import REFUSALS
from tests.browser.sights import NO_PAGES, SIGHTS

_MORE = (
    aid,
    mentors,
    meetings,
    outside,
    programmes,
    applications,
    assessment,
    participation,
    exchanges,
    registrations,
    directory,
    newsletter,
    notices,
    prices,
    invoices,
    passes,
    payments_stripe,
    money,
)

EVERY_SIGHT = (*SIGHTS, *(sight for part in _MORE for sight in part.SIGHTS))
EVERY_REFUSAL = (*REFUSALS, *(refusal for part in _MORE for refusal in part.REFUSALS))
NOT_PAGES = {**NO_PAGES, **{path: what for part in _MORE for path, what in part.NO_PAGES.items()}}
