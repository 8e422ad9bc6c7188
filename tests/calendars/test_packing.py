"""Feeds packed for the way, and asked for by the moment they last changed."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import brotli
import httpx
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from incubator.calendars.conditional import last_modified, unchanged
from incubator.calendars.packing import CODINGS, pack, packing_of
from incubator.db.engine import Database, transaction
from tests.calendars.conftest import Book
from tests.cast import Cast
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize(
    ("accepted", "packing"),
    [
        (None, b""),
        (b"", b""),
        (b"identity", b""),
        (b"gzip, deflate", b"gzip"),
        (b"gzip, deflate, br, zstd", b"zstd"),
        (b"gzip, deflate, br", b"br"),
        (b"GZIP;q=1.0, br;q=0.5", b"gzip"),
        (b"zstd;q=0, br;q=0, *", b"gzip"),
        (b"*;q=0", b""),
        (b"*", b"zstd"),
        (b"gzip;q=0.5, identity", b""),
        (b"gzip;q=nonsense, br;;;=", b"br"),
        (b"\xff\x00,;q=,", b""),
    ],
)
def test_who_asks_chooses_how_it_is_packed(accepted: bytes | None, packing: bytes) -> None:
    assert packing_of(accepted) == packing


@given(st.binary(max_size=60))
def test_no_header_is_too_strange(accepted: bytes) -> None:
    assert packing_of(accepted) in {b"", *CODINGS}


@given(st.binary())
def test_what_is_packed_unpacks_and_is_the_same_each_time(octets: bytes) -> None:
    assert brotli.decompress(pack(octets, b"br")) == octets
    assert gzip.decompress(pack(octets, b"gzip")) == octets
    assert zstandard.ZstdDecompressor().decompress(pack(octets, b"zstd")) == octets
    assert all(pack(octets, coding) == pack(octets, coding) for coding in CODINGS)


async def test_each_packing_is_another_representation_of_the_same(visit: Visit, cast: Cast, book: Book) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client, path = visit(), f"/calendars/spaces/{cast.room_l}.ics"
    answers = {
        one: await client.get(path, headers={"accept-encoding": one}) for one in ("identity", "gzip", "br", "zstd")
    }
    assert len({one.content for one in answers.values()}) == 1
    assert len({one.headers["etag"] for one in answers.values()}) == 4
    assert {one.headers["vary"] for one in answers.values()} == {"accept, accept-encoding"}
    assert [one.headers.get("content-encoding") for one in answers.values()] == [None, "gzip", "br", "zstd"]
    assert answers["br"].num_bytes_downloaded < answers["identity"].num_bytes_downloaded
    for one in answers.values():
        again = await client.get(path, headers={"accept-encoding": "gzip", "if-none-match": one.headers["etag"]})
        assert again.status_code == 304, "whichever way they have it packed, it is this state"
        assert again.headers["vary"] == "accept, accept-encoding"


@pytest.mark.parametrize(("ending", "each"), [("ics", b"BEGIN:VEVENT"), ("json", b'["vevent"'), ("ifb", b"FREEBUSY")])
async def test_what_goes_out_in_parts_arrives_whole(
    visit: Visit, cast: Cast, book: Book, ending: str, each: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long feed is not put together for each change of it."""
    monkeypatch.setattr("incubator.calendars.pieces.FULL", 2)
    monkeypatch.setattr("incubator.calendars.told.SMALL", 0)
    path, plain = f"/calendars/spaces/{cast.room_l}.{ending}", {"accept-encoding": "identity"}
    for hour in range(9, 14):
        await book(cast.member, cast.room_l, tuesday(f"{hour}:00", f"{hour}:30"))
        await visit().get(path, headers=plain)
    parted = await visit().get(path, headers=plain)
    packed = await visit().get(path, headers={"accept-encoding": "gzip"})
    assert len(parted.content) == int(parted.headers["content-length"])
    assert parted.content.count(each) >= 5
    assert packed.headers["content-encoding"] == "gzip" and packed.content == parted.content
    assert (await visit().head(path, headers=plain)).headers["content-length"] == parted.headers["content-length"]


async def test_asked_since_when_it_changed(
    visit: Visit, cast: Cast, book: Book, db: Database, clock: Clockwork
) -> None:
    client, path = visit(), f"/calendars/spaces/{cast.room_l}.ics"
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    # Versions go by the clock of the database.
    clock.now = datetime.now(UTC)
    async with transaction(db) as tx:
        await tx.execute("UPDATE version SET changed_at = changed_at - interval '1 hour'")
    told = (await client.get(path)).headers["last-modified"]
    assert (await client.get(path, headers={"if-modified-since": told})).status_code == 304
    other = {"if-modified-since": told, "if-none-match": '"other"'}
    assert (await client.get(path, headers=other)).status_code == 200, "If-None-Match goes before it"
    assert (await client.get(path, headers={"if-modified-since": "nonsense"})).status_code == 200
    await book(cast.member, cast.room_l, tuesday("11:00", "12:00"))
    assert (await client.get(path, headers={"if-modified-since": told})).status_code == 200
    clock.now += timedelta(minutes=2)
    assert (await client.get(path, headers={"if-modified-since": told})).status_code == 200


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 59)), min_size=1, max_size=6),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_no_moment_stands_for_two_states(changes: list[tuple[int, int]], read: int, asked: int) -> None:
    """Each change comes about at one moment and is seen at a later one, up to a minute after; who read at `read` and asks
    again at `asked` with the moment they were told has 304 only where nothing was seen in between."""
    first, last = sorted((read, asked))

    def state(at: int) -> tuple[int, frozenset[int]]:
        seen = [n for n, (begun, took) in enumerate(changes) if begun + took <= at]
        return max((changes[n][0] for n in seen), default=-100), frozenset(seen)

    def moment(second: float) -> datetime:
        return NOW + timedelta(seconds=second)

    (then, had), (now, has) = state(first), state(last)
    header = {b"if-modified-since": last_modified(moment(then), moment(first))}
    if unchanged(header, etag=b'"x"', moved=lambda: moment(now), now=moment(last)):
        assert had == has
