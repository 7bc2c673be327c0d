"""Ornaments, drawn for this house as SVG: kawung (four seeds), parang (slanting waves), tumpal (a row of triangles)."""

PETAL = (
    '<ellipse cx="0" cy="-36" rx="17" ry="33" transform="rotate({turn})"/>'
    '<path d="M0-52V-22" transform="rotate({turn})"/>'
)
SEEDS = "".join(PETAL.format(turn=turn) for turn in (45, 135, 225, 315))
KAWUNG = f'{SEEDS}<path d="M0-4.9L4.9 0L0 4.9L-4.9 0zM0-60v9M0 51v9M-60 0h9M51 0h9"/>'
WAVE = "M-52 26C-58-34-6-52 0 0S58 34 52-26"
BAND, STEP = 168, 74  # across and along


def kawung(x: float, y: float, colour: str, *, scale: float = 1, opacity: float = 1, stroke: float = 2.4) -> str:
    """One flower around its middle, 120 wide at scale 1."""
    look = f'fill="none" stroke="{colour}" stroke-opacity="{opacity}" stroke-width="{stroke}" stroke-linecap="round"'
    return f'<g transform="translate({x} {y}) scale({scale})" {look}>{KAWUNG}</g>'


def kawung_corner(right: float, colour: str, *, steps: int = 4, scale: float = 1) -> str:
    """A stair that goes down to the right edge; every second flower is paler, so that the eye finds rows."""
    cell = 120 * scale
    flowers = []
    for row in range(steps):
        for column in range(steps - row):
            x, y = right - cell * (column + 0.5), cell * row
            flowers.append(kawung(x, y, colour, scale=scale, opacity=0.9 if (column + row) % 2 else 0.5))
    return "".join(flowers)


def kawung_strip(x: float, y: float, wide: float, colour: str, *, cell: float = 84) -> str:
    """A row of flowers, as wide as whole flowers fill it."""
    count = round(wide / cell)
    step = wide / count
    scale = step / 120
    return "".join(
        kawung(
            round(x + step * (place + 0.5), 2), y + step / 2, colour, scale=round(scale, 4), opacity=0.85, stroke=2.6
        )
        for place in range(count)
    )


def parang(wide: float, high: float, colour: str, *, scale: float = 1) -> str:
    """Slanting bands of hooked waves between thin lines, over the right side; the left stays calm for words."""
    bands = "".join(_band(place, wide + 2 * high, scale) for place in range(-1, int(wide / (BAND * scale)) + 2))
    return (
        f'<g fill="none" stroke="{colour}" stroke-linecap="round" transform="translate({wide * 0.62} {-0.42 * high}) '
        f'rotate(38) scale({scale})">{bands}</g>'
    )


def _band(place: int, long: float, scale: float) -> str:
    x, count = BAND * place, int(long / (STEP * scale)) + 2
    waves = "".join(f'<path transform="translate({x} {STEP * step})" d="{WAVE}"/>' for step in range(count))
    seeds = "".join(f"M{x + BAND / 2} {STEP * step - 9}l7 9l-7 9l-7-9z" for step in range(count))
    edges = "".join(f"M{x + BAND / 2 + side} {-STEP}V{STEP * count}" for side in (-14, 14))
    return f'<g stroke-width="21">{waves}</g><path stroke-width="2.5" d="{edges}"/><path stroke-width="2" d="{seeds}"/>'


def tumpal(x: float, y: float, wide: float, high: float, colour: str, *, cell: float = 54, stroke: float = 2) -> str:
    """A row of triangles upon a line, each with a smaller one and a seed inside."""
    count = round(wide / cell)
    step = wide / count
    shapes = "".join(_triangle(x + step * place, y, step, high) for place in range(count))
    seeds = "".join(_seed(x + step * (place + 0.5), y + high, high) for place in range(count))
    line = f'fill="none" stroke="{colour}" stroke-width="{stroke}" stroke-linejoin="round"'
    return f'<path {line} d="{shapes}"/><path fill="{colour}" d="{seeds}"/>'


def _triangle(x: float, y: float, wide: float, high: float) -> str:
    middle, foot = x + wide / 2, y + high
    half, top = wide * 0.28, foot - high * 0.56
    return (
        f"M{x:.1f} {foot:.1f}L{middle:.1f} {y:.1f}L{x + wide:.1f} {foot:.1f}"
        f"M{middle - half:.1f} {foot:.1f}L{middle:.1f} {top:.1f}L{middle + half:.1f} {foot:.1f}"
    )


def _seed(x: float, foot: float, high: float) -> str:
    top, low, half = foot - high * 0.36, foot - high * 0.06, high * 0.07
    middle = (top + low) / 2
    return f"M{x:.1f} {top:.1f}L{x + half:.1f} {middle:.1f}L{x:.1f} {low:.1f}L{x - half:.1f} {middle:.1f}z"
