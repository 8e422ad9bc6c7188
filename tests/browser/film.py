"""What the camera of a tablet sees: tickets held before it one after another, as a film that Chromium takes for one."""

from collections.abc import Sequence
from pathlib import Path

import segno

WIDTH, HEIGHT, PER_SECOND = 640, 480, 5
MODULE = 8
"""Pixels of a code's smallest square: held at arm's length."""
BRIGHT, DARK, GREY = 235, 16, 128


def film(path: Path, codes: Sequence[str], *, seconds: int = 1) -> Path:
    """Each code for so long, and as long nothing; again and again. Written to `path` as YUV4MPEG2."""
    pictures = [picture for code in codes for picture in (_ticket(code), _nothing())]
    frames = [b"FRAME\n" + picture + _no_colour() for picture in pictures for _ in range(seconds * PER_SECOND)]
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n"
    path.write_bytes(head.encode() + b"".join(frames))
    return path


def _ticket(code: str) -> bytes:
    """As bright as paper is; the code a little off the middle."""
    rows = [bytes(line) for line in segno.make(code, error="m").matrix_iter(scale=MODULE, border=4)]
    left, above = (WIDTH - len(rows[0])) // 3, (HEIGHT - len(rows)) // 2
    picture = bytearray(_nothing())
    for turn, row in enumerate(rows):
        at = (above + turn) * WIDTH + left
        picture[at : at + len(row)] = row.translate(bytes([BRIGHT, DARK, *range(2, 256)]))
    return bytes(picture)


def _nothing() -> bytes:
    return bytes([GREY]) * (WIDTH * HEIGHT)


def _no_colour() -> bytes:
    return bytes([128]) * (WIDTH * HEIGHT // 2)
