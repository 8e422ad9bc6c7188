"""What topics are called, for forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from incubator.db.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicName:
    slug: str
    name_pl: str
    name_en: str


LISTED = """
SELECT slug, name_pl, name_en FROM topic WHERE slug = ANY($1::text[]) OR ($1 IS NULL AND retired_at IS NULL)
ORDER BY position, slug
"""


async def topics_of(tx: Tx, *, slugs: Sequence[str] | None) -> list[TopicName]:
    """These, or all that are not retired, in the order of the list."""
    return [TopicName(**row) for row in await tx.fetch(LISTED, slugs if slugs is None else list(slugs))]
