"""`python -m bench [NAME ...]`: measure, and print every promise beside what was found."""

import os
import sys

from bench import alarms, analysis, book, imports, jupyterlab, kernels, live, pages
from bench.table import render

MEASUREMENTS = {
    "import": imports.measure,
    "kernel": kernels.measure_explorers,
    "chapters": kernels.measure_chapters,
    "build": book.measure,
    "weight": pages.measure_weight,
    "load": pages.measure_loads,
    "slider": pages.measure_slider,
    "explorers": pages.measure_explorers,
    "jupyterlab": jupyterlab.measure,
    "live": live.measure,
    "copies": jupyterlab.measure_copies,
    "analysis": analysis.measure_speed,
    "memory": analysis.measure_memory,
    "plans": analysis.measure_plans,
    "alarms": alarms.measure,
}


def main(names):
    """Run the named measurements, all of them by default.

    Returns:
        The exit status: a sentence where a name is unknown, else 0.
    """
    unknown = set(names) - set(MEASUREMENTS)
    if unknown:
        return f"Choose from {', '.join(MEASUREMENTS)}. Received: {', '.join(sorted(unknown))}"
    rows = []
    for name in names or MEASUREMENTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        for row in MEASUREMENTS[name]():
            rows.append(row)
            print("  " + "  ".join(filter(None, map(str.strip, row.cells()))), file=sys.stderr)
    print(f"\n{render(rows)}")
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end; 1 or so is quiet.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
