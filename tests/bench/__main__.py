"""Run the workloads and print a table and one JSON object; exit 1 where a ratio is missed."""

from __future__ import annotations

import argparse
import json
import sys

from tests.bench import w1_import, w2_list, w4_national, w5_criteria
from tests.bench.timing import Ratio
from tests.bench.world import survey_csv, world

SIZES = {"tiny": (5_000, 1), "small": (100_000, 3)}
WORKLOADS = ("w1", "w2", "w4", "w5")


def main() -> int:
    asked = argparse.ArgumentParser(prog="bench")
    asked.add_argument("--size", choices=SIZES, default="small")
    asked.add_argument("--only", nargs="+", choices=WORKLOADS, default=WORKLOADS)
    given = asked.parse_args()
    (people, rounds), wanted = SIZES[given.size], set(given.only)
    with world() as found:
        ratios: list[Ratio] = [w1_import.run(found, people, rounds)] if "w1" in wanted else []
        if wanted & {"w2", "w4", "w5"}:
            w1_import.bring_in(found, survey_csv(w1_import.PROVINCE, people, 99))
        if "w2" in wanted:
            ratios += w2_list.run(found, rounds)
        if "w4" in wanted:
            ratios.append(w4_national.run(found, rounds))
        if "w5" in wanted:
            ratios.append(w5_criteria.run(found, rounds))
    print(f"{'workload':<44}{'product':>10} {'floor':>10} {'':<6}{'ratio':>7}")
    for ratio in ratios:
        print(ratio.row())
    told = [{"name": r.name, "product": r.product, "floor": r.floor, "ratio": r.ratio, "met": r.met} for r in ratios]
    print(json.dumps(told, ensure_ascii=False))
    return 0 if all(ratio.met for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
