"""A drawn stand-in for the photo of a space: what kind it is, and for how many people."""

from collections.abc import Iterator
from math import ceil, sqrt

MOST_SEATS = 120
WIDTH, HEIGHT = 480, 300
WALL, TABLE, SEAT, PAPER = "#0b5557", "#bcd9d5", "#f3b95f", "#eef5f3"


def drawing(kind: str, capacity: int) -> str:
    """A plan as SVG, `WIDTH` × `HEIGHT`. The same kind and capacity give the same drawing."""
    inside = "".join(_seats(capacity) if kind == "room" else _desks(capacity))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<path d="M200 276H24V24H456V276H264" fill="none" stroke="{WALL}" stroke-width="6"/>'
        f'<path d="M264 276A64 64 0 0 0 200 212V276" fill="none" stroke="{WALL}" stroke-width="2"/>'
        f"{inside}</svg>"
    )


def _seats(capacity: int) -> Iterator[str]:
    """A room: up to twelve around a table, more in rows."""
    if capacity <= 12:
        yield _rectangle(150, 95, 180, 70, TABLE)
        above = ceil(capacity / 2)
        for n in range(capacity):
            across, count = (n, above) if n < above else (n - above, capacity - above)
            yield _dot(150 + 180 * (across + 0.5) / count, 78 if n < above else 182, 11)
        return
    yield _rectangle(160, 36, 160, 14, WALL)
    shown = min(capacity, MOST_SEATS)
    columns = ceil(sqrt(shown * 2.6))
    step = min(34.0, 400 / columns, 140 / ceil(shown / columns))
    for n in range(shown):
        row, column = divmod(n, columns)
        in_row = min(columns, shown - row * columns)
        yield _dot(WIDTH / 2 + (column - (in_row - 1) / 2) * step, 74 + row * step, step * 0.33)


def _desks(capacity: int) -> Iterator[str]:
    """Desks or an office: a table and a chair for each person, up to six drawn."""
    shown = min(capacity, 6)
    columns = min(shown, 3)
    for n in range(shown):
        row, column = divmod(n, columns)
        x = WIDTH / 2 + (column - (min(columns, shown - row * columns) - 1) / 2) * 130
        y = 70 + row * 90
        yield _rectangle(x - 48, y, 96, 34, TABLE)
        yield _rectangle(x - 16, y + 5, 32, 6, WALL)
        yield _dot(x, y + 50, 12)


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" fill="{colour}"/>'


def _dot(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{x:.4g}" cy="{y:.4g}" r="{radius:.3g}" fill="{SEAT}" stroke="{WALL}"/>'
