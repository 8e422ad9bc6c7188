"""The operations of the API as a page shows them: the OpenAPI document, flattened."""

from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path. `takes` are its parameters and fields of the body, required ones first."""

    method: str
    path: str
    id: str
    says: str
    tag: str
    takes: tuple[str, ...]
    answers: tuple[str, ...]


def operations(document: dict[str, Any]) -> list[Operation]:
    """Every operation, by path and method."""
    return [
        _operation(document, path, method, item[method])
        for path, item in sorted(document.get("paths", {}).items())
        for method in METHODS
        if method in item
    ]


def _operation(document: dict[str, Any], path: str, method: str, told: dict[str, Any]) -> Operation:
    return Operation(
        method=method.upper(),
        path=path,
        id=told["operationId"],
        says=told.get("description") or told.get("summary") or "",
        tag=path.split("/")[2] if path.count("/") > 1 else "",
        takes=(*_parameters(told), *_fields(document, told)),
        answers=tuple(sorted(told.get("responses", {}))),
    )


def _parameters(told: dict[str, Any]) -> list[str]:
    found = [(not p.get("required", False), p["name"], p["in"]) for p in told.get("parameters", [])]
    return [f"{name} ({where}{', optional' if optional else ''})" for optional, name, where in sorted(found)]


def _fields(document: dict[str, Any], told: dict[str, Any]) -> list[str]:
    content = told.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] = next((kind["schema"] for kind in content.values()), {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    required = set(schema.get("required", []))
    names = sorted(schema.get("properties", {}), key=lambda name: (name not in required, name))
    return [f"{name}{'' if name in required else ' (optional)'}" for name in names]
