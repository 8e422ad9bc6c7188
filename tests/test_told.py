"""What a verb is told is what it asks for: `visit.do(verb, …)`, `asked.do(verb, …)` and `change(verb, …)` hand
on names that the type checker does not compare."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1] / "incubator"
EDGES = sorted([*ROOT.glob("*/api/*.py"), *ROOT.glob("*/pages/*.py")])
ASKED_OF_ALL = {"do": {"actor", "now"}, "change": {"actor", "now", "seen"}}
"""What is told to each verb besides, by the name of what calls it."""


def telling(path: Path) -> Iterator[tuple[str, Callable[..., Any], set[str]]]:
    """Each call that hands a verb on: what calls it, the verb, and the names that it is told."""
    module = importlib.import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts))
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call):
            continue
        caller = getattr(call.func, "attr", getattr(call.func, "id", ""))
        for given in call.args:
            verb = getattr(module, given.id, None) if isinstance(given, ast.Name) else None
            if inspect.iscoroutinefunction(verb) and next(iter(inspect.signature(verb).parameters), "") == "tx":
                yield caller, verb, {one.arg for one in call.keywords if one.arg is not None}


@pytest.mark.parametrize("path", EDGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_verb_is_told_what_it_asks_for(path: Path) -> None:
    for caller, verb, told in telling(path):
        asked = {name: one for name, one in inspect.signature(verb).parameters.items() if one.kind == one.KEYWORD_ONLY}
        assert told <= set(asked), f"{verb.__name__} is told {told - set(asked)}"
        if caller in ASKED_OF_ALL:
            needed = {name for name, one in asked.items() if one.default is one.empty}
            missing = needed - told - ASKED_OF_ALL[caller]
            assert not missing, f"{verb.__name__} is not told {missing}"


def test_such_calls_are_found() -> None:
    assert sum(1 for path in EDGES for _ in telling(path)) > 20
