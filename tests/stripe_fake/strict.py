"""What may be sent, from the TypedDicts of the SDK: a parameter it does not name is refused, and a value
that is not of its type or not among those it lists. The SDK lets unknown words through (`Literal[…] | str`),
for it may be older than the server; here they are refused."""

import functools
import importlib
import re
import sys
from types import UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from stripe import _request_options
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject
from typing_extensions import get_type_hints

from tests.stripe_fake.wrong import Wrong

NOT_SENT = set(RequestOptions.__annotations__)
PART = re.compile(r"\[([^\]]*)\]")


def checked(params: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """The form or query `pairs`, as the SDK's `params` ("checkout._session_create_params.SessionCreateParams")
    would have them. Raises Wrong."""
    try:
        return model_of(params).model_validate(nested(pairs)).model_dump(exclude_unset=True)
    except ValidationError as error:
        raise _wrong(error.errors(include_url=False)) from None


@functools.cache
def model_of(params: str) -> type[BaseModel]:
    module, _, name = params.rpartition(".")
    return _model(getattr(importlib.import_module(f"stripe.params.{module}"), name))


@functools.cache
def _model(shape: Any) -> type[BaseModel]:
    words = {**vars(_request_options), "StripeContext": str, **vars(sys.modules[shape.__module__])}
    hints = get_type_hints(shape, localns=words, include_extras=True)
    fields: dict[str, Any] = {}
    for name, hint in hints.items():
        if name not in NOT_SENT:
            needed = name in shape.__required_keys__
            fields[name] = (_strict(hint), ... if needed else None)
    return create_model(shape.__name__, __config__=ConfigDict(extra="forbid", protected_namespaces=()), **fields)


def _strict(hint: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {NotRequired, Required}:
        return _strict(inner[0])
    if origin in {Union, UnionType}:
        kinds = [one for one in inner if get_origin(one) is not UntypedStripeObject]
        words = [one for one in kinds if get_origin(one) is Literal and set(get_args(one)) != {""}]
        return Union[tuple(_strict(one) for one in kinds if not (words and one is str))]  # noqa: UP007
    if origin is list:
        return list[_strict(inner[0])]
    if origin is dict:
        return dict[str, _strict(inner[1])]
    if isinstance(hint, type) and hasattr(hint, "__required_keys__"):
        return _model(hint)
    return hint


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0][c]=1` as what it means."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        path = [name.partition("[")[0], *PART.findall(name)]
        place = found
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = value
    return {key: _listed(value) for key, value in found.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(one) for key, one in value.items()}
    return list(inner.values()) if inner and all(key.isdigit() for key in inner) else inner


def _wrong(errors: list[Any]) -> Wrong:
    unknown = [error for error in errors if error["type"] == "extra_forbidden"]
    error = (unknown or errors)[0]
    first, *rest = [str(part) for part in error["loc"] if not str(part)[:1].isupper()]
    name = first + "".join(f"[{part}]" for part in rest)
    match error["type"]:
        case "extra_forbidden":
            return Wrong(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
        case "missing":
            return Wrong(f"Missing required param: {name}.", code="parameter_missing", param=name)
        case "int_parsing":
            return Wrong(f"Invalid integer: {error['input']}", code="parameter_invalid_integer", param=name)
        case _:
            return Wrong(f"Invalid {name}: {error['msg']}", param=name)
