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
BARS, LINES = (re.compile(f"(?:{one.pattern}){{2,}}") for one in (BAR, LINE))


def slim(svg: str) -> str:
    """The picture with one path for all neighbours of a colour and one for all lines of a kind, at a hundredth of a point."""
    svg = TAG.sub(_short, UNSEEN.sub("", svg))
    svg = LINES.sub(_lines, BARS.sub(_bars, svg))
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


def _merged(drawn: Iterable[tuple[str, str]]) -> str:
    paths: dict[str, str] = {}
    for paint, path in drawn:
        paths[paint] = paths.get(paint, "") + path
    return "".join(f'<path d="{path}" {paint}/>' for paint, path in paths.items())
