"""How bodies and forms are read: strictly, so that 1 is no true and 1788854400 no time; what cannot be
read at all is the sender's fault and not ours."""

import re
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ClientException, ValidationException

AT = re.compile(r" - at `\$\.?(.*)`$")
UNREADABLE = (msgspec.DecodeError, UnicodeError, LookupError, RecursionError)
"""What decoders raise over bytes that are no text, texts that are no JSON, and nests without a bottom."""


class Asked(Request[Any, Any, Any]):
    """A request whose JSON is read at once into the shape that its handler takes."""

    async def json(self) -> Any:
        """The body as what the handler calls `data`. Raises ValidationException where it does not fit,
        ClientException where it cannot be read."""
        wanted = self.route_handler.parsed_fn_signature.parameters.get("data")
        shape = wanted.annotation if wanted is not None else Any
        try:
            return msgspec.json.decode(await self.body(), type=shape)
        except msgspec.ValidationError as error:
            raise ValidationException(extra=[_where(str(error))]) from None
        except UNREADABLE:
            raise ClientException from None

    async def form(self) -> FormMultiDict:
        """Raises ClientException where it cannot be read."""
        try:
            return await super().form()
        except UNREADABLE:
            raise ClientException from None


def _where(problem: str) -> dict[str, str]:
    """What is wrong, and with which field."""
    found = AT.search(problem)
    return {"message": AT.sub("", problem), "key": found[1] if found else "", "source": "body"}
