"""Photos of spaces: looked into, made afresh, kept without what a camera writes into its files."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageOps

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid, NotFound, TooLarge

LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/webp"


class PhotoTooLarge(TooLarge):
    """A file above 2 MB, or a picture of more pixels than we want to open."""

    code = "photo_too_large"
    sentence = N_("A photo may have up to 2 MB and 40 million pixels.")


class NoPhoto(Invalid):
    """Bytes that are no JPEG, PNG or WebP picture."""

    code = "no_photo"
    sentence = N_("This file is not a JPEG, PNG or WebP picture that can be read.")


class NoSuchPhoto(NotFound):
    """No photo with this identifier, or it was taken away."""

    code = "no_such_photo"
    sentence = N_("There is no such photo.")


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes that a browser shows."""

    media_type: str
    content: bytes


def made_afresh(content: bytes) -> Picture:
    """The picture, turned upright, at most 1600 pixels a side, encoded anew as WebP. Nothing but its
    pixels is taken over: no place, no camera, no comment. Takes a while: call it in a thread.

    Raises PhotoTooLarge, NoPhoto.
    """
    if len(content) > LARGEST:
        raise PhotoTooLarge()
    try:
        # The size is in the head of the file: too many pixels are refused before one is decoded.
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoTooLarge()
            # Made small before anything else: whole, it is in memory once at most, a JPEG not even that.
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Image.DecompressionBombError:
        raise PhotoTooLarge() from None
    # A decoder meets a broken file in many ways: OSError, SyntaxError, ValueError, struct.error …
    except (PhotoTooLarge, MemoryError):
        raise
    except Exception:
        raise NoPhoto() from None
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    written = BytesIO()
    clean.save(written, "WEBP", quality=82, method=4)
    return Picture(MEDIA_TYPE, written.getvalue())


async def photo_by_id(tx: Tx, *, photo_id: UUID) -> Picture:
    """Raises NoSuchPhoto."""
    row = await tx.fetchrow("SELECT media_type, content FROM space_photo WHERE id = $1", photo_id)
    if row is None:
        raise NoSuchPhoto()
    return Picture(row["media_type"], row["content"])
