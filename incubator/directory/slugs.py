"""Addresses of companies: by name, and where two have one name, by a few letters more."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.places.slugs import slug_of

RESERVED = frozenset({"specialisations", "imports", "export", "still", "care", "logos", "desk"})
TAKEN = "SELECT slug FROM directory_profile WHERE slug = ANY($1::text[])"


async def free_slug(tx: Tx, *, name: str, key: UUID) -> str:
    """An address that no other company has; of those who ask at once for one, the index takes one."""
    return (await free_slugs(tx, names=[(name, key)]))[0]


async def free_slugs(tx: Tx, *, names: list[tuple[str, UUID]]) -> list[str]:
    """The same for many, different from each other too."""
    wished = [slug_of(name, otherwise="firma") for name, _ in names]
    taken = {row["slug"] for row in await tx.fetch(TAKEN, wished)} | RESERVED
    found: list[str] = []
    for wish, (_, key) in zip(wished, names, strict=True):
        slug = f"{wish}-{key.hex[-8:]}" if wish in taken else wish
        taken.add(slug)
        found.append(slug)
    return found
