"""Draw docs/report.svg anew: what `dragoman read` shows of a sample article.

python docs/picture.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from dragoman.cli.render import Report
from dragoman.cli.session import names_of
from dragoman.reader import default_reader
from dragoman.sources.text import read_text

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "samples" / "2022-06-08-black-sea-ankara.txt"
# The picture asks for no font from the web: whatever is monospaced will do.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def main() -> None:
    """Read the sample, print its report where nobody sees it, and keep the picture."""
    reading = default_reader().read(read_text(SAMPLE.read_bytes()))
    console = Console(width=112, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Report(reading, names_of([reading])))
    command = f"dragoman read samples/{SAMPLE.name}"
    svg = console.export_svg(title=command, code_format=FORMAT, unique_id="report")
    (HERE / "report.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
