"""A line to the SMTP server, kept open over many copies; each step by itself, so that it is known how far one got."""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr

import aiosmtplib

from incubator.mail.smtp import smtp
from incubator.newsletter.states import Copy

STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\D|$)")


class NoLine(Exception):
    """The server cannot be reached now; nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a copy. `waiting`: it may be tried again. `error` is a code, never the server's words, which
    may quote the address. `status` is the enhanced code (RFC 3463) of a refusal that is about the recipient."""

    state: Copy
    error: str = ""
    status: str | None = None


SENT = Outcome(Copy.SENT)


@dataclass(slots=True)
class Line:
    smtp_url: str
    sender: str
    client: aiosmtplib.SMTP | None = field(default=None, repr=False)

    async def open(self) -> None:
        """Raises NoLine."""
        if self.client is not None and self.client.is_connected:
            return
        self.client = smtp(self.smtp_url)
        try:
            await self.client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            self.client = None
            raise NoLine(type(error).__name__) from None

    async def hand_over(self, to: str, content: bytes) -> Outcome:
        """One copy, over a line that is open."""
        client = self.client
        assert client is not None
        try:
            await client.mail(parseaddr(self.sender)[1])
            await client.rcpt(to)
        except aiosmtplib.SMTPResponseException as error:
            await self._start_over()
            about_recipient = isinstance(error, aiosmtplib.SMTPRecipientRefused)
            return _refused(error, final=about_recipient and error.code >= 500, about_recipient=about_recipient)
        except (aiosmtplib.SMTPException, OSError) as error:
            self.close()
            return Outcome(Copy.WAITING, type(error).__name__)
        return await self._content(client, content)

    async def _content(self, client: aiosmtplib.SMTP, content: bytes) -> Outcome:
        try:
            await client.data(content)
        except aiosmtplib.SMTPResponseException as error:
            await self._start_over()
            return _refused(error, final=error.code >= 500, about_recipient=False)
        except (aiosmtplib.SMTPException, OSError) as error:
            # It may have taken the copy before it went: to try again could be to send twice.
            self.close()
            return Outcome(Copy.UNKNOWN, type(error).__name__)
        return SENT

    async def _start_over(self) -> None:
        """For the next copy, on the same line where the server keeps it."""
        try:
            assert self.client is not None
            await self.client.rset()
        except (aiosmtplib.SMTPException, OSError, AssertionError):
            self.close()

    async def end(self) -> None:
        if self.client is not None and self.client.is_connected:
            try:
                await self.client.quit()
            except (aiosmtplib.SMTPException, OSError):
                self.close()
        self.client = None

    def close(self) -> None:
        if self.client is not None:
            self.client.close()
        self.client = None


def _refused(error: aiosmtplib.SMTPResponseException, *, final: bool, about_recipient: bool) -> Outcome:
    found = STATUS.search(error.message)
    status = found[0] if found else ""
    return Outcome(
        Copy.FAILED if final else Copy.WAITING,
        f"{error.code} {status}".strip(),
        status if final and (about_recipient or status.startswith("5.1.")) else None,
    )
