"""Run the workloads and print a table and one JSON object; exit 1 where a ratio is missed."""

from __future__ import annotations

import argparse
import json
import sys

from tests.bench import w1_import, w4_national
from tests.bench.timing import Ratio
from tests.bench.world import world

SIZES = {"tiny": (5_000, 1), "small": (100_000, 3)}


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench")
    asked.add_argument("--size", choices=SIZES, default="small")
    people, rounds = SIZES[asked.parse_args().size]
    with world() as found:
        ratios: list[Ratio] = [w1_import.run(found, people, rounds)]
        ratios.append(w4_national.run(found, rounds))
    print(f"{'workload':<34}{'product':>10} {'floor':>10} {'':<6}{'ratio':>7}")
    for ratio in ratios:
        print(ratio.row())
    told = [{"name": r.name, "product": r.product, "floor": r.floor, "ratio": r.ratio, "met": r.met} for r in ratios]
    print(json.dumps(told, ensure_ascii=False))
    return 0 if all(ratio.met for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
