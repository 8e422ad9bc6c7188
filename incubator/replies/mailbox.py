"""A mailbox over IMAP, with TLS from the first byte. It blocks: who calls runs it in a thread (read_box.py).

Reading changes nothing there. Each conversation ends when its time is over, also with a server that answers a byte at a
time.
"""

import hashlib
import logging
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from imapclient import SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

# The libraries tell what is said to the server when they are asked for the least of what they do.
logging.getLogger("imapclient").setLevel(logging.WARNING)

PATIENCE, WAIT = 120.0, SocketTimeout(connect=15, read=30)
MOST, LARGEST = 50, 1_000_000
"""Mails that are fetched at a time, and the octets of one."""


class NotReached(Exception):
    """The mailbox could not be read. It says why in a word of ours: what servers say may quote addresses."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it lies there; `octets` is None where it is larger than an answer is."""

    uid: int
    octets: bytes | None


@dataclass(frozen=True, slots=True)
class Found:
    """New mails, the oldest first. Their numbers are of this `uid_validity` alone."""

    uid_validity: int
    letters: Sequence[Letter]


class Watched(ssl.SSLContext):
    """Verifies as the default does, and keeps a hand on the connection, to cut it."""

    hand: socket.socket | None = None

    def wrap_socket(self, sock: socket.socket, *given: Any, **named: Any) -> ssl.SSLSocket:
        self.hand = sock.dup()
        return super().wrap_socket(sock, *given, **named)

    def cut(self) -> None:
        if self.hand is not None:
            with self.hand as hand:
                try:
                    hand.shutdown(socket.SHUT_RDWR)
                except OSError:
                    return  # it has ended by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where it is and how to get in. `roots` is a file of authorities that are believed beside the usual ones."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    roots: str | None = None
    patience: float = PATIENCE

    @property
    def key(self) -> str:
        """The same for the same mailbox; says nothing of where it is."""
        where = f"{self.host}\n{self.port}\n{self.user}\n{self.folder}"
        return hashlib.sha256(where.encode()).hexdigest()[:16]

    def unread(self, *, seen: Mapping[int, int]) -> Found:
        """New mails with numbers above `seen` of their validity, MOST at a time. Raises NotReached."""
        with self._opened(readonly=True) as (client, uid_validity):
            last = seen.get(uid_validity, 0)
            # "n:*" always names the last one, whatever n is.
            uids = sorted(uid for uid in client.search(["UNSEEN", "UID", f"{last + 1}:*"]) if uid > last)[:MOST]
            sizes = client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
            small = {uid: int(told[b"RFC822.SIZE"]) <= LARGEST for uid, told in sizes.items()}
            letters = [Letter(uid, _octets(client, uid) if small[uid] else None) for uid in uids if uid in small]
        return Found(uid_validity, letters)

    def mark(self, uids: Sequence[int], *, uid_validity: int) -> None:
        """Make these no longer new, where the numbers still hold. Raises NotReached."""
        with self._opened(readonly=False) as (client, now_valid):
            if now_valid == uid_validity:
                client.add_flags(list(uids), [SEEN], silent=True)

    @contextmanager
    def _opened(self, *, readonly: bool) -> Iterator[tuple[IMAPClient, int]]:
        tls = Watched(ssl.PROTOCOL_TLS_CLIENT)
        tls.load_default_certs()
        timer = threading.Timer(self.patience, tls.cut)
        timer.daemon = True
        timer.start()
        try:
            if self.roots:
                tls.load_verify_locations(self.roots)
            with IMAPClient(self.host, self.port, ssl=True, ssl_context=tls, timeout=WAIT) as client:
                client.login(self.user, self.password)
                yield client, int(client.select_folder(self.folder, readonly=readonly)[b"UIDVALIDITY"])
        except LoginError:
            raise NotReached("not_let_in") from None
        except ssl.SSLCertVerificationError:
            raise NotReached("not_trusted") from None
        except (OSError, EOFError):
            raise NotReached("no_answer") from None
        except (IMAPClientError, LookupError, ValueError) as error:
            raise NotReached(f"odd_answer {type(error).__name__}") from None
        finally:
            timer.cancel()
            tls.cut()


def _octets(client: IMAPClient, uid: int) -> bytes:
    told = client.fetch([uid], ["BODY.PEEK[]"])
    octets: bytes = told[uid][b"BODY[]"] if uid in told else b""
    return octets


def mailbox_at(url: str) -> Mailbox:
    """Raises ValueError for another address than imaps://user:password@host:port/folder; it does not repeat it."""
    try:
        parts = urlsplit(url)
        port = parts.port or 993
    except ValueError:
        raise ValueError("IMAP_URL is not an address") from None
    if parts.scheme != "imaps" or not parts.hostname or not parts.username or not parts.password:
        raise ValueError("IMAP_URL has to be imaps://user:password@host:port/folder")
    return Mailbox(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.removeprefix("/")) or "INBOX",
    )
