"""Derive the world's shapes for the maps of the reading room from Natural Earth, as a package on PyPI carries it.

    pip download --no-deps geopandas==0.14.4 && unzip geopandas-0.14.4-py3-none-any.whl
    python -m training.world geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp

Natural Earth (public domain) draws borders as they are held, not as they are claimed. Written is one GeoJSON geometry:
only outlines, to a tenth of a degree, which is less than a pixel on the maps that we draw.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/dragoman/web/data/world.json"
_HEADER = 100
_POLYGON = 5

Ring = list[list[float]]


def rings(shapes: bytes) -> Iterator[Ring]:
    """The rings of all polygons of a shapefile, longitude before latitude."""
    position = _HEADER
    while position < len(shapes):
        (words,) = struct.unpack_from(">i", shapes, position + 4)
        body = position + 8
        (kind,) = struct.unpack_from("<i", shapes, body)
        if kind == _POLYGON:
            parts, points = struct.unpack_from("<2i", shapes, body + 36)
            starts = [*struct.unpack_from(f"<{parts}i", shapes, body + 44), points]
            at = body + 44 + 4 * parts
            for first, last in pairwise(starts):
                flat = struct.unpack_from(f"<{2 * (last - first)}d", shapes, at + 16 * first)
                yield [[round(flat[i], 1), round(flat[i + 1], 1)] for i in range(0, len(flat), 2)]
        position = body + 2 * words


def thinned(ring: Ring) -> Ring:
    """The ring without points that rounding has laid on the one before."""
    kept = [point for last, point in pairwise([[], *ring]) if point != last]
    return kept if len(kept) > 3 else []


def clockwise(ring: Ring) -> bool:
    """Whether the ring is an outline: holes run the other way."""
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) > 0


def main() -> None:
    """Write the outlines."""
    shapes = Path(sys.argv[1]).read_bytes()
    # A hole in a country is another country, and drawn as such.
    outlines = [[ring] for ring in map(thinned, rings(shapes)) if ring and clockwise(ring)]
    geometry = {"type": "MultiPolygon", "coordinates": outlines}
    OUT.write_text(json.dumps(geometry, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(outlines)} outlines, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
