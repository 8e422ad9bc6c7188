"""Where a request comes from, as far as limits on attempts care."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar import Request


def client_of(request: Request[Any, Any, Any]) -> str:
    """The client's address; of IPv6 the /64, for one household has all of it. What proxies say of it
    is the server's business, which believes the trusted ones alone."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return host


def browser_of(request: Request[Any, Any, Any]) -> str:
    """What the browser calls itself, for people to tell their sign-ins apart."""
    return request.headers.get("user-agent", "").replace("\x00", "")[:300]
