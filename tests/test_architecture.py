"""The house as drawn in docs/design.md: which way imports run, how large files are, who may."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.testing import TestClient

from incubator.people import guards
from incubator.settings import Settings
from tests.conftest import SETTINGS

ROOT = Path(__file__).parents[1] / "incubator"

# Arrows run strictly downward, never within a row. `tables` (every table, for the migrations) sits
# beside app. A row that proves wrong is changed here, with a page in docs/decisions.
ROWS = (
    {"__main__"},
    {"commands"},
    {"app", "tables"},
    {"recurring"},
    {"features"},
    {"demo", "health", "manual"},
    {"outside", "caldav", "replies"},
    {"reporting", "calendars", "statements"},
    {"newsletter"},
    {"registrations"},
    {"exchanges", "directory"},
    {"participation"},
    {"assessment"},
    {"applications"},
    {"programmes"},
    {"mentoring"},
    {"bookings"},
    {"passes"},
    {"invoices", "aid"},
    {"payments"},
    {"pricing", "occupancy", "credits"},
    {"ledger"},
    {"places"},
    {"people"},
    {"web", "mail"},
    {"jobs"},
    {"db"},
    {"kernel"},
)
LEVEL = {name: level for level, row in enumerate(ROWS) for name in row}
FEATURES = {name for row in ROWS[6:23] for name in row}
PRIVATE = {"tables", "tables_bank", "tables_hours", "tables_meetings", "tables_topics", "tables_passes", "api", "pages"}
FILES = sorted(ROOT.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Every import of our own in a file, those inside functions too, as dotted parts after `incubator`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "incubator":
            for alias in node.names:
                yield (*node.module.split(".")[1:], alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "incubator":
                    yield tuple(alias.name.split(".")[1:])


def home(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downward(path: Path) -> None:
    here = home(path)
    if here in {"__init__", "settings"}:
        return
    for target in imports(path):
        there = target[0]
        if there == "settings":
            assert here in {"app", "commands", "__main__", "demo"}, f"{path}: only app and the commands read settings"
        elif there != here and here != "tables":
            assert LEVEL[here] < LEVEL[there], f"{path} imports {'.'.join(target)}, which is not below it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_features_keep_their_tables_and_edges_to_themselves(path: Path) -> None:
    here = home(path)
    if LEVEL.get(here, 0) < 6:
        return
    for target in imports(path):
        if target[0] in FEATURES and target[0] != here and len(target) > 1:
            assert target[1] not in PRIVATE, f"{path} reaches into {'.'.join(target)}"


@pytest.mark.parametrize("path", sorted(ROOT.rglob("rules.py")), ids=lambda path: path.parent.name)
def test_rules_see_the_kernel_and_their_own_states_alone(path: Path) -> None:
    for target in imports(path):
        assert target[0] == "kernel" or target[:2] == (home(path), "states"), f"{path} imports {'.'.join(target)}"


def test_the_kernel_knows_the_standard_library_alone() -> None:
    import sys

    for path in (ROOT / "kernel").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names | {"incubator"}, f"{path} imports {name}"


def test_no_file_is_a_hall() -> None:
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text().splitlines())) > 250}
    assert not long, f"split by verb: {long}"


def test_every_handler_says_who_may(built: Litestar) -> None:
    ours = {
        guards.public,
        guards.signed_in,
        guards.coordinator,
        guards.office,
        guards.office_or_coordinator,
        guards.administrator,
        guards.mentor,
    }
    silent = []
    for route in built.routes:
        for handler in getattr(route, "route_handlers", ()):
            if not isinstance(handler, HTTPRouteHandler) or handler.fn.__module__.split(".")[0] != "incubator":
                continue
            if not ours & set(handler.guards or ()):
                silent.append(f"{handler.fn.__module__}.{handler.fn.__name__}")
    assert not silent, f"no guard named: {silent}"


def shapes(app: Litestar) -> dict[str, set[str]]:
    """The patterns of all operations, by what is left of them without the names and kinds of parameters."""
    found: dict[str, set[str]] = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods - {"OPTIONS"}:
                found.setdefault(f"{method} {re.sub(r'{[^}]*}', '{}', route.path)}", set()).add(route.path)
    return found


def test_no_operation_silently_takes_the_place_of_another(services: Callable[[Settings], Litestar]) -> None:
    """Of `/x/{id:uuid}` and `/x/{name:str}` Litestar keeps the one that comes last, without a word."""
    app = services(replace(SETTINGS, demo=True))
    assert [sorted(patterns) for patterns in shapes(app).values() if len(patterns) > 1] == []


def test_the_framework_still_mixes_up_operations_of_one_shape() -> None:
    """The test above would be needless otherwise."""

    @get("/x/{name:str}", sync_to_thread=False)
    def by_name(name: FromPath[str]) -> str:
        return name

    @get("/x/{key:uuid}", sync_to_thread=False)
    def by_key(key: FromPath[UUID]) -> str:
        return str(key)

    app = Litestar([by_name, by_key], openapi_config=None)
    assert shapes(app)["GET /x/{}"] == {"/x/{key:uuid}", "/x/{name:str}"}
    with TestClient(app) as client:
        assert client.get("/x/las").status_code == 404
