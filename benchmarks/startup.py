"""How quickly Dragoman starts: `python -m benchmarks.startup [--rounds N]`.

Each command runs in a process of its own, all of them turn about in one run, beside `python -c pass`: what that takes
is the machine's and Python's own. Figures are medians; what else runs on the machine makes them larger, never smaller,
so the least of each is given too.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.report import Table, add_json, publish

#: Milliseconds that it may take at most.
BARS = {"import dragoman": 300, "dragoman --help": 400}
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import dragoman": ["-c", "import dragoman"],
    "dragoman --help": ["-m", "dragoman", "--help"],
    "dragoman --version": ["-m", "dragoman", "--version"],
    "dragoman who Lavrov": ["-m", "dragoman", "who", "Lavrov"],
}
ROOT = Path(__file__).resolve().parents[1]


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds by command: the median, the least, and the median above `python -c pass`."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, words in COMMANDS.items():
            begin = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)
            if number:  # the first round only warms the caches of the file system
                times[name].append((time.perf_counter() - begin) * 1000)
    nothing = median(times["python -c pass"])
    return {
        name: {"median": median(found), "least": min(found), "above python -c pass": median(found) - nothing}
        for name, found in times.items()
    }


def main() -> int:
    """Run from the command line; 1 where a bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    add_json(parser)
    options = parser.parse_args()
    rows = measure(options.rounds)
    publish([Table("Milliseconds", rows)], options.json)
    slow = [name for name, bar in BARS.items() if rows[name]["median"] > bar]
    for name in slow:
        print(f"{name} takes {rows[name]['median']:.0f} ms; the bar is {BARS[name]} ms", file=sys.stderr)
    return bool(slow) and options.json is None


if __name__ == "__main__":
    sys.exit(main())
