"""What is the same for all charts: colours, marks that are links, the frame of the picture."""

from __future__ import annotations

from html import escape

WIDE = 1100
ACCENT = "var(--accent)"
# Two families of colour mean one thing in all charts: what brings together, what drives apart.
TONE_COLOURS = {"near": ACCENT, "even": "var(--soft)", "apart": "var(--alarm)"}
QUAD_COLOURS = {
    "verbal cooperation": "var(--accent-soft)", "material cooperation": ACCENT,
    "verbal conflict": "var(--alarm-soft)", "material conflict": "var(--alarm)",
}  # fmt: skip
#: A text that can be read on lines and land: the style sheet paints its outline below it.
HALO = 'stroke="var(--paper)" stroke-width="3" stroke-linejoin="round"'

# Room around a picture, for what stands over its edge.
_TOP, _RIGHT, _BOTTOM, _LEFT = 6, 10, 6, 16
# An ordinary letter of 12 pixels: texts are not measured, so that drawing takes a moment only.
_LETTER = 6.6


def mark(shape: str, says: str, href: str) -> str:
    """A shape that says what it is and leads to what it rests on; without an address it leads nowhere."""
    label = f'aria-label="{escape(says)}"'
    return f'<a href="{escape(href)}" {label}>{shape}</a>' if href else f'<g role="img" {label}>{shape}</g>'


def text(x: float, y: float, words: str, anchor: str = "middle", more: str = 'fill="var(--soft)"') -> str:
    """Words at a place; they begin, end or have their middle there."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(words)}</text>'


def line(x: float, y: float, x2: float, y2: float) -> str:
    """A line of the grid, in the middle of its pixels."""
    return f'<path d="M{round(x) + 0.5} {round(y) + 0.5}L{round(x2) + 0.5} {round(y2) + 0.5}" stroke="var(--line)"/>'


def circle(x: float, y: float, radius: float, paint: str) -> str:
    """A dot."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}/>'


def width_of(words: str) -> float:
    """About how wide a text is."""
    return _LETTER * len(words)


def figure(
    title: str, height: float, *parts: str, left: float = 0, right: float = 0, above: float = 0, below: float = 0
) -> str:
    """The picture: parts drawn in `WIDE` by `height`, with room beside them.

    Args:
        title: what it is called by those who do not see it; what its marks are is said by each of them.
    """
    width = round(WIDE + _LEFT + left + right + _RIGHT)
    whole = round(height + _TOP + above + below + _BOTTOM)
    return (
        f'<svg class="chart" role="group" aria-label="{escape(title)}" width="{width}" height="{whole}" '
        f'viewBox="0 0 {width} {whole}" xmlns="http://www.w3.org/2000/svg">'
        f'<g fill="none" font-size="12" transform="translate({_LEFT + left:.0f} {_TOP + above:.0f})">'
        f"{''.join(parts)}</g></svg>"
    )
