"""A photo as it may be published: drawn anew, upright, small, and without all that lies beside its pixels.

Runs in the child process only (see child.py). What comes out holds no EXIF, place, XMP, ICC profile or comment,
because it is another picture: only the pixels are copied.
"""

import io
from pathlib import Path
from typing import Any

from stranas.evidence.checks.limits import MOST_PIXELS

WIDEST, TALLEST, NARROWEST = 1600, 2400, 320
QUALITY = 84
_READ = ("JPEG", "PNG", "WEBP")


def redraw(path: Path, *, into: Path) -> dict[str, Any]:
    """{"width", "height"} of the JPEG; or {"refused": "unreadable" | "animated" | "large" | "small"}."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=_READ) as opened:
            if refused := _refused(opened):
                return {"refused": refused}
            picture = _pixels(opened)
    except Image.DecompressionBombError:
        return {"refused": "large"}
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return {"refused": "unreadable"}
    picture.save(into, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return {"width": picture.width, "height": picture.height}


def _refused(opened: Any) -> str:
    # A phone's JPEG may hold a second picture (MPO: depth, preview); that is no animation, the first is the photo.
    if getattr(opened, "n_frames", 1) > 1 and opened.format != "MPO":
        return "animated"
    if opened.width * opened.height > MOST_PIXELS:
        return "large"
    return "small" if min(opened.size) < 16 or max(opened.size) < NARROWEST else ""


def _pixels(opened: Any) -> Any:
    """The pixels alone, in sRGB, upright, on white."""
    from PIL import Image, ImageOps

    opened.draft("RGB", (WIDEST, WIDEST))
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((WIDEST, TALLEST))
    seen = _in_srgb(upright, opened.info.get("icc_profile")).convert("RGBA")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A"))
    return plain


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    """Colours of a phone's wide profile as every screen shows them; as they are where the profile is not usable."""
    from PIL import ImageCms

    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return picture
