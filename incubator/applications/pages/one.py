"""One application: the form while it can be filled in, afterwards what was handed in and where it stands."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from incubator.applications.pages.filling import fill_in
from incubator.applications.pages.showing import show
from incubator.applications.queries import application_for, is_applicant
from incubator.applications.withdraw import withdraw
from incubator.db.engine import statement
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.forms import CheckField, typed_in
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.flash import see_other

LARGEST_FORM = 53 * 1024 * 1024
"""As much as all files of an application together, and what is written besides."""


@get("/applications/{application_id:uuid}", guards=[signed_in])
async def show_application(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Any]:
    async with statement(visit.db) as tx:
        application = await application_for(tx, actor=visit.actor, application_id=application_id)
    if not is_applicant(visit.actor, application):
        return Redirect(f"/desk/applications/{application_id}", status_code=303)
    return await show(visit, application_id)


@post(
    "/applications/{application_id:uuid}",
    guards=[signed_in],
    status_code=303,
    request_max_body_size=LARGEST_FORM,
)
async def save_application(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Any]:
    return await fill_in(visit, application_id)


@post("/applications/{application_id:uuid}/withdraw", guards=[signed_in], status_code=303)
async def withdraw_application(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Any]:
    typed = await typed_in(visit.request)
    try:
        if typed.one("sure") != "yes":
            raise CheckField("sure")
        gone = await visit.do(withdraw, application_id=application_id)
    except (Invalid, Conflict) as refusal:
        return await show(replace(visit, refusal=refusal), application_id)
    if not gone.handed_in:
        return see_other(visit.request, "/applications", N_("The draft is thrown away."))
    return see_other(visit.request, f"/applications/{application_id}", N_("The application is withdrawn."))


handlers: list[ControllerRouterHandler] = [show_application, save_application, withdraw_application]
