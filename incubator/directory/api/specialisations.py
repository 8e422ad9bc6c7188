"""Keep the list of local specialisations: the metropolis office's to do."""

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.directory.api.shapes import OFFICE
from incubator.directory.details import SpecialisationNames
from incubator.directory.keep_specialisations import add_specialisation, rename_specialisation, retire_specialisation
from incubator.directory.views import SpecialisationView
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.etags import tagged

ONE = "/directory/specialisations/{slug:str}"


@post("/directory/specialisations", operation_id="addSpecialisation", **OFFICE)
async def post_specialisation(
    data: JSONBody[SpecialisationNames], visit: NamedDependency[Visit]
) -> Response[SpecialisationView]:
    """Put a specialisation on the list."""
    at = "/api/directory/specialisations"
    return await visit.create(add_specialisation, lambda made: f"{at}#{made.slug}", names=data)


@put(ONE, operation_id="renameSpecialisation", **OFFICE)
async def put_specialisation(
    slug: FromPath[str], data: JSONBody[SpecialisationNames], change: NamedDependency[Change]
) -> Response[SpecialisationView]:
    """Its names; the slug stays."""
    return await change(rename_specialisation, slug=slug, names=data)


@post(f"{ONE}/retire", operation_id="retireSpecialisation", status_code=200, **OFFICE)
async def post_retire(slug: FromPath[str], visit: NamedDependency[Visit]) -> Response[SpecialisationView]:
    """Take it out of the list; who has it keeps it."""
    view = await visit.do(retire_specialisation, slug=slug)
    return tagged(view, view.version)


@post(f"{ONE}/restore", operation_id="restoreSpecialisation", status_code=200, **OFFICE)
async def post_restore(slug: FromPath[str], visit: NamedDependency[Visit]) -> Response[SpecialisationView]:
    """Put it back on the list."""
    view = await visit.do(retire_specialisation, slug=slug, retired=False)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [post_specialisation, put_specialisation, post_retire, post_restore]
