"""What the pages about one mentor share: read it as who asks may, carry a form out, show it again."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Response

from incubator.db.engine import Database, Tx
from incubator.kernel.errors import Refusal, Stale
from incubator.kernel.period import WARSAW
from incubator.mentoring.mentor_views import MentorPrivately
from incubator.mentoring.pages.figures import language_names, money, worked
from incubator.mentoring.pages.labels import labels_in
from incubator.mentoring.profiles import mentor_privately
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import must_coordinate
from incubator.web.i18n import locale_of, texts_of
from incubator.web.pages import page


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request about the mentor `slug`, by whom and when."""

    request: Ask
    slug: str
    db: Database
    actor: Actor
    now: datetime
    desk: bool = False


Show = Callable[[Visit, Typed | None, Refusal | None], Awaitable[Response[str]]]


async def seen_by(tx: Tx, visit: Visit) -> MentorPrivately:
    """The mentor with what is private; at the desk, for the coordinator alone. Raises NoSuchMentor, NotYours."""
    found = await mentor_privately(tx, actor=visit.actor, slug=visit.slug, today=visit.now.astimezone(WARSAW).date())
    if visit.desk:
        must_coordinate(visit.actor, found.profile.gmina_id)
    return found


async def changed(visit: Visit, deeds: Mapping[str, Deed], *, back: str, show: Show) -> Response[Any]:
    """Carry out the form that was sent."""
    typed = await typed_in(visit.request)

    async def ask(tx: Tx) -> Asked:
        found = await seen_by(tx, visit)
        return Asked(tx=tx, actor=visit.actor, place=found.profile, typed=typed, now=visit.now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await show(visit, typed, refusal)

    return await carried_out(visit.request, visit.db, deeds, typed=typed, ask=ask, back=back, again=again)


def shown(
    request: Ask, template: str, *, typed: Typed | None = None, refusal: Refusal | None = None, **view: Any
) -> Response[str]:
    """A page of mentors, with what its forms and figures need."""
    labels, locale = labels_in(texts_of(request)), locale_of(request)
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        f"mentoring/{template}",
        status=status,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
        languages=language_names(locale),
        money=lambda minor: money(minor, locale),
        worked=lambda minutes: worked(minutes, locale),
        **view,
    )
