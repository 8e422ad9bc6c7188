"""The parts of an issue, in their order, with what they are about."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.things import calls_told, sessions_told
from incubator.newsletter.views import PartView

PARTS = """
SELECT part.*, coalesce(session.title_pl, edition.name_pl, '') AS name_pl, coalesce(session.title_en, edition.name_en, '')
    AS name_en
FROM newsletter_part AS part LEFT JOIN session ON session.id = part.session_id
LEFT JOIN edition ON edition.id = part.edition_id
WHERE part.issue_id = $1 ORDER BY part.position
"""


async def parts_of(tx: Tx, *, issue_id: UUID) -> list[PartView]:
    rows = await tx.fetch(PARTS, issue_id)
    sessions = await sessions_told(tx, [row["session_id"] for row in rows if row["session_id"]])
    calls = await calls_told(tx, [row["edition_id"] for row in rows if row["edition_id"]])
    told = []
    for row in rows:
        kind = "session" if row["session_id"] else "call" if row["edition_id"] else "text"
        call = calls.get(row["edition_id"])
        told.append(
            PartView(
                position=row["position"],
                kind=kind,
                text_pl=row["text_pl"],
                text_en=row["text_en"],
                session_id=row["session_id"],
                edition_id=row["edition_id"],
                title_pl=call.title_pl if call else row["name_pl"],
                title_en=call.title_en if call else row["name_en"],
                gone=(kind == "session" and row["session_id"] not in sessions) or (kind == "call" and call is None),
            )
        )
    return told
