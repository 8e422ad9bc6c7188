"""The contracts that others build on, as files: a change of them is seen in review."""

import json
from pathlib import Path
from typing import Any

import msgspec

from incubator.app import create_app
from incubator.settings import Settings
from incubator.web.problems import Problem

FOLDER = Path(__file__).parents[2] / "schemas"


def contracts() -> dict[str, str]:
    """File names and their text; the same for the same code."""
    app = create_app(Settings(secret_key="not used for anything but a schema"))  # noqa: S106
    return {
        "openapi.json": _text(app.openapi_schema.to_schema()),
        "problem.json": _text(msgspec.json.schema(Problem)),
    }


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
