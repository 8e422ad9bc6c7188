"""Answers against questions: what is still missing or does not fit, and the clean answers once all do. Pure.

A draft keeps whatever was typed; here it is read. A file's answer is the file's identifier.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from incubator.applications.call_rules import LARGEST, LONGEST
from incubator.applications.call_views import QuestionView
from incubator.applications.rules import Finding
from incubator.kernel.errors import N_
from incubator.people.rules import BadNip, nip

NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,4})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # fromisoformat also takes weeks
YEARS = (1900, 2200)


class Wrong(Exception):
    """An answer that does not fit: code, sentence, and what the sentence tells."""

    def __init__(self, code: str, sentence: str, **told: str | int) -> None:
        super().__init__(code)
        self.code, self.sentence, self.told = code, sentence, told


def read(questions: Iterable[QuestionView], answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """The clean answers, and everything that stands in the way of handing in, in the order of the form."""
    clean: dict[str, Any] = {}
    findings: list[Finding] = []
    for question in questions:
        key = str(question.id)
        try:
            value = read_one(question, answers.get(key))
        except Wrong as wrong:
            findings.append(Finding(code=wrong.code, sentence=wrong.sentence, about=key, told=wrong.told))
            continue
        if value is not None:
            clean[key] = value
    return clean, findings


def read_one(question: QuestionView, typed: Any) -> Any:
    """The clean answer; None for none. Raises Wrong."""
    if isinstance(typed, str):
        typed = typed.strip()
    # Not by equality with False: nought is an answer.
    if typed is None or typed is False or typed in ("", []):
        if question.required:
            raise Wrong(*MISSING.get(question.kind, MISSING["text"]))
        return None
    return READERS[question.kind](question, typed)


def _text(question: QuestionView, typed: Any) -> str:
    if not isinstance(typed, str) or (question.kind == "text" and "\n" in typed):
        raise Wrong("not_a_text", N_("Write this answer in one line."))
    least, most = question.least or 0, question.most or LONGEST[question.kind]
    if len(typed) < least:
        raise Wrong("answer_too_short", N_("Write at least {least} characters."), least=least)
    if len(typed) > most:
        raise Wrong("answer_too_long", N_("Write at most {most} characters; now it has {length}."), most=most, length=len(typed))  # fmt: skip
    return typed


def _number(question: QuestionView, typed: Any) -> int | float:
    told = str(typed).replace("\u00a0", "").replace(" ", "")
    if isinstance(typed, bool | list) or not NUMBER.fullmatch(told):
        raise Wrong("not_a_number", N_("Write a number, such as 12 or 2.5."))
    number = float(told.replace(",", "."))
    least, most = question.least, question.most
    if least is not None and number < least:
        raise Wrong("number_too_small", N_("Write a number of at least {least}."), least=least)
    if most is not None and number > most:
        raise Wrong("number_too_large", N_("Write a number of at most {most}."), most=most)
    return int(number) if number.is_integer() else number


def _choice(question: QuestionView, typed: Any) -> str:
    if not isinstance(typed, str) or typed not in {one.value for one in question.options}:
        raise Wrong("not_an_option", N_("Choose one of the answers."))
    return typed


def _choices(question: QuestionView, typed: Any) -> list[str]:
    chosen = list(dict.fromkeys(typed)) if isinstance(typed, list) else [typed]
    if not {one.value for one in question.options}.issuperset(chosen):
        raise Wrong("not_an_option", N_("Choose one of the answers."))
    if len(chosen) < (question.least or 0):
        raise Wrong("too_few_chosen", N_("Choose at least {least}."), least=question.least or 0)
    if question.most and len(chosen) > question.most:
        raise Wrong("too_many_chosen", N_("Choose at most {most}."), most=question.most)
    return chosen


def _file(_question: QuestionView, typed: Any) -> str:
    return str(typed)


def _declaration(_question: QuestionView, typed: Any) -> bool:
    if typed is not True:
        raise Wrong(*MISSING["declaration"])
    return True


def _nip(_question: QuestionView, typed: Any) -> str:
    try:
        clean = nip(typed) if isinstance(typed, str) and len(typed) <= 40 else None
    except BadNip:
        clean = None
    if clean is None:
        raise Wrong("nip_wrong", BadNip.sentence)
    return clean


def _date(_question: QuestionView, typed: Any) -> str:
    try:
        day = date.fromisoformat(typed) if isinstance(typed, str) and DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        raise Wrong("not_a_date", N_("Write a day, such as 2026-05-31."))
    return day.isoformat()


READERS = {
    "text": _text,
    "paragraph": _text,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "file": _file,
    "declaration": _declaration,
    "nip": _nip,
    "date": _date,
}
MISSING = {
    "text": ("answer_missing", N_("This answer is missing.")),
    "choice": ("not_chosen", N_("Choose an answer.")),
    "choices": ("not_chosen", N_("Choose an answer.")),
    "file": ("file_missing", N_("Attach the file.")),
    "declaration": ("not_declared", N_("This has to be declared.")),
}


def largest_of(question: QuestionView) -> int:
    """How many bytes a file that answers the question may have."""
    return min(question.most or LARGEST, LARGEST)
