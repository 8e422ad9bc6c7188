"""Every text that people see is there in Polish and in English, and says the same."""

import re
from collections import defaultdict
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1] / "incubator"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
CALL = re.compile(rb"(_|gettext)\s*\(|trans\b")
"""What each of these ends in, and the block of templates."""
JINJA = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
JINJA["extensions"] = "jinja2.ext.do,jinja2.ext.loopcontrols"
CATALOGUES = sorted(ROOT.glob("*/locale/pl.po"))
POLISH = re.compile(r"\b[a-z]*[ąćęłńóśźż][a-ząćęłńóśźż]*\b")
"""A word in lower case with a Polish letter; names start with a capital."""


@cache
def texts() -> dict[str | tuple[str, ...], str]:
    """Every msgid, or pair of singular and plural, and where it stands."""
    found: dict[str | tuple[str, ...], str] = {}
    for path in sorted(ROOT.rglob("*")):
        if path.suffix == ".py":
            method, options = "python", {}
        elif path.suffix in {".html", ".txt", ".ics"} and "templates" in path.parts:
            method, options = "jinja2.ext:babel_extract", JINJA
        else:
            continue
        told = path.read_bytes()
        if not CALL.search(told):  # to take all files apart takes a second
            continue
        for line, message, _comments, _context in extract(method, BytesIO(told), keywords=KEYWORDS, options=options):
            key = tuple(message) if isinstance(message, list | tuple) else message
            found.setdefault(key, f"{path.relative_to(ROOT)}:{line}")
    return found


@cache
def messages() -> tuple[tuple[Path, Message], ...]:
    return tuple(
        (path, message)
        for path in CATALOGUES
        for message in read_po(BytesIO(path.read_bytes()), locale="pl")
        if message.id
    )


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@cache
def translated() -> frozenset[str | tuple[str, ...]]:
    return frozenset(
        tuple(message.id) if isinstance(message.id, list | tuple) else message.id
        for _, message in messages()
        if not message.fuzzy and all(strings(message))
    )


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_text_is_translated() -> None:
    # A singular that is also used alone is found under its own msgid or under the pair's.
    singles = {key if isinstance(key, str) else key[0] for key in translated()}
    missing = {
        f"{where}: {key!r}"
        for key, where in texts().items()
        if key not in translated() and not (isinstance(key, str) and key in singles)
    }
    assert not missing, "no Polish for:\n" + "\n".join(sorted(missing))


def test_no_translation_is_uncertain() -> None:
    assert not [f"{path.parent.parent.name}: {message.id!r}" for path, message in messages() if message.fuzzy]


def test_polish_fills_in_what_english_fills_in() -> None:
    wrong = [
        f"{path.parent.parent.name}: {message.id!r} → {strings(message)!r}"
        for path, message in messages()
        if not _fills_alike(message)
    ]
    assert not wrong, "\n".join(wrong)


def _fills_alike(message: Message) -> bool:
    """A plural form may leave the number out ("one booking"), nothing else."""
    if isinstance(message.id, str):
        return fields(message.id) == fields(strings(message)[0])
    wanted = set.union(*map(fields, message.id))
    return all(fields(string) <= wanted for string in strings(message))


def test_one_text_has_one_translation_in_the_whole_house() -> None:
    said: dict[object, dict[tuple[str, ...], str]] = defaultdict(dict)
    for path, message in messages():
        said[str(message.id)].setdefault(strings(message), path.parent.parent.name)
    differ = {key: ways for key, ways in said.items() if len(ways) > 1}
    assert not differ, "\n".join(f"{key}: {ways}" for key, ways in differ.items())


def test_msgids_are_english() -> None:
    every = [(text, where) for key, where in texts().items() for text in ((key,) if isinstance(key, str) else key)]
    assert not [where for text, where in every if not text.strip()], "an empty msgid is the catalogue's header"
    assert not [(where, text) for text, where in every if POLISH.search(text.replace("zł", ""))]


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    used = {text for key in texts() for text in ((key,) if isinstance(key, str) else key)}
    stale = [
        f"{path.parent.parent.name}: {message.id!r}"
        for path, message in messages()
        if (message.id if isinstance(message.id, str) else message.id[0]) not in used
    ]
    assert not stale, "\n".join(stale)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_catalogues_count_as_poles_do(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale="pl")
    assert catalogue.num_plurals == 3
    assert [message.id for message in catalogue if isinstance(message.id, tuple) and len(message.string) != 3] == []
