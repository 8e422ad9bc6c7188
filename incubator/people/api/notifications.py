"""What mails one gets: invitations for one's calendar, and reminders."""

from collections.abc import Sequence

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from incubator.db.engine import statement
from incubator.people.api.shapes import NoticeChoice, NoticeChoices
from incubator.people.choose_notices import choose_notices
from incubator.people.guards import scope, signed_in
from incubator.people.notices import About, Notices, Reminders, notices_of
from incubator.people.visit import Visit
from incubator.web.problems import problems

ME = [signed_in, scope("me")]


@get("/me/notifications", operation_id="getMyNotifications", guards=ME, responses=problems(401, 403))
async def get_my_notifications(visit: NamedDependency[Visit]) -> NoticeChoices:
    """What one would like besides the mails that tell what has happened."""
    async with statement(visit.db) as tx:
        return _shape(await notices_of(tx, actor=visit.actor))


@put("/me/notifications", operation_id="changeMyNotifications", guards=ME, responses=problems(401, 403, 422))
async def change_my_notifications(visit: NamedDependency[Visit], data: JSONBody[NoticeChoices]) -> NoticeChoices:
    """All of it anew."""
    chosen = [_chosen(About.BOOKINGS, data.bookings), _chosen(About.MEETINGS, data.meetings)]
    chosen.append(_chosen(About.SESSIONS, data.sessions))
    return _shape(await visit.do(choose_notices, chosen=chosen))


def _chosen(about: About, choice: NoticeChoice) -> Notices:
    return Notices(about=about, invitations=choice.invitations, reminders=Reminders(choice.reminders))


def _shape(found: Sequence[Notices]) -> NoticeChoices:
    by_kind = {one.about: NoticeChoice(invitations=one.invitations, reminders=one.reminders.value) for one in found}
    return NoticeChoices(
        bookings=by_kind[About.BOOKINGS], meetings=by_kind[About.MEETINGS], sessions=by_kind[About.SESSIONS]
    )


handlers = [get_my_notifications, change_my_notifications]
