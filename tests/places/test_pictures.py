"""Photos made afresh, and drawings where there is none."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from incubator.places import photos
from incubator.places.drawing import drawing
from incubator.places.photos import LARGEST, NoPhoto, PhotoTooLarge, made_afresh

Visit = Callable[..., httpx.AsyncClient]


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    """A picture that tells where it was taken, and by what."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    written = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else (200, 10, 10, 128)[: len(mode)]).save(written, form, exif=exif)
    return written.getvalue()


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("JPEG", "L")]
)
def test_what_the_camera_wrote_is_gone(form: str, mode: str) -> None:
    before = picture(form, mode=mode)
    assert b"SecretCamera" in before
    after = made_afresh(before)
    assert b"SecretCamera" not in after.content
    with Image.open(BytesIO(after.content)) as opened:
        assert (
            opened.format == "WEBP" and not opened.getexif() and not {"exif", "xmp", "icc_profile"} & set(opened.info)
        )
        assert opened.size == (30, 40), "turned upright as the camera said"


def test_large_pictures_become_smaller() -> None:
    with Image.open(BytesIO(made_afresh(picture(size=(4000, 1000))).content)) as opened:
        assert max(opened.size) == 1600


def test_a_large_picture_is_made_small_before_anything_else_is_done_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    turned: list[tuple[int, int]] = []

    def transposed(picture: Image.Image) -> Image.Image:
        turned.append(picture.size)
        return ImageOps.exif_transpose(picture)

    monkeypatch.setattr(photos, "ImageOps", SimpleNamespace(exif_transpose=transposed))
    for form in ("JPEG", "PNG", "WEBP"):
        made = made_afresh(picture(form, size=(6000, 3000)))
        with Image.open(BytesIO(made.content)) as opened:
            assert opened.size == (800, 1600), form
    assert turned == [(1600, 800)] * 3


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", picture()[:60], picture("PNG")[:50]],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NoPhoto):
        made_afresh(content)


@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.binary(max_size=400), st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 300))
def test_damaged_pictures_are_refused_or_shown_and_never_crash(noise: bytes, form: str, at: int) -> None:
    whole = picture(form)
    with suppress(NoPhoto, PhotoTooLarge):
        made_afresh(whole[:at] + noise + whole[at + len(noise) :])


def test_too_many_bytes_or_pixels_are_refused() -> None:
    with pytest.raises(PhotoTooLarge):
        made_afresh(picture() + b"\0" * LARGEST)
    with pytest.raises(PhotoTooLarge):
        made_afresh(picture("PNG", size=(9000, 9000), mode="L"))


@given(st.sampled_from(["room", "hot_desk", "dedicated_desk", "private_office"]), st.integers(1, 10_000))
def test_every_kind_and_capacity_has_a_drawing(kind: str, capacity: int) -> None:
    drawn = drawing(kind, capacity)
    assert drawn.startswith("<svg") and len(drawn) < 20_000
    assert drawn.count("<circle") >= 1


async def test_a_drawing_is_served_for_good(visit: Visit) -> None:
    answer = await visit().get("/drawings/room-12.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in answer.headers["cache-control"] and answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers, "what everybody's caches keep gives nobody's cookie away"


@pytest.mark.parametrize("name", ["castle-1.svg", "room-x.svg", "room-1", "room-.svg", "room-999999.svg"])
async def test_other_drawings_do_not_exist(visit: Visit, name: str) -> None:
    assert (await visit().get(f"/drawings/{name}")).status_code == 404
