"""Forms of a desk: what was typed, made into what verbs take, and kept to be shown again.

A page of the desk has several forms; a hidden field `form` says which one was sent, and a table of
deeds says what it does. Each carries the `version` that was seen.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.datastructures import UploadFile

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid, NotFound, Refusal, Stale
from incubator.people.actor import Actor
from incubator.web.amounts import read_amount
from incubator.web.bodies import UnreadableForm
from incubator.web.i18n import Translator, texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)
Verb = Callable[..., Awaitable[T]]
"""What is done by its name: told `actor` and `now`, and the rest as the verb's own arguments are called."""
Ask = Request[Any, Any, Any]
UNITS = {"minute": 1, "hour": 60, "day": 1440}
FIELD = re.compile(r"`\$\.(\w+)|field `(\w+)`")


class NoSuchForm(NotFound):
    """A form that is not on this page."""

    code = "no_such_form"
    sentence = N_("There is no such form on this page.")


class CheckField(Invalid):
    """A field whose content does not fit. `field` is its name, `label` what the page calls it."""

    code = "check_field"
    sentence = N_("Please check the field “{field}”.")

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into one form of a page. Empty fields are as good as not there."""

    form: str
    fields: Mapping[str, list[str]]
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    def one(self, name: str, otherwise: str = "") -> str:
        return self.fields.get(name, [otherwise])[-1]

    def many(self, name: str) -> list[str]:
        return [value for value in self.fields.get(name, []) if value]

    def lines(self, name: str) -> list[str]:
        """A text with one thing on each line."""
        return [line.strip() for line in self.one(name).split("\n") if line.strip()]

    def minutes(self, name: str) -> int:
        """A number and its unit. Raises CheckField."""
        number, unit = self.one(name), UNITS.get(self.one(f"{name}_unit", "minute"))
        if unit is None or not re.fullmatch(r"[0-9]{1,6}", number):
            raise CheckField(name)
        return int(number) * unit

    def money(self, name: str) -> int | None:
        """Grosz from złoty such as 150 or 1 234,50; None for nothing. Raises CheckField."""
        text = self.one(name)
        try:
            return read_amount(text) if text else None
        except ValueError:
            raise CheckField(name) from None

    def amount(self, name: str) -> int:
        """As `money`, where there has to be one. Raises CheckField."""
        amount = self.money(name)
        if amount is None:
            raise CheckField(name)
        return amount

    def shaped(self, shape: type[S], **given: Any) -> S:
        """The fields of `shape`, those `given` instead of what was typed. Raises CheckField."""
        typed = {name: self.one(name) for name in shape.__struct_fields__ if self.one(name)}
        try:
            return msgspec.convert({**typed, **given}, shape, strict=False)
        except msgspec.ValidationError as error:
            found = FIELD.search(str(error))
            raise CheckField(next(filter(None, found.groups())) if found else self.form) from None

    async def file(self, name: str, *, most: int) -> bytes:
        """What is in a file that came along, as far as one byte more than `most`. Raises CheckField."""
        sent = self.files.get(name)
        if sent is None:
            raise CheckField(name)
        await sent.seek(0)  # a deed that is tried again after a deadlock reads it again
        content = await sent.read(most + 1)
        if not content:
            raise CheckField(name)
        return content

    @property
    def seen(self) -> int | None:
        """The version that the form was made from. Raises CheckField."""
        if not re.fullmatch(r"[0-9]{1,9}", self.one("version")):
            raise CheckField("version")
        return int(self.one("version"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form that was sent: by whom, when, and about which thing (a view of it)."""

    tx: Tx
    actor: Actor
    place: Any
    typed: Typed
    now: datetime

    async def do(self, verb: Verb[T], **told: Any) -> T:
        """Run a verb: it is told who asks and when, and what is `told` besides."""
        return await verb(self.tx, actor=self.actor, now=self.now, **told)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a form does, and the sentence (a msgid) that says that it was done. Afterwards one is back at
    the page, or where `to` leads: an address, "#part" of the page, or one made of what `act` gave back."""

    act: Callable[[Asked], Awaitable[object]]
    sentence: str
    to: str | Callable[[Any], str] = ""


async def typed_in(request: Ask) -> Typed:
    """The form that was sent. Raises NoSuchForm, UnreadableForm."""
    fields: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            files[name] = value
        elif isinstance(value, str):
            if "\0" in value:
                raise UnreadableForm("NUL", {})
            fields.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    return Typed(fields.get("form", [""])[-1], fields, files)


def form_page(
    request: Ask,
    template: str,
    *,
    labels: Callable[[Translator], Mapping[str, str]],
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    **view: Any,
) -> Response[str]:
    """A page with forms that a handler of its own reads, as where nobody is signed in: as it is, or again with what was
    typed and why it was refused."""
    named = labels(texts_of(request))
    problem, status = problem_of(request, refusal, named)
    told = {"labels": named, "typed": typed, "problem": problem, "stale": isinstance(refusal, Stale)}
    return page(request, template, status=status, **told, **view)


def problem_of(request: Ask, refusal: Refusal | None, labels: Mapping[str, str]) -> tuple[str, int]:
    """What to say of a refusal on the page, and the page's status."""
    if refusal is None:
        return "", 200
    if isinstance(refusal, CheckField):
        refusal.field = labels.get(refusal.field, refusal.field)
    return said(request, refusal), status_of(refusal)
