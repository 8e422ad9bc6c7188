"""The form of an application was sent: first everything is kept, then the rest is done."""

from datetime import datetime
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
from incubator.applications.submit import submit
from incubator.applications.supplement import supplement
from incubator.applications.views import ApplicationView
from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal, Stale, TooLarge
from incubator.people.actor import Actor
from incubator.people.forms import Ask, NoSuchForm, Typed, typed_in
from incubator.web.flash import see_other

SHOWN_AGAIN = (Invalid, Conflict, Stale, TooLarge)


async def fill_in(request: Ask, db: Database, *, actor: Actor, application_id: UUID, now: datetime) -> Response[Any]:
    """Save what was typed, then the files one by one, then hand in if that was asked for: whatever is
    refused on the way, what came before it is kept."""
    typed = await typed_in(request)
    about: dict[str, Any] = {"actor": actor, "application_id": application_id}
    async with statement(db) as tx:
        application = await own_application(tx, **about)
        call = await call_of(tx, edition_id=application.edition_id)
    try:
        draft, seen = draft_of(typed, call), typed.seen
        await attempt(db, lambda tx: save_draft(tx, **about, draft=draft, seen=seen, now=now))
    except SHOWN_AGAIN as refusal:
        return await show(request, db, **about, now=now, refusal=refusal, typed=typed)
    refused = await _files(db, about, await files_sent(request, call), now)
    if refused is None:
        try:
            return await _go_on(request, db, application, typed, about, now)
        except SHOWN_AGAIN as refusal:
            refused = refusal
    return await show(request, db, **about, now=now, refusal=refused, tried=True)


async def _files(db: Database, about: dict[str, Any], sent: list[Sent], now: datetime) -> Refusal | None:
    """Attach what fits; the first refusal, once all were tried."""
    refused: Refusal | None = None
    for file in sent:

        async def attach(tx: Any, file: Sent = file) -> None:
            await attach_file(tx, **about, question_id=file.question_id, name=file.name, content=file.content, now=now)

        try:
            await attempt(db, attach)
        except SHOWN_AGAIN as refusal:
            refused = refused or refusal
    return refused


async def _go_on(
    request: Ask, db: Database, application: ApplicationView, typed: Typed, about: dict[str, Any], now: datetime
) -> Response[Any]:
    """What the button says that was pressed."""
    here, act, clock = f"/applications/{application.id}", typed.one("act", "save"), request.app.state.clock
    if act == "save":
        return see_other(request, here, N_("Saved. Nothing is handed in yet."))
    if act == "submit" and application.state == State.SUPPLEMENTING:
        await attempt(db, lambda tx: supplement(tx, **about, clock=clock))
        return see_other(request, here, N_("The supplemented application is handed in."))
    if act == "submit":
        terms = int(typed.one("terms")) if typed.one("terms").isdecimal() and len(typed.one("terms")) < 8 else None
        await attempt(db, lambda tx: submit(tx, **about, terms_version=terms, clock=clock))
        return see_other(request, here, N_("Your application is handed in. We have sent you a mail with its number."))
    kind, _, key = act.partition(":")
    if kind != "remove":
        raise NoSuchForm()
    try:
        file_id = UUID(key)
    except ValueError:
        raise NoSuchForm() from None
    await attempt(db, lambda tx: remove_file(tx, **about, file_id=file_id, now=now))
    return see_other(request, here, N_("The file is removed; everything else is saved."))
