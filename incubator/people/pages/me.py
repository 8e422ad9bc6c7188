"""My page: who I am here, and what lets me in."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from incubator.db.engine import session, statement
from incubator.kernel.errors import N_, Refusal
from incubator.people.actor import ALL_SCOPES
from incubator.people.browsers import browser_name
from incubator.people.change_profile import change_profile
from incubator.people.guards import signed_in
from incubator.people.invitations import invitations_to
from incubator.people.queries import account_of, gminas, organisations_of, sessions_of, tokens_of
from incubator.people.views import TokenView
from incubator.people.visit import Visit
from incubator.web.bodies import Body, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page, remember_language
from incubator.web.problems import said, status_of


class ProfileForm(Body, frozen=True):
    name: str = ""
    locale: str = ""
    gmina_id: UUID | None = None


@get("/me", guards=[signed_in])
async def show_me(visit: NamedDependency[Visit]) -> Response[str]:
    return await my_page(visit)


@post("/me", guards=[signed_in], status_code=303)
async def save_me(visit: NamedDependency[Visit]) -> Response[Any]:
    request = visit.request
    form = await read_form(request, ProfileForm)
    try:
        async with session(visit.db) as opened:
            await change_profile(
                opened, actor=visit.actor, name=form.name, locale=form.locale, gmina_id=form.gmina_id, now=visit.now
            )
    except Refusal as refusal:
        return await my_page(visit, refusal=refusal, at="profile", typed=form)
    answer = see_other(request, "/me", N_("Saved."))
    remember_language(request, answer, form.locale)
    return answer


async def my_page(
    visit: Visit,
    *,
    refusal: Refusal | None = None,
    at: str = "",
    typed: msgspec.Struct | None = None,
    made: tuple[TokenView, str] | None = None,
) -> Response[str]:
    """The whole page. `refusal` is said in the section `at`, with what was `typed` there; `made` is a
    new token and its secret, shown this once."""
    actor, now = visit.actor, visit.now
    async with statement(visit.db) as tx:
        view = {
            "account": await account_of(tx, actor=actor),
            "gminas": await gminas(tx),
            "organisations": await organisations_of(tx, actor=actor),
            "invitations": await invitations_to(tx, actor=actor, now=now),
            "sessions": [(each, browser_name(each.user_agent)) for each in await sessions_of(tx, actor=actor, now=now)],
            "tokens": await tokens_of(tx, actor=actor),
        }
    return page(
        visit.request,
        "people/me.html",
        status=status_of(refusal) if refusal else 200,
        problems={at: said(visit.request, refusal)} if refusal else {},
        typed={at: msgspec.structs.asdict(typed)} if typed else {},
        made=made,
        scopes=sorted(ALL_SCOPES),
        now=now,
        **view,
    )


handlers = [show_me, save_me]
