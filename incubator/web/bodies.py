"""What bodies and forms are made of: shapes that refuse what they do not know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request
from msgspec import Meta

from incubator.kernel.errors import N_, Invalid


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """A request body: unknown fields are an error, never silence."""


# PostgreSQL stores no NUL; a line has no line break and is not blank. Python's $ also matches before
# a last line break, hence the (?!\n).
Line = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00\r\n]*[^\x00\s][^\x00\r\n]*$(?!\n)")]
OptionalLine = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00\r\n]*$(?!\n)")]
Paragraphs = Annotated[str, Meta(max_length=10_000, pattern=r"^[^\x00]*$")]
Slug = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)")]
Moment = Annotated[datetime, Meta(tz=True)]
"""An instant with its offset; a naive time is refused."""

T = TypeVar("T")


class UnreadableForm(Invalid):
    """A form whose fields do not fit: `problem` says which and why; what was typed is kept."""

    code = "unreadable_form"
    sentence = N_("Please check the form: {problem}")

    def __init__(self, problem: str, typed: dict[str, str]) -> None:
        super().__init__()
        self.problem, self.typed = problem, typed

    @property
    def kept(self) -> dict[str, str]:
        """What was typed, for a page that has no form of its own to show it in; no password."""
        return {name: value for name, value in self.typed.items() if "password" not in name}


async def read_form(request: Request[Any, Any, Any], shape: type[T], *, lists: tuple[str, ...] = ()) -> T:
    """The urlencoded form as `shape`. Empty fields count as not given; fields named in `lists` may
    come several times. Raises UnreadableForm, which carries what was typed."""
    form = await request.form()
    return _shaped(((name, value) for name, value in form.multi_items() if name != "_csrf_token"), shape, lists)


def read_query(request: Request[Any, Any, Any], shape: type[T], *, lists: tuple[str, ...] = ()) -> T:
    """A form that was sent with GET, read alike. Parameters that are none of its fields are not
    looked at: an address carries a language, and what others append to it."""
    known = set(getattr(shape, "__struct_fields__", ()))
    items = ((name, value) for name, value in request.query_params.multi_items() if name in known)
    return _shaped(items, shape, lists)


def _shaped(items: Iterable[tuple[str, Any]], shape: type[T], lists: tuple[str, ...]) -> T:
    given: dict[str, Any] = {}
    for name, value in items:
        if not isinstance(value, str) or value == "":
            continue
        if name in lists:
            given.setdefault(name, []).append(value)
        else:
            given[name] = value
    try:
        return msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as error:
        typed = {name: value for name, value in given.items() if isinstance(value, str)}
        raise UnreadableForm(str(error), typed) from None
