"""The benchmark is not run with the suite: that all of it can be, and that no row is forgotten."""

from importlib import import_module
from pkgutil import iter_modules

import bench
from bench.__main__ import MEASURES
from bench.uncached import Alone, keeping_nothing
from incubator import app

MODULES = {found.name: import_module(f"bench.{found.name}") for found in iter_modules(bench.__path__)}


def test_every_module_with_rows_is_measured() -> None:
    assert set(MEASURES) == {name for name, module in MODULES.items() if hasattr(module, "rows")}


def test_the_kiosk_that_keeps_nothing_is_in_the_place_of_the_other() -> None:
    before = vars(app)["Kiosk"]
    with keeping_nothing:
        assert vars(app)["Kiosk"] is Alone
    assert vars(app)["Kiosk"] is before
