"""What a verb is told is what it asks for: `visit.do(verb, …)`, `asked.do(verb, …)` and `change(verb, …)` hand on
names that the type checker does not compare."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1] / "incubator"
EDGES = sorted([*ROOT.glob("*/api/*.py"), *ROOT.glob("*/pages/*.py")])
TOLD_BESIDES = {"visit": {"actor", "now"}, "asked": {"actor", "now"}, "change": {"actor", "now", "seen"}}
"""What each verb is told besides, by who hands it on."""


def telling(path: Path) -> Iterator[tuple[str, Callable[..., Any], set[str | None]]]:
    """Each call that hands a verb on: by whom, the verb, and the names that it is told."""
    module = importlib.import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call):
            continue
        by = getattr(call.func, "value", call.func)
        for given in call.args:
            verb = getattr(module, given.id, None) if isinstance(given, ast.Name) else None
            told = {one.arg for one in call.keywords}
            if inspect.iscoroutinefunction(verb) and "tx" in inspect.signature(verb).parameters and None not in told:
                yield getattr(by, "id", ""), verb, told


@pytest.mark.parametrize("path", EDGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_verb_is_told_what_it_asks_for(path: Path) -> None:
    for by, verb, told in telling(path):
        parameters = inspect.signature(verb).parameters
        asked = {name: one for name, one in parameters.items() if one.kind == one.KEYWORD_ONLY}
        if any(one.kind == one.VAR_KEYWORD for one in parameters.values()):
            continue
        assert told <= set(asked), f"{verb.__name__} is told {told - set(asked)}"
        if by in TOLD_BESIDES:
            needed = {name for name, one in asked.items() if one.default is one.empty}
            missing = needed - told - TOLD_BESIDES[by]
            assert not missing, f"{verb.__name__} is not told {missing}"


def test_such_calls_are_found() -> None:
    assert sum(1 for path in EDGES for _ in telling(path)) > 20
