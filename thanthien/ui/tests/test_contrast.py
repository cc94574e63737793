"""The tokens themselves: every pair of words on ground that the components use can be read (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[1] / "static" / "ui" / "css" / "tokens.css").read_text("utf-8")
STATES = ["ontime", "today", "soon", "late", "paused", "done", "plain", "lotus"]
PAIRS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "primary", "late", "ontime", "lotus")
        for ground in ("card", "paper")
    ],
    *[(state, f"{state}-soft") for state in STATES],
    *[("ink", f"{state}-soft") for state in STATES],
    ("ink-soft", "paper-deep"),
    ("ink", "gold-soft"),
    ("primary", "primary-soft"),
    ("primary-dark", "primary-soft"),
    ("ink-soft", "late-soft"),
    ("on-primary", "primary"),
    ("on-primary", "primary-dark"),
    ("on-primary", "late"),
    ("on-primary", "lotus"),
    ("on-dark", "primary"),
    ("on-dark-soft", "primary-dark"),
    ("on-dark-soft", "primary"),
    ("on-gold", "gold"),
    ("on-gold", "gold-deep"),
]


def colours(selector):
    block = TOKENS[TOKENS.index(selector) :]
    found = re.findall(r"--([a-z-]+\d?):\s*(#[0-9a-f]{3,6})\b", block[: block.index("\n  }")])
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:]) for name, value in found
    }


NORMAL = colours(":root {")
HIGH = NORMAL | colours(':root[data-contrast="high"]')


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read(ink, ground):
    assert contrast(NORMAL[ink], NORMAL[ground]) >= 4.5


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_high_contrast_is_really_high(ink, ground):
    assert contrast(HIGH[ink], HIGH[ground]) >= 7


@pytest.mark.parametrize("ground", ["card", "paper"])
def test_edge_of_an_input_can_be_seen(ground):
    assert contrast(NORMAL["line-strong"], NORMAL[ground]) >= 3


def test_ring_of_the_focus_can_be_seen_on_light_and_on_dark():
    assert contrast(NORMAL["primary-dark"], NORMAL["paper"]) >= 3
    assert contrast(NORMAL["gold"], NORMAL["primary-dark"]) >= 3
