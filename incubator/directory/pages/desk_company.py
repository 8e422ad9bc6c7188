"""The desk: one company, the mark of an innovation ambassador, and hiding it."""

from typing import Annotated, Any

from litestar.types import ControllerRouterHandler
from msgspec import Meta

from incubator.db.engine import Tx
from incubator.directory.ambassadors import marks_of, name_ambassador, withdraw_ambassador
from incubator.directory.pages.labels import labels_in
from incubator.directory.queries import company_at_desk
from incubator.directory.sections import SECTIONS
from incubator.directory.take_out import take_out_at_desk
from incubator.directory.views import OwnProfileView
from incubator.directory.withhold import let_back, withhold
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Verb
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body


class ReasonForm(Body, frozen=True):
    reason: Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]


class SureForm(Body, frozen=True):
    sure: Annotated[str, Meta(pattern="^yes$")]


async def _company(tx: Tx, visit: Visit) -> OwnProfileView:
    """Raises NoSuchCompany, NotYours."""
    return await company_at_desk(tx, actor=visit.actor, slug=visit.slug)


async def _shown(tx: Tx, _visit: Visit, profile: OwnProfileView) -> Shown:
    marks = await marks_of(tx, profile_id=profile.company.id)
    return Shown("directory/desk_company.html", profile=profile, marks=marks, sections=SECTIONS)


async def _do(asked: Asked, verb: Verb[Any], **told: Any) -> None:
    await asked.do(verb, profile_id=asked.place.company.id, seen=asked.typed.seen, **told)


async def _name(asked: Asked) -> None:
    await _do(asked, name_ambassador, reason=asked.typed.shaped(ReasonForm).reason)


async def _withdraw(asked: Asked) -> None:
    await _do(asked, withdraw_ambassador, reason=asked.typed.shaped(ReasonForm).reason)


async def _withhold(asked: Asked) -> None:
    await _do(asked, withhold, reason=asked.typed.shaped(ReasonForm).reason)


async def _let_back(asked: Asked) -> None:
    await _do(asked, let_back)


async def _take_out(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await _do(asked, take_out_at_desk)


handlers: list[ControllerRouterHandler] = Screen(
    name="company_desk",
    path="/desk/directory/{slug:str}",
    guard=coordinator,
    about=_company,
    shows=_shown,
    deeds={
        "name": Deed(_name, N_("The company is an innovation ambassador, and is told.")),
        "withdraw": Deed(_withdraw, N_("The mark is withdrawn, and the company is told.")),
        "withhold": Deed(_withhold, N_("The profile is hidden, and the company is told.")),
        "let_back": Deed(_let_back, N_("The profile is shown again, and the company is told.")),
        "take_out": Deed(
            _take_out, N_("The company is deleted, and will not be taken over again."), to="/desk/directory"
        ),
    },
    labels=labels_in,
).handlers
