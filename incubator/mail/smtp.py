"""The SMTP server that the settings name."""

from urllib.parse import unquote, urlsplit

import aiosmtplib

TIMEOUT = 30.0


def smtp(url: str) -> aiosmtplib.SMTP:
    """A line to the server at smtp://, or smtps:// for TLS from the first byte; STARTTLS is used where it is offered.
    It is not open yet."""
    server = urlsplit(url)
    return aiosmtplib.SMTP(
        hostname=server.hostname or "localhost",
        port=server.port,
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        timeout=TIMEOUT,
    )
