"""Connect to public addresses alone. A name is looked up once, every address that it has is checked, and the one that
is connected to is one of those: a second answer of the name server is never asked for (DNS rebinding).
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import httpcore

from incubator.outside.problems import AddressNotPublic, NoAnswer

MOST = 4
"""So many addresses of one name are tried."""
WITHIN = ipaddress.ip_network("2000::/3")
# Of the public ones: those that stand for an IPv4 address (6to4 and its relays), and Teredo, ORCHID and documentation.
WITHOUT = tuple(
    map(ipaddress.ip_network, ("2002::/16", "2001::/23", "2001:db8::/32", "3fff::/20", "192.88.99.0/24", "0.0.0.0/8"))
)

Resolve = Callable[[str, int], Awaitable[list[str]]]
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


async def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's resolver. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


async def look_up_nothing(_host: str, _port: int) -> list[str]:
    """As if there were no network."""
    raise OSError


def is_public(text: str) -> bool:
    """Whether the address is one of the open internet: not of this machine, a private or provider's network, a
    group, or one that stands for an IPv4 address (mapped, NAT64, 6to4)."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if address.version == 6 and address not in WITHIN:
        return False
    return not any(address.version == network.version and address in network for network in WITHOUT)


@dataclass(frozen=True, slots=True)
class Guarded(httpcore.AsyncNetworkBackend):
    """The ways out. `private` lets every address be reached, for tests alone."""

    resolve: Resolve = look_up
    private: bool = False

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as the library calls it
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises AddressNotPublic, NoAnswer."""
        try:
            addresses = await self.resolve(host, port)
        except (OSError, UnicodeError):
            raise NoAnswer() from None
        if not self.private and not all(map(is_public, addresses)):
            raise AddressNotPublic()
        for address in addresses[:MOST]:
            try:
                return await httpcore.AnyIOBackend().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        raise NoAnswer()
