"""What the link in a mail opens: the meeting, and a button for who cannot come. Nobody has to sign in."""

from collections.abc import Mapping

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.mentoring.answer_link import ANSWER
from incubator.mentoring.meeting_to_answer import meeting_to_answer
from incubator.mentoring.pages.offers import offers_of
from incubator.mentoring.pages.one_meeting import DEEDS
from incubator.mentoring.queries import side_of
from incubator.mentoring.views import MeetingView
from incubator.people.guards import public
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.people.visit_by_link import visit_by
from incubator.web.i18n import Translator


async def _meeting(tx: Tx, visit: Visit) -> MeetingView:
    return await meeting_to_answer(tx, actor=visit.actor, meeting_id=visit.key("meeting_id"))


async def _shown(_tx: Tx, visit: Visit, meeting: MeetingView) -> Shown:
    return Shown(
        "mentoring/answer.html",
        meeting=meeting,
        side=side_of(visit.actor, meeting).value,
        can=offers_of(visit.actor, meeting, now=visit.now),
        now=visit.now,
    )


def labels_in(texts: Translator) -> Mapping[str, str]:
    return {"reason": texts.gettext(N_("Reason"))}


handlers = Screen(
    name="answer_of_meeting",
    path=ANSWER.path,
    guard=public,
    visited=visit_by(ANSWER),
    about=_meeting,
    shows=_shown,
    deeds={"cancel": DEEDS["cancel"]},
    labels=labels_in,
).handlers
