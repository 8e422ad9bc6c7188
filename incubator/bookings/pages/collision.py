"""What stands in the way of a time that was chosen: somebody else, who came first or meanwhile."""

from typing import Any

from litestar import Request

from incubator.bookings.any_desk import NoFreeDesk
from incubator.bookings.confirm import HoldLapsed
from incubator.bookings.pages.picking import Choice
from incubator.bookings.place import SlotTaken
from incubator.kernel.errors import N_, Refusal
from incubator.kernel.period import Period
from incubator.web.i18n import texts_of
from incubator.web.problems import said

LAPSED = N_("The time was kept for you for a while and has been given back. It is still free: keep it again.")
LAPSED_AND_TAKEN = N_("The time was kept for you for a while and has been given back. It is no longer free.")


def is_taken(refusal: Refusal | None, choice: Choice, wanted: Period | None) -> bool:
    """Whether somebody else has the time; of one that was given back it has to be looked up."""
    if isinstance(refusal, HoldLapsed) and wanted:
        return not any(one.moment == wanted.start and wanted.end <= one.until for one in choice.starts)
    return isinstance(refusal, SlotTaken | NoFreeDesk)


def sentence(request: Request[Any, Any, Any], refusal: Refusal, taken: bool) -> str:
    """What the page says of the refusal."""
    if isinstance(refusal, HoldLapsed):
        return texts_of(request).gettext(LAPSED_AND_TAKEN if taken else LAPSED)
    return said(request, refusal)
