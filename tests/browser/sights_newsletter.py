"""Pages of newsletter, and the forms on them that are refused: see sights.py and refusals.py."""

from tests.browser.refusals import Refusal
from tests.browser.sights import Sight

SIGHTS: tuple[Sight, ...] = ()
REFUSALS: tuple[Refusal, ...] = ()
NO_PAGES: dict[str, str] = {}
