"""Mozilla's programs driven from outside, by the protocol that their own tests use (Marionette)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

PATIENCE = 30


class Returned(msgspec.Struct):
    """What a script gave back."""

    value: msgspec.Raw


class ScriptFailed(Exception):
    """What the program says went wrong."""


@dataclass
class Marionette:
    """A session with a running program, in the context of the program itself."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    sent: int = 0

    @classmethod
    async def to(cls, port: int) -> "Marionette":
        """Raises OSError while nobody answers yet."""
        made = cls(*await asyncio.open_connection("127.0.0.1", port))
        await made._told()
        await made.command("WebDriver:NewSession", {"capabilities": {}})
        await made.command("Marionette:SetContext", {"value": "chrome"})
        await made.command("WebDriver:SetTimeouts", {"script": PATIENCE * 1000})
        return made

    async def run(self, script: str, *words: str) -> msgspec.Raw:
        """What the body of a function returns, or promises, that finds `words` in `arguments`; null where it was
        interrupted by a question to the user. Raises ScriptFailed."""
        answer = await self.command("WebDriver:ExecuteScript", {"script": script, "args": list(words)})
        return msgspec.json.decode(answer, type=Returned).value

    async def command(self, name: str, said: Mapping[str, object]) -> msgspec.Raw:
        """The answer, as JSON."""
        self.sent += 1
        octets = msgspec.json.encode((0, self.sent, name, said))
        self.writer.write(b"%d:%b" % (len(octets), octets))
        await self.writer.drain()
        _, number, error, answer = msgspec.json.decode(
            await self._told(), type=tuple[int, int, msgspec.Raw, msgspec.Raw]
        )
        assert number == self.sent
        if bytes(error) != b"null":
            raise ScriptFailed(bytes(error).decode())
        return answer

    async def _told(self) -> bytes:
        async with asyncio.timeout(2 * PATIENCE):
            length = (await self.reader.readuntil(b":"))[:-1]
            return await self.reader.readexactly(int(length))

    async def close(self) -> None:
        self.writer.close()
        await self.writer.wait_closed()
