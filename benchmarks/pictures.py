"""Pictures of figures as SVG, written out plainly so that the same figures give the same file to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

_FONT = 'font-family="sans-serif" font-size="11"'
# From nobody known to all roles known.
_SHADES = ("#b4452f", "#e0a24a", "#b9cfe4", "#3b6ea5")


def calibration_svg(bins: Mapping[str, Mapping[str, float]]) -> str:
    """Mean confidence across, share of right ones up; a dot for each tenth, the larger the more events lie in it."""
    side, left, top = 260, 44, 12
    most = max((row["events"] for row in bins.values()), default=1)

    def x(value: float) -> str:
        return f"{left + value * side:.1f}"

    def y(value: float) -> str:
        return f"{top + (1 - value) * side:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side + 64}" height="{side + 60}" {_FONT}>',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<path d="M{x(0)} {y(0)}H{x(1)}V{y(1)}H{x(0)}Z" fill="none" stroke="#888"/>',
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#888" stroke-dasharray="4 3"/>',
    ]
    for tenth in range(0, 11, 2):
        value = tenth / 10
        parts.append(f'<text x="{x(value)}" y="{top + side + 15}" text-anchor="middle">{value:.1f}</text>')
        parts.append(f'<text x="{left - 6}" y="{float(y(value)) + 4:.1f}" text-anchor="end">{value:.1f}</text>')
    points = [(row["mean confidence"], row["right"], row["events"]) for row in bins.values()]
    line = " ".join(f"{x(mean)},{y(right)}" for mean, right, _ in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#3b6ea5"/>')
    for mean, right, events in points:
        radius = 2 + 7 * (events / most) ** 0.5
        parts.append(
            f'<circle cx="{x(mean)}" cy="{y(right)}" r="{radius:.1f}" fill="#3b6ea5" fill-opacity="0.8">'
            f"<title>{events:.0f} events: {right:.2f} right at a mean confidence of {mean:.2f}</title></circle>"
        )
    middle = left + side / 2
    parts.append(f'<text x="{middle}" y="{top + side + 34}" text-anchor="middle">confidence of events, mean</text>')
    across = top + side / 2
    parts.append(f'<text x="12" y="{across}" text-anchor="middle" transform="rotate(-90 12 {across})">right</text>')
    return "\n".join([*parts, "</svg>", ""])


def coverage_svg(known: Mapping[tuple[str, int], Mapping[str, bool]]) -> str:
    """Country down, year across; the darker a cell, the more roles have a known holder. Only countries with a gap."""
    years = sorted({year for _, year in known})
    counts = {key: sum(roles.values()) for key, roles in known.items()}
    roles = max(len(each) for each in known.values())
    gaps: dict[str, int] = {}
    for (country, _), count in counts.items():
        gaps[country] = gaps.get(country, 0) + roles - count
    countries = sorted((country for country, missing in gaps.items() if missing), key=lambda each: (-gaps[each], each))
    wide, high, left, top = 12, 9, 34, 20
    width, height = left + wide * len(years) + 10, top + high * len(countries) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {_FONT.replace("11", "8")}>',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for number, year in enumerate(years):
        if year % 5 == 0:
            parts.append(f'<text x="{left + number * wide}" y="{top - 6}">{year}</text>')
    for row, country in enumerate(countries):
        at = top + row * high
        parts.append(f'<text x="{left - 4}" y="{at + high - 2}" text-anchor="end">{country}</text>')
        cells = [counts.get((country, year)) for year in years]
        for count, run in groupby(enumerate(cells), key=lambda pair: pair[1]):
            if count is None:
                continue
            places = [number for number, _ in run]
            shade = _SHADES[round(count / roles * (len(_SHADES) - 1))]
            where = f'x="{left + places[0] * wide}" y="{at}" width="{wide * len(places)}" height="{high - 1}"'
            parts.append(f'<rect {where} fill="{shade}"/>')
    return "\n".join([*parts, "</svg>", ""])
