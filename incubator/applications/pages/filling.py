"""The form of an application was sent: first everything is kept, then the rest is done."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response

from incubator.applications.attach_file import attach_file
from incubator.applications.calls import call_of
from incubator.applications.pages.filled import Sent, draft_of, files_sent
from incubator.applications.pages.showing import show
from incubator.applications.queries import own_application
from incubator.applications.remove_file import remove_file
from incubator.applications.save_draft import save_draft
from incubator.applications.states import State
from incubator.applications.submit import TermsNotAccepted, submit
from incubator.applications.supplement import supplement
from incubator.applications.views import ApplicationView
from incubator.db.engine import attempt, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.forms import CheckField, NoSuchForm, Typed, typed_in
from incubator.people.screen import SHOWN_AGAIN
from incubator.people.visit import Visit
from incubator.web.flash import see_other


async def fill_in(visit: Visit, application_id: UUID) -> Response[Any]:
    """Save what was typed, then the files one by one, then hand in if that was asked for: whatever is
    refused on the way, what came before it is kept."""
    typed = await typed_in(visit.request)
    async with statement(visit.db) as tx:
        application = await own_application(tx, actor=visit.actor, application_id=application_id)
        call = await call_of(tx, edition_id=application.edition_id)
    try:
        await visit.do(save_draft, application_id=application_id, draft=draft_of(typed, call), seen=typed.seen)
    except SHOWN_AGAIN as refusal:
        at = {refusal.field: refusal} if isinstance(refusal, CheckField) else {}
        return await show(replace(visit, refusal=refusal, typed=typed), application_id, at=at)
    refused = await _files(visit, application_id, await files_sent(visit.request, call))
    if not refused:
        try:
            return await _go_on(visit, application, typed)
        except SHOWN_AGAIN as refusal:
            refused = {"terms" if isinstance(refusal, TermsNotAccepted) else "": refusal}
    tried = typed.one("act") == "submit"
    return await show(replace(visit, refusal=next(iter(refused.values()))), application_id, tried=tried, at=refused)


async def _files(visit: Visit, application_id: UUID, sent: list[Sent]) -> dict[str, Refusal]:
    """Attach what fits; by the field, what was refused once all were tried."""
    refused: dict[str, Refusal] = {}
    for file in sent:
        try:
            await visit.do(
                attach_file,
                application_id=application_id,
                question_id=file.question_id,
                name=file.name,
                content=file.content,
            )
        except SHOWN_AGAIN as refusal:
            refused[f"q_{file.question_id}"] = refusal
    return refused


async def _go_on(visit: Visit, application: ApplicationView, typed: Typed) -> Response[Any]:
    """What the button says that was pressed."""
    request, actor, key, act = visit.request, visit.actor, application.id, typed.one("act", "save")
    here, clock = f"/applications/{key}", request.app.state.clock
    if act == "save":
        return see_other(request, here, N_("Saved. Nothing is handed in yet."))
    if act == "submit" and application.state == State.SUPPLEMENTING:
        await attempt(visit.db, lambda tx: supplement(tx, actor=actor, application_id=key, clock=clock))
        return see_other(request, here, N_("The supplemented application is handed in."))
    if act == "submit":
        terms = int(typed.one("terms")) if typed.one("terms").isdecimal() and len(typed.one("terms")) < 8 else None
        await attempt(
            visit.db, lambda tx: submit(tx, actor=actor, application_id=key, terms_version=terms, clock=clock)
        )
        return see_other(request, here, N_("Your application is handed in. We have sent you a mail with its number."))
    kind, _, file = act.partition(":")
    if kind != "remove":
        raise NoSuchForm()
    try:
        file_id = UUID(file)
    except ValueError:
        raise NoSuchForm() from None
    await visit.do(remove_file, application_id=key, file_id=file_id)
    return see_other(request, here, N_("The file is removed; everything else is saved."))
