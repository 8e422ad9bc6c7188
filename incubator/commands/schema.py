"""The contracts that others build on, as files: a change of them is seen in review."""

import importlib
import json
import pkgutil
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from incubator.app import create_app
from incubator.directory.row_schema import row_schema
from incubator.settings import Settings
from incubator.web.problems import Problem
from incubator.web.refusals import published

ROOT = Path(__file__).parents[2]

ERRORS = """\
# Codes of refusals

What is refused comes as problem details (RFC 9457) with a stable `code`; sentences may change, and
come in Polish or English. Words in braces are in the field `data`. `incubator schema` writes this
list from the code.
"""


def contracts() -> dict[str, str]:
    """Files, as paths from the root, and their text; the same for the same code."""
    app = create_app(Settings(secret_key="not used for anything but a schema"))  # noqa: S106
    return {
        "schemas/openapi.json": _text(app.openapi_schema.to_schema()),
        "schemas/problem.json": _text(msgspec.json.schema(Problem)),
        "schemas/company-row.json": _text(row_schema()),
        "docs/errors.md": _errors(),
    }


def _errors() -> str:
    load_everything()
    told = [ERRORS]
    for status, some in groupby(published(), lambda refusal: refusal.status):
        rows = "\n".join(f"| `{one.code}` | {one.sentence} |" for one in some)
        told.append(f"## {status}\n\n| code | sentence |\n| --- | --- |\n{rows}\n")
    return "\n".join(told)


def load_everything() -> None:
    """Import every module of the house: a refusal is known once its module is loaded, and which are
    loaded by then depends on who came before."""
    for module in pkgutil.walk_packages([str(ROOT / "incubator")], "incubator."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
