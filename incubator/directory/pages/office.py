"""The metropolis office: the list of local specialisations."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.directory.details import SpecialisationNames
from incubator.directory.keep_specialisations import add_specialisation, rename_specialisation, retire_specialisation
from incubator.directory.pages.labels import labels_in
from incubator.directory.specialisations import all_specialisations
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import office
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Slug


class SlugForm(Body, frozen=True):
    slug: Slug


async def _shown(tx: Tx, _visit: Visit, _: None) -> Shown:
    return Shown("directory/office_specialisations.html", specialisations=await all_specialisations(tx, retired=True))


async def _add(asked: Asked) -> None:
    await asked.do(add_specialisation, names=asked.typed.shaped(SpecialisationNames))


async def _rename(asked: Asked) -> None:
    slug, names = asked.typed.shaped(SlugForm).slug, asked.typed.shaped(SpecialisationNames)
    await asked.do(rename_specialisation, slug=slug, names=names, seen=asked.typed.seen)


async def _retire(asked: Asked) -> None:
    await asked.do(retire_specialisation, slug=asked.typed.shaped(SlugForm).slug, seen=asked.typed.seen)


async def _restore(asked: Asked) -> None:
    slug = asked.typed.shaped(SlugForm).slug
    await asked.do(retire_specialisation, slug=slug, retired=False, seen=asked.typed.seen)


handlers: list[ControllerRouterHandler] = Screen(
    name="specialisations",
    path="/office/specialisations",
    guard=office,
    about=nothing,
    shows=_shown,
    deeds={
        "add": Deed(_add, N_("The specialisation is on the list.")),
        "rename": Deed(_rename, N_("The specialisation has its new name.")),
        "retire": Deed(_retire, N_("The specialisation is chosen no more; who has it keeps it.")),
        "restore": Deed(_restore, N_("The specialisation is on the list again.")),
    },
    labels=labels_in,
).handlers
