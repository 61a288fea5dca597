"""How quickly Dragoman starts: `python -m benchmarks.startup [--rounds N]`.

Each command runs in a process of its own, all of them turn about in one run, beside `python -c pass`: what that takes
is the machine's and Python's own. Processor time is what the command itself needs; by the clock it takes longer where
other work runs on the machine, never less, so that the least of each is given besides the median.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.report import Table, add_json, publish

#: Milliseconds of processor time that it may take at most.
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
    """Milliseconds by command: by the clock the median and the least, and processor time, itself and above nothing."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    busy: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, words in COMMANDS.items():
            begin, before = time.perf_counter(), os.times()
            subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)
            if number:  # the first round only warms the caches of the file system
                after = os.times()
                times[name].append((time.perf_counter() - begin) * 1000)
                spent = after.children_user + after.children_system - before.children_user - before.children_system
                busy[name].append(spent * 1000)
    nothing = median(busy["python -c pass"])
    return {
        name: {
            "clock, median": median(times[name]),
            "clock, least": min(times[name]),
            "processor": median(busy[name]),
            "processor, above python -c pass": median(busy[name]) - nothing,
        }
        for name in COMMANDS
    }


def main() -> int:
    """Run from the command line; 1 where a bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    add_json(parser)
    options = parser.parse_args()
    rows = measure(options.rounds)
    publish([Table("Milliseconds", rows)], options.json)
    slow = [name for name, bar in BARS.items() if rows[name]["processor"] > bar]
    for name in slow:
        print(f"{name} takes {rows[name]['processor']:.0f} ms; the bar is {BARS[name]} ms", file=sys.stderr)
    return bool(slow) and options.json is None


if __name__ == "__main__":
    sys.exit(main())
