"""The process that lays papers out, run by itself and told over its standard input (web/press.py).

It gets the length of a page of HTML, 8 octets, and the page; it answers with one octet that says how it
went, a length and that many octets. It imports nothing of the house, so that it starts quickly, and
ends when its input does, so it never outlives who started it.
"""

import os
import select
import sys
from collections.abc import Callable
from typing import IO

DONE, NO_LIBRARY, FAILED = b"+", b"-", b"!"
LENGTH = 8
PATIENCE = 600
"""After so many seconds without a paper it ends: the library takes 80 MB."""


def main() -> None:
    os.nice(5)  # who waits for a page comes first
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    while select.select([requests], [], [], PATIENCE)[0] and (told := received(requests)) is not None:
        how, content = laid_out(told.decode())
        answers.write(how + len(content).to_bytes(LENGTH) + content)
        answers.flush()


def received(stream: IO[bytes]) -> bytes | None:
    """What comes next after its length; None when the stream ends before all of it came."""
    length = stream.read(LENGTH)
    if len(length) < LENGTH:
        return None
    content = stream.read(int.from_bytes(length))
    return content if len(content) == int.from_bytes(length) else None


def laid_out(told: str) -> tuple[bytes, bytes]:
    """How it went, and the PDF or, without a word of the paper, what kind of error it was."""
    try:
        write = library()
    except OSError:
        return NO_LIBRARY, b""
    try:
        return DONE, write(told)
    except Exception as error:
        return FAILED, type(error).__name__.encode()


def library() -> Callable[[str], bytes]:
    """Raises OSError where Pango is missing. Nothing is loaded from anywhere."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    def write(told: str) -> bytes:
        html = HTML(string=told, base_url=None, url_fetcher=URLFetcher(allowed_protocols=["data"]))
        written: bytes = html.write_pdf(pdf_variant="pdf/ua-1")
        return written

    return write


if __name__ == "__main__":
    main()
