"""Cursors: where a list goes on. Opaque to those who read them; the last row's sort key and id."""

import base64
import binascii
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

from incubator.kernel.errors import N_, Invalid

T = TypeVar("T")

Cursor = Annotated[str | None, QueryParameter(name="after", max_length=400, description="`next` of the page before.")]


class BadCursor(Invalid):
    """A cursor that no list of ours gave out."""

    code = "bad_cursor"
    sentence = N_("This page of the list does not exist. Start again from the first one.")


def write_cursor(key: object, row_id: UUID) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((key, row_id))).decode().rstrip("=")


def read_cursor(cursor: str | None, kind: type[T]) -> tuple[T, UUID] | None:
    """Sort key and id of the last row seen. Raises BadCursor."""
    if cursor is None:
        return None
    try:
        told = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key, row_id = msgspec.json.decode(told, type=tuple[msgspec.Raw, UUID])
        return msgspec.json.decode(key, type=kind), row_id
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise BadCursor() from None
