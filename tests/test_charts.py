"""Charts: the same picture in fewer elements."""

import re

from components.slim import slim

TEXT = '<text font-size="14px">3.14159 role="x"</text>'


def wrapped(inside: str) -> str:
    """A drawing as Vega writes it."""
    return f'<svg class="marks" viewBox="0 0 9 9"><g class="mark-rect role-mark" aria-hidden="true">{inside}</g></svg>'


def test_bars_of_a_colour_are_one_path():
    bars = "".join(f'<path d="M{x},0h1v1h-1Z" fill="{colour}"/>' for x, colour in enumerate(["red", "blue", "red"]))
    assert re.findall("<path[^>]*>", slim(wrapped(bars))) == [
        '<path d="M0,0h1v1h-1ZM2,0h1v1h-1Z" fill="red"/>',
        '<path d="M1,0h1v1h-1Z" fill="blue"/>',
    ]


def test_bars_that_differ_in_more_than_colour_stay_apart():
    bars = '<path d="M0,0h1" fill="red"/><path d="M1,0h1" fill="red" opacity="0.185"/>'
    assert slim(wrapped(bars)).count("<path") == 2


def test_lines_of_a_kind_are_one_path():
    lines = "".join(f'<line transform="translate(0,{y})" x2="9" y2="0" stroke="#888" opacity="1"/>' for y in (0, 4))
    assert '<path d="M0,0l9,0M0,4l9,0" stroke="#888"/>' in slim(wrapped(lines))


def test_what_people_read_stays():
    assert TEXT in slim(wrapped(TEXT))


def test_places_are_rounded_and_nothing_else():
    bar = slim(wrapped('<path d="M1.23456,-0.98765h10.5" fill="red" fill-opacity="0.18"/>'))
    assert '<path d="M1.23,-0.99h10.5" fill="red" fill-opacity="0.18"/>' in bar


def test_what_nobody_sees_is_left_out():
    svg = wrapped('<g><g><path class="background" d="M0,0h9"/></g></g><text x="1"/>')
    assert slim(svg) == '<svg viewBox="0 0 9 9"></svg>'
