"""All benchmarks, one after the other: `python -m benchmarks`.

Those whose data is not there are named and left out.
"""

from __future__ import annotations

import subprocess
import sys

MODULES = ("speed", "language", "relations", "actors", "times", "places", "knowledge", "articles", "merging")


def main() -> int:
    """Run each benchmark in a process of its own; 1 if one failed."""
    failed = []
    for name in MODULES:
        print(f"\n# python -m benchmarks.{name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nnot measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
