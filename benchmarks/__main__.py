"""``python -m benchmarks [reading sizes accepting pages loads people memory papers finding] [--sizes 120 2000]``; all if none is named."""

from __future__ import annotations

import argparse
import os
import platform

from benchmarks import accepting, finding, loads, memory, pages, papers, people, reading, sizes

PARTS = {
    "reading": reading,
    "sizes": sizes,
    "accepting": accepting,
    "pages": pages,
    "loads": loads,
    "people": people,
    "memory": memory,
    "papers": papers,
    "finding": finding,
}


def main() -> None:
    """Run the parts asked for and print a line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(pages.AIMS))
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors", flush=True)
    for name in asked.parts or PARTS:
        if name == "pages":
            pages.main(tuple(asked.sizes))
        else:
            PARTS[name].main()


if __name__ == "__main__":
    main()
