"""The cards as a short film: one after the other, their words fading and rising a little. No number ever counts up: on
its way it would be a wrong one. The first and the last frame are complete cards.
"""

import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from reports.kit.pixels import together

RATE = 25
MOVE = 18  # frames from one card to the next
RISE = 36  # pixels that words come up
SECONDS = 11.0
QUALITY = 26  # x264's: flat colours stay clean
# What x264 would do for filmed scenes is left out: it takes time, and nothing here was filmed.
FLAT = "subme=0:weightp=0:scenecut=0:b-adapt=0"
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
    from av.video.frame import PictureType

    with av.open(str(to), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height = layers[0][0].size
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, RATE)
        how = f"{COLOURS}:{FLAT}"
        stream.options = {"preset": "superfast", "crf": str(QUALITY), "threads": "1", "x264-params": how}
        at = 0
        for planes, frames in _scenes(layers):
            frame = _frame(planes, stream.width, stream.height)
            for place in range(frames):
                frame.pts, frame.time_base = at, Fraction(1, RATE)
                # A card that stands begins whole: nothing that moved before stays in its flat fields.
                frame.pict_type = PictureType.I if frames > 1 and place == 0 else PictureType.NONE
                container.mux(stream.encode(frame))
                at += 1
        container.mux(stream.encode(None))


def _scenes(layers: Sequence[tuple]) -> Iterator[tuple]:
    """Pictures (as planes) with the number of frames that each stands."""
    still = round((SECONDS * RATE - MOVE * (len(layers) - 1)) / len(layers))
    before = None
    for behind, front in layers:
        ground, whole = _planes(behind.convert("RGB")), _planes(together(behind, front))
        if before:
            yield from ((planes, 1) for planes in _between(*before, ground, (behind, front)))
        yield whole, still
        before = whole, ground


def _between(whole: list, ground: list, new_ground: list, new: tuple) -> Iterator[list]:
    """The old words fade, the ground changes, the new words rise."""
    steps = [step / (MOVE // 3 + 1) for step in range(1, MOVE // 3 + 1)]
    yield from (_mixed(whole, ground, part) for part in steps)
    yield from (_mixed(ground, new_ground, _eased(part)) for part in steps)
    for part in map(_eased, steps):
        yield _mixed(new_ground, _planes(_lowered(*new, round(RISE * (1 - part)))), part)


def _lowered(behind, front, pixels: int):
    """The words some pixels below their place."""
    image = behind.copy()
    image.alpha_composite(front, (0, pixels))
    return image.convert("RGB")


def _planes(image) -> list:
    """Light and the two colours, as films hold them: mixed so, a step costs a quarter of what it does in RGB."""
    import av
    from PIL import Image

    frame = av.VideoFrame.from_image(image).reformat(format="yuv420p", dst_colorspace="ITU709")
    return [Image.frombytes("L", (plane.line_size, plane.height), bytes(plane)) for plane in frame.planes]


def _frame(planes: list, width: int, height: int):
    import av

    frame = av.VideoFrame(width, height, "yuv420p")
    for plane, image in zip(frame.planes, planes, strict=True):
        plane.update(image.tobytes())
    return frame


def _mixed(one: list, other: list, part: float) -> list:
    """`part` of the other in the one."""
    from PIL import Image

    return [Image.blend(a, b, part) for a, b in zip(one, other, strict=True)]


def _eased(part: float) -> float:
    return part * part * (3 - 2 * part)
