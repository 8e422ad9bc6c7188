"""Find companies: by words in any form, with a slip of the finger, and by what they are.

Four statements at most: which of the words are known; for those that are not, what they may have been
meant for; who has them all (or, where nobody has, any of them); what to show. Ranked by where the words
stand: in the name or the specialisation first, then in what is made, then in what is looked for.
Of a very common word, the first hundreds are ranked: who has it in the name, and others.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.directory.queries_lines import lines
from incubator.directory.views import Found
from incubator.directory.words import IN_A_NAME, SHORTEST_ROOT, STOP, closest, marks, near, root, stems, words_in
from incubator.web.cursors import read_cursor, write_cursor

MOST_WORDS = 8
NAMED, OTHERS = 200, 300
MOST = NAMED + OTHERS

KNOWN = "SELECT word FROM directory_word WHERE word = ANY($1::text[])"
MEANT = "SELECT word FROM directory_word WHERE near && $1::text[]"
BY_NAME = """
SELECT profile_id, 0::bigint AS rank, sort_key FROM directory_entry
WHERE {conditions} AND ($1::text IS NULL OR (sort_key, profile_id) > ($1, $2)) ORDER BY sort_key, profile_id LIMIT $3
"""
COUNT = f"SELECT count(*) FROM (SELECT FROM directory_entry WHERE {{conditions}} LIMIT {MOST}) AS up_to"
# A query behind a SELECT is none that the planner knows: it goes by the index, never row by row.
# The weights are those of D to A; what stands as it was asked for counts as such and as akin.
BY_RANK = f"""
WITH named AS MATERIALIZED (
    SELECT profile_id FROM directory_entry WHERE document @@ (SELECT $4::tsquery) LIMIT {NAMED}
), others AS MATERIALIZED (
    SELECT profile_id FROM directory_entry WHERE document @@ (SELECT $5::tsquery) LIMIT {OTHERS}
), ranked AS MATERIALIZED (
    SELECT profile_id, sort_key, (1e7 * ts_rank('{{0.05, 0.2, 0.5, 1}}', document, $6::tsquery))::bigint AS rank
    FROM (SELECT profile_id FROM named UNION SELECT profile_id FROM others) AS found JOIN directory_entry USING (profile_id)
)
SELECT profile_id, rank, sort_key, (SELECT count(*) FROM ranked) AS total FROM ranked
WHERE $1::text IS NULL OR (-rank, sort_key, profile_id) > (-$7::bigint, $1, $2::uuid)
ORDER BY rank DESC, sort_key, profile_id LIMIT $3
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is looked for; empty where it does not matter. `wants` is "looking" or "offering": only those
    who say what they look for, or offer."""

    words: str = ""
    gmina: str = ""
    specialisation: str = ""
    section: str = ""
    wants: str = ""
    ambassador: bool = False

    def marks(self) -> list[str]:
        """What it says besides words, as words of the index."""
        return marks(
            gmina=self.gmina,
            specialisations=[self.specialisation] if self.specialisation else [],
            sections=[self.section] if self.section else [],
            looking=self.wants == "looking",
            offering=self.wants == "offering",
            ambassador=self.ambassador,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One word: how it is kept, what it may have been meant for, what its kin begin with."""

    stems: tuple[str, ...]
    meant: tuple[str, ...]
    roots: tuple[str, ...]

    @property
    def exact(self) -> tuple[str, ...]:
        return (*self.stems, *self.meant)


async def find(tx: Tx, *, wish: Wish, after: str | None = None, limit: int = 20) -> Found:
    """A page of those who are shown. Raises BadCursor."""
    cursor = read_cursor(after, tuple[int, str])
    words = await _asked(tx, wish.words)
    rows, total = await _rows(tx, words=words, wish=wish, cursor=cursor, limit=limit + 1)
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    return Found(
        companies=await lines(tx, [row["profile_id"] for row in shown]),
        total=total,
        more=total >= MOST,
        next=write_cursor((last["rank"], last["sort_key"]), last["profile_id"]) if last is not None else None,
        words=sorted({each for word in words for each in (*word.exact, *word.roots)}),
        instead=sorted({each for word in words for each in word.meant}),
    )


async def _asked(tx: Tx, text: str) -> list[Asked]:
    words = [word for word in dict.fromkeys(words_in(text)) if stems(word)]
    words = ([word for word in words if word not in STOP] or words)[:MOST_WORDS]
    kept = {stem for word in words for stem in stems(word)}
    known = {row["word"] for row in await tx.fetch(KNOWN, list(kept))} if kept else set()
    return [await _meant(tx, stems(word), known) for word in words]


async def _meant(tx: Tx, its: tuple[str, ...], known: set[str]) -> Asked:
    """A word that nobody uses may be a slip (a number is none), or a form of one that begins alike."""
    meant: list[str] = []
    if not known.intersection(its) and len(its[0]) > 3 and not its[0].isdigit():
        candidates = [row["word"] for row in await tx.fetch(MEANT, near(its[0]))]
        meant = closest(its[0], candidates)
    found = [root(stem) for stem in (meant or its[:1]) if len(stem) >= SHORTEST_ROOT]
    if not meant and not known.intersection(its):
        found = [each[: max(SHORTEST_ROOT, len(each) - 3)] for each in found]
    return Asked(its, tuple(meant), tuple(dict.fromkeys(found)))


async def _rows(
    tx: Tx, *, words: list[Asked], wish: Wish, cursor: tuple[tuple[int, str], UUID] | None, limit: int
) -> tuple[list[asyncpg.Record], int]:
    (rank, sort_key), key = cursor or ((0, None), None)
    if not words:
        conditions, values = _conditions(wish, first=4)
        rows = await tx.fetch(BY_NAME.format(conditions=conditions), sort_key, key, limit, *values)
        conditions, values = _conditions(wish, first=1)
        return rows, await tx.fetchval(COUNT.format(conditions=conditions), *values)
    akin = " | ".join(_akin(word) for word in words)
    names = " | ".join(_quoted(f"{IN_A_NAME}{each}") for word in words for each in word.exact)
    marks = "".join(f" & {_quoted(mark)}" for mark in wish.marks())
    rows = []
    for together in (" & ", " | ") if len(words) > 1 else (" & ",):
        loose = f"({together.join(f'({_akin(word)})' for word in words)}){marks}"
        rows = await tx.fetch(BY_RANK, sort_key, key, limit, f"{loose} & ({names})", loose, akin, rank)
        if rows or cursor:
            break
    return rows, rows[0]["total"] if rows else 0


def _akin(word: Asked) -> str:
    return " | ".join([*(_quoted(each) for each in word.exact), *(f"{_quoted(each)}:*" for each in word.roots)])


def _quoted(lexeme: str) -> str:
    return f"'{lexeme}'"


def _conditions(wish: Wish, *, first: int) -> tuple[str, list[object]]:
    """What the wish says where there are no words, its values numbered from `first`."""
    asked: tuple[tuple[str, object], ...] = (
        ("gmina_id = (SELECT id FROM gmina WHERE slug = ${n})", wish.gmina),
        ("(SELECT id FROM directory_specialisation WHERE slug = ${n}) = ANY(specialisations)", wish.specialisation),
        ("sections @> ARRAY[${n}::text]", wish.section),
    )
    given = [(condition, value) for condition, value in asked if value]
    told = [condition.format(n=n) for n, (condition, _) in enumerate(given, start=first)]
    told += [wish.wants] if wish.wants in ("looking", "offering") else []
    told += ["ambassador"] if wish.ambassador else []
    return " AND ".join(told) or "true", [value for _, value in given]
