"""W4: the data of the comparison of provinces, against the bare query over the same roll-up."""

from __future__ import annotations

from samoe.reporting.comparison.queries import STOCK, compare
from samoe.tenancy import Scope, tenant_session
from tests.bench.timing import Ratio, interleaved, seconds
from tests.bench.world import World

GROUP = "early_childhood"
TIMES = 20


def run(world: World, rounds: int) -> Ratio:
    scope = Scope(1, national=True)

    def product() -> float:
        with tenant_session(scope, world.settings) as db:
            return seconds(lambda: [compare(db, GROUP, "target_list") for _ in range(TIMES)])

    def floor() -> float:
        with tenant_session(scope, world.settings) as db:
            values = {"slug": GROUP, "register": "target_list"}
            return seconds(lambda: [db.execute(STOCK, values).all() for _ in range(TIMES)])

    product_s, floor_s = interleaved(product, floor, rounds)
    return Ratio("W4 national data", product_s / TIMES, floor_s / TIMES, 10.0)
