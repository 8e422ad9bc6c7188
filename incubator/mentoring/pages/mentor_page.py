"""What the pages about mentors share: whom a screen is about, and what figures are written with."""

from typing import Any

from litestar import Response

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.pages.figures import language_names
from incubator.mentoring.profiles import mentor_privately
from incubator.people.forms import Ask
from incubator.people.guards import must_coordinate
from incubator.people.screen import Shown
from incubator.people.visit import Visit
from incubator.web.i18n import locale_of
from incubator.web.pages import page


async def mentor_in(tx: Tx, visit: Visit) -> MentorPrivately:
    """The mentor whom the address names, with what is private, for themself and the coordinator of their
    gmina. Raises NoSuchMentor."""
    return await mentor_privately(tx, actor=visit.actor, slug=visit.slug, today=visit.now.astimezone(WARSAW).date())


async def mentor_at_desk(tx: Tx, visit: Visit) -> MentorPrivately:
    """The same, for the coordinator alone. Raises NoSuchMentor, NotYours."""
    found = await mentor_in(tx, visit)
    must_coordinate(visit.actor, found.profile.gmina_id)
    return found


def told(visit: Visit, template: str, **view: Any) -> Shown:
    """A page of mentors that has forms."""
    return Shown(f"mentoring/{template}", **_figures(visit.locale), **view)


def shown(request: Ask, template: str, **view: Any) -> Response[str]:
    """A page of mentors that has none."""
    return page(request, f"mentoring/{template}", **_figures(locale_of(request)), **view)


def _figures(locale: str) -> dict[str, Any]:
    return {
        "languages": language_names(locale),
    }
