"""Mails as templates: the first line is the subject, the rest the text, in the recipient's language."""

from dataclasses import dataclass
from typing import Any

from incubator.web.i18n import translator
from incubator.web.pages import environment, show_day, show_span, show_time


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it has an address on it."""

    subject: str
    text: str


def letter(template: str, locale: str, **view: Any) -> Letter:
    """`template` (a .txt under a feature's templates/) filled with `view`; nothing is escaped, for
    it is plain text."""
    texts = translator(locale)
    told = (
        environment()
        .overlay(autoescape=False)
        .get_template(template)
        .render(
            _=texts.gettext,
            ngettext=texts.ngettext,
            locale=locale,
            day=lambda value, form="full": show_day(value, locale, form),
            time=show_time,
            span=lambda value: show_span(value, locale),
            **view,
        )
    )
    subject, _, text = told.strip().partition("\n")
    return Letter(subject.strip(), text.strip() + "\n")
