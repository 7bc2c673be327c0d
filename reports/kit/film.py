"""The cards as a short film: one after the other, their words fading and rising a little. No number ever counts up: on
its way it would be a wrong one. The first and the last frame are complete cards.
"""

import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

RATE = 25
MOVE = 18  # frames from one card to the next
RISE = 36  # pixels that words come up
SECONDS = 11.0
LIGHTEST = 26  # x264's quality: flat colours stay clean
# Said in the file: players guess otherwise, and the agency's colour becomes another.
COLOURS = "colorprim=bt709:transfer=bt709:colormatrix=bt709"
NAME, MEDIA_TYPE = "animasi.mp4", "video/mp4"


def film(layers: Sequence[tuple]) -> bytes:
    """MP4 (H.264, no sound) of the cards' (behind, front) images of one size."""
    with tempfile.TemporaryDirectory(prefix="animasi-") as folder:
        file = Path(folder) / NAME
        _write(layers, file)
        return file.read_bytes()


def _write(layers: Sequence[tuple], to: Path) -> None:
    """Into a file: what a player needs first is moved to its beginning, which is read again for that."""
    import av

    with av.open(str(to), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height = layers[0][0].size
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, RATE)
        stream.options = {"preset": "superfast", "crf": str(LIGHTEST), "threads": "1", "x264-params": COLOURS}
        at = 0
        for image, frames in _scenes(layers):
            frame = av.VideoFrame.from_image(image).reformat(format="yuv420p", dst_colorspace="ITU709")
            for _ in range(frames):
                frame.pts, frame.time_base = at, Fraction(1, RATE)
                container.mux(stream.encode(frame))
                at += 1
        container.mux(stream.encode(None))


def _scenes(layers: Sequence[tuple]) -> Iterator[tuple]:
    """Pictures with the number of frames that each stands."""
    from reports.kit.pixels import together

    still = round((SECONDS * RATE - MOVE * (len(layers) - 1)) / len(layers))
    for place, (behind, front) in enumerate(layers):
        yield together(behind, front), still
        if place + 1 < len(layers):
            yield from ((image, 1) for image in _between((behind, front), layers[place + 1]))


def _between(old: tuple, new: tuple) -> Iterator:
    """The old words fade, the ground changes, the new words rise."""
    from PIL import Image

    third = MOVE // 3
    for step in range(1, third + 1):
        yield _with_words(old[0], old[1], 1 - step / (third + 1), 0)
    for step in range(1, third + 1):
        yield Image.blend(old[0], new[0], _eased(step / (third + 1)))
    for step in range(1, third + 1):
        part = _eased(step / (third + 1))
        yield _with_words(new[0], new[1], part, round(RISE * (1 - part)))


def _with_words(behind, front, part: float, lower: int):
    """The words at a part of their strength, some pixels lower."""
    strength = front.getchannel("A").point(lambda value: round(value * part))
    image = behind.copy()
    image.paste(front.convert("RGB"), (0, lower), strength)
    return image


def _eased(part: float) -> float:
    return part * part * (3 - 2 * part)
