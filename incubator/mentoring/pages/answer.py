"""What the link in a mail opens: the meeting, and a button for who cannot come. Nobody has to sign in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal
from incubator.mentoring.answer_link import meeting_to_answer
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.pages.offers import offers_of
from incubator.mentoring.pages.one_meeting import CancelForm
from incubator.mentoring.queries import side_of
from incubator.people.forms import Ask, Typed, form_page, typed_in
from incubator.people.guards import public
from incubator.web.flash import see_other
from incubator.web.i18n import Translator

PATH = "/meetings/{meeting_id:uuid}/answer/{account_id:uuid}/{given:str}"
Data = NamedDependency[Database]
Now = NamedDependency[datetime]


@get(PATH, guards=[public])
async def show_answer(
    request: Ask, meeting_id: FromPath[UUID], account_id: FromPath[UUID], given: FromPath[str], db: Data, now: Now
) -> Response[str]:
    """To open it changes nothing: programs that look through mails open links."""
    return await _page(request, db, meeting_id, account_id, given, now)


@post(PATH, guards=[public], status_code=303)
async def answer(
    request: Ask, meeting_id: FromPath[UUID], account_id: FromPath[UUID], given: FromPath[str], db: Data, now: Now
) -> Response[Any]:
    """As if they had signed in and called it off."""
    typed = await typed_in(request)

    async def act(tx: Tx) -> None:
        actor, _ = await meeting_to_answer(tx, meeting_id=meeting_id, account_id=account_id, given=given)
        await cancel_meeting(tx, actor=actor, meeting_id=meeting_id, reason=typed.shaped(CancelForm).reason, now=now)

    try:
        await attempt(db, act)
    except (Conflict, Invalid) as refusal:
        return await _page(request, db, meeting_id, account_id, given, now, typed, refusal)
    return see_other(request, request.url.path, N_("The meeting is called off."))


async def _page(
    request: Ask,
    db: Database,
    meeting_id: UUID,
    account_id: UUID,
    given: str,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        actor, meeting = await meeting_to_answer(tx, meeting_id=meeting_id, account_id=account_id, given=given)
    return form_page(
        request,
        "mentoring/answer.html",
        labels=labels_in,
        meeting=meeting,
        side=side_of(actor, meeting).value,
        can=offers_of(actor, meeting, now=now),
        typed=typed,
        refusal=refusal,
        now=now,
    )


def labels_in(texts: Translator) -> Mapping[str, str]:
    return {"reason": texts.gettext(N_("Reason"))}


handlers: list[ControllerRouterHandler] = [show_answer, answer]
