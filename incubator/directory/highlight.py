"""A piece of a text with the words marked that were searched for. Pieces, no markup: the page escapes them."""

from collections.abc import Collection
from dataclasses import dataclass

from incubator.directory.words import SHORTEST_ROOT, WORD, stems

LONGEST = 220
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    hit: bool


def pieces(text: str, words: Collection[str], *, most: int = LONGEST) -> list[Piece]:
    """About `most` characters around the first word that was found; from the beginning where none was."""
    hits = [(found.start(), found.end()) for found in WORD.finditer(text) if _meant(found[0], words)] if words else []
    start = _from(text, hits[0][0]) if hits and hits[0][0] > most - BEFORE else 0
    end = len(text) if len(text) - start <= most + 20 else text.rfind(" ", start, start + most)
    end = end if end > start else start + most
    told = [Piece("…", False)] if start else []
    at = start
    for first, last in hits:
        if start <= first and last <= end:
            told += [Piece(text[at:first], False), Piece(text[first:last], True)]
            at = last
    told.append(Piece(text[at:end] + ("…" if end < len(text) else ""), False))
    return [piece for piece in told if piece.text]


def _from(text: str, hit: int) -> int:
    blank = text.find(" ", max(0, hit - BEFORE), hit)
    return blank + 1 if blank >= 0 else max(0, hit - BEFORE)


def _meant(word: str, words: Collection[str]) -> bool:
    its = stems(word.lower())
    return any(stem == each or (len(each) >= SHORTEST_ROOT and stem.startswith(each)) for stem in its for each in words)
