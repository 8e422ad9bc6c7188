"""Serve pages and API from one process, and work the queue in it where that is asked for.

The order counts: the port first, since it is the likeliest to fail and the cheapest to try; then
the database; then the service. Whatever ends it, the database is the last to be stopped.
"""

import errno
import functools
import gc
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from incubator.app import create_app
from incubator.commands.failing import PortInUse, Unusable
from incubator.settings import Settings
from incubator.tables import join_models

FAREWELL = 10
"""Seconds that requests under way get when the service is stopped."""


def listen(settings: Settings) -> socket.socket:
    """The port, taken. Raises PortInUse, Unusable."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((settings.host, settings.port))
        taken.listen(2048)
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(
                f"Port {settings.port} on {settings.host} is in use. Stop what listens there, or choose"
                f" another: PORT={settings.port + 1}"
            ) from None
        raise Unusable(f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}") from None
    return taken


def serve(settings: Settings, port: socket.socket, *, worker: bool, ready: Callable[[], object]) -> None:
    """Serve on `port` until a signal comes; `ready` is called once requests are taken."""
    # Unbuffered, as one write of a line is; a person at a terminal sees what goes wrong, not each request.
    write_log = None if sys.stderr.isatty() else functools.partial(os.write, sys.stderr.fileno())
    join_models()
    app = create_app(settings, worker=worker, write_log=write_log)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=FAREWELL,
    )
    server = Settled(config, ready)
    with suppress(KeyboardInterrupt):  # uvicorn stops in good order, then raises Ctrl-C anew
        server.run(sockets=[port])
    if not server.started:
        raise SystemExit(3)


class Settled(uvicorn.Server):
    """Once everything is loaded, the collector of garbage leaves it alone and comes less often: 8 %
    more bookings, and the slowest of a hundred 2.4 times quicker (ENGINEERING)."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        if self.started:
            self.ready()
