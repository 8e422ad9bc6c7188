"""Statements made from shapes: the fields of a request body are the columns that it sets."""

from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from incubator.db.engine import Tx


async def insert(tx: Tx, table: str, *bodies: msgspec.Struct, **columns: Any) -> UUID | None:
    """The identifier of a new row of `table`; None where a unique constraint had it already.

    Names are those of our own shapes and callers; values are parameters.
    """
    given = {**columns, **{name: value for body in bodies for name, value in msgspec.structs.asdict(body).items()}}
    key: UUID | None = await tx.fetchval(_insert(table, tuple(given)), *given.values())
    return key


async def update(tx: Tx, table: str, key: UUID, body: msgspec.Struct) -> None:
    """Set every field of `body` on the row `key`, and count its version on."""
    await tx.execute(_update(table, type(body).__struct_fields__), key, *msgspec.structs.astuple(body))


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) ON CONFLICT DO NOTHING RETURNING id"


@cache
def _update(table: str, columns: tuple[str, ...]) -> str:
    assignments = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, start=2))
    return f"UPDATE {table} SET {assignments}, version = version + 1 WHERE id = $1"
