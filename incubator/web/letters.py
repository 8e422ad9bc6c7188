"""Mails as templates: the first line is the subject, the rest the text, in the recipient's language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment

from incubator.web.pages import environment, in_words


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it has an address on it."""

    subject: str
    text: str


def letter(template: str, locale: str, **view: Any) -> Letter:
    """`template` (a .txt under a feature's templates/) filled with `view`; nothing is escaped, for
    it is plain text. Links start with `address`."""
    told = stationery().get_template(template).render(**in_words(locale), **view)
    subject, _, text = told.strip().partition("\n")
    # A name may hold what ends a line for a mail's header and not for people, such as U+2028.
    return Letter(" ".join(subject.split()), text.strip() + "\n")


def live_at(address: str) -> None:
    """Say once, when the process starts, where people find the house: mails link there."""
    stationery().globals["address"] = address


def link(path: str) -> str:
    """Where a path of ours is found by whoever reads of it in a mail."""
    return f"{stationery().globals['address']}{path}"


@cache
def stationery() -> Environment:
    """The templates as plain text."""
    made = environment().overlay(autoescape=False)
    made.globals = {**made.globals, "address": ""}
    return made
