"""Words as they are found again: without Polish marks, without endings, with one letter wrong.

A profile's words are kept as stems (Snowball, Polish and English) written in plain letters. What is
searched for goes the same way, so "w piekarniach" meets "Piekarnia". Kinship (księgowa, księgowość)
goes by the root in front of what makes a noun an adjective or a trade. Pure: text in, words out.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from snowballstemmer import stemmer

WORD = re.compile(r"[^\W_]+")
LONGEST = 40
"""Letters of a word; the rest of a longer one says nothing."""
MOST_POSITIONS, MOST_WORDS = 250, 16_000
"""What a tsvector holds of one word, and of all."""
IN_A_NAME = "="
"""In front of a word that stands in a name or a specialisation, so that these are found first."""

STOP = frozenset(
    [
        "a",
        "aby",
        "albo",
        "ale",
        "and",
        "at",
        "by",
        "co",
        "czy",
        "dla",
        "do",
        "for",
        "from",
        "i",
        "ich",
        "in",
        "jak",
        "jako",
        "jest",
        "jej",
        "jego",
        "ku",
        "lub",
        "ma",
        "na",
        "nad",
        "nasz",
        "nasze",
        "naszych",
        "nie",
        "o",
        "od",
        "of",
        "on",
        "or",
        "oraz",
        "po",
        "pod",
        "przez",
        "przy",
        "się",
        "są",
        "sa",
        "sie",
        "t",
        "te",
        "ten",
        "that",
        "the",
        "them",
        "they",
        "this",
        "to",
        "tu",
        "u",
        "us",
        "w",
        "we",
        "what",
        "who",
        "with",
        "z",
        "za",
        "ze",
        "że",
        "you",
        "your",
        "our",
        "are",
        "is",
        "be",
        "it",
        "its",
        "as",
        "an",
        "firma",
        "firmy",
        "firm",
        "spółka",
        "spółki",
        "sp",
        "oo",
        "company",
        "companies",
        "szukam",
        "szukamy",
        "oferujemy",
        "robi",
        "robią",
        "we",
    ]
)
KIN = re.compile(
    r"(owosc|owni[ck]?[zwt]?|owia?n|ownictw|nictw|arstw|ars?k|arni?|arz|iarz|iczn|yczn|iczk|yczk|ologi|ows?k|ow|"
    r"ia?n|a?ln|cz?n|n[iy]?cz|ik|yk|sk|stw|n|sz)$"
)
SHORTEST_ROOT = 4


def fold(text: str) -> str:
    """In lower case and plain letters: ł and what other letters carry is gone."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ß", "ss"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_in(text: str) -> list[str]:
    """In lower case, in the order in which they stand. A number written in groups stays in groups."""
    return [word[:LONGEST] for word in WORD.findall(unicodedata.normalize("NFC", text).lower())]


_POLISH, _ENGLISH = stemmer("polish"), stemmer("english")


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """Under which stems a word is kept and found; the likeliest first. With its marks and without
    them, for people leave them out; in Polish and in English, for a name is in neither."""
    plain = fold(word)
    found = (fold(_POLISH.stemWord(word)), fold(_POLISH.stemWord(plain)), fold(_ENGLISH.stemWord(plain)))
    # Some letters are taken apart into blanks and brackets, or into nothing but marks.
    bare = ("".join(WORD.findall(stem)) for stem in found)
    return tuple(dict.fromkeys(stem for stem in bare if stem))


def root(stem: str) -> str:
    """What related words begin with; the stem itself where little would be left."""
    cut = KIN.sub("", stem)
    return cut if len(cut) >= SHORTEST_ROOT else stem


def document(
    *,
    names: Iterable[str],
    makes: Iterable[str],
    wishes: Iterable[str],
    about: Iterable[str],
    marked: Iterable[str] = (),
) -> str:
    """A tsvector: names weigh A, what is made B, what is looked for and offered C, the rest D. Those
    `marked` are no words of anybody's: see `marks`."""
    positions: dict[str, list[str]] = {}
    at = 0
    for weight, texts in (("A", names), ("B", makes), ("C", wishes), ("D", about)):
        for word in (word for text in texts for word in words_in(text) if word not in STOP):
            at += 1
            for stem in stems(word):
                for lexeme in (stem, f"{IN_A_NAME}{stem}") if weight == "A" else (stem,):
                    places = positions.setdefault(lexeme, [])
                    if len(places) < MOST_POSITIONS and at < MOST_WORDS:
                        places.append(f"{at}{weight}")
    told = [f"'{lexeme}':{','.join(places)}" for lexeme, places in positions.items() if places]
    return " ".join([*told, *(f"'{mark}'" for mark in marked)])


def marks(
    *,
    gmina: str,
    specialisations: Iterable[str],
    sections: Iterable[str],
    looking: bool,
    offering: bool,
    ambassador: bool,
) -> list[str]:
    """What companies are narrowed by, as words of the same index, so that a rare one of them spares
    looking at what is common. Anything but a slug's letters is left out: it goes into a query."""
    told = [("@", gmina), *(("#", each) for each in specialisations), *(("%", each) for each in sections)]
    told += [
        ("!", name) for name, so in (("looking", looking), ("offering", offering), ("ambassador", ambassador)) if so
    ]
    return [kind + re.sub(r"[^A-Za-z0-9-]", "", name) for kind, name in told if name]


def vocabulary(document_: str) -> list[str]:
    """The words of a document for the list of those that can be mistyped."""
    lexemes = (part.split("'")[1] for part in document_.split())
    return [word for word in lexemes if word[0].isalpha() and len(word) >= 3]


def near(word: str) -> list[str]:
    """The word, and the word with each one letter left out: two words that are one slip apart (a letter
    more, less, another, or two swapped) have one of these in common."""
    return sorted({word, *(word[:at] + word[at + 1 :] for at in range(len(word)))})


def slips(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, its in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def closest(word: str, candidates: Iterable[str]) -> list[str]:
    """Those of `candidates` that differ least: by one slip, in a long word by two."""
    allowed = 1 if len(word) < 7 else 2
    told = sorted((slips(word, each), each) for each in candidates)
    return [each for far, each in told if far <= allowed and far == told[0][0]][:5]
