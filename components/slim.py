"""An SVG with the same picture in fewer elements: a browser takes its time for each of them, and nobody reads them."""

import re
from collections.abc import Iterable

TAG = re.compile(r"<[^>]*>")
LONG = re.compile(r"-?\d+\.\d{3,}")
NAMES = re.compile(r' (?:class="mark[^"]*"|role="[^"]*"|aria-[a-z]+="[^"]*"|pointer-events="none"|opacity="1")')
UNSEEN = re.compile(r'<path class="(?:background|foreground)"[^>]*/>|<text[^>]*/>')
EMPTY = re.compile(r"<g[^>]*></g>")
BAR = re.compile(r'<path d="([^"]*)" fill="([^"]*)"/>')
LINE = re.compile(r'<line transform="translate\(([^)]*)\)" x2="([^"]*)" y2="([^"]*)" ([^>]*)/>')
ROUND = re.compile(r'<path transform="translate\(([^)]*)\)" d="M([\d.]+),0A[^"L]*" fill="([^"]*)" stroke-width="2"/>')
DIAMOND = re.compile(
    r'<path transform="translate\(([^)]*)\)" d="M-([\d.]+),0L0,[^"A]*Z" fill="([^"]*)" stroke-width="2"/>'
)
BARS, LINES, ROUNDS, DIAMONDS = (re.compile(f"(?:{one.pattern}){{2,}}") for one in (BAR, LINE, ROUND, DIAMOND))


def slim(svg: str) -> str:
    """The picture with one path for all neighbours of a colour and one for all lines of a kind, at a hundredth of a point."""
    svg = TAG.sub(_short, UNSEEN.sub("", svg))
    svg = DIAMONDS.sub(_diamonds, ROUNDS.sub(_rounds, LINES.sub(_lines, BARS.sub(_bars, svg))))
    while (shorter := EMPTY.sub("", svg)) != svg:
        svg = shorter
    return svg


def _short(tag: re.Match[str]) -> str:
    """A tag without names, its numbers rounded; what stands between tags is what people read, and stays."""
    return LONG.sub(lambda number: f"{float(number[0]):.2f}", NAMES.sub("", tag[0]))


def _bars(run: re.Match[str]) -> str:
    return _merged((f'fill="{colour}"', path) for path, colour in BAR.findall(run[0]))


def _lines(run: re.Match[str]) -> str:
    return _merged((paint, f"M{at}l{x},{y}") for at, x, y, paint in LINE.findall(run[0]))


def _rounds(run: re.Match[str]) -> str:
    """Dots as the round ends of lines without length."""
    dots = ROUND.findall(run[0])
    return _merged(
        (f'stroke="{colour}" stroke-width="{2 * float(radius):.2f}" stroke-linecap="round"', f"M{at}h0")
        for at, radius, colour in dots
    )


def _diamonds(run: re.Match[str]) -> str:
    drawn = []
    for at, reach, colour in DIAMOND.findall(run[0]):
        x, y = map(float, at.split(","))
        drawn.append(
            (f'fill="{colour}"', f"M{x - float(reach):g},{y:g}l{reach},-{reach}l{reach},{reach}l-{reach},{reach}z")
        )
    return _merged(drawn)


def _merged(drawn: Iterable[tuple[str, str]]) -> str:
    paths: dict[str, str] = {}
    for paint, path in drawn:
        paths[paint] = paths.get(paint, "") + path
    return "".join(f'<path d="{path}" {paint}/>' for paint, path in paths.items())
