"""W4: the data of the comparison of provinces, against the bare query over the same roll-up."""

from __future__ import annotations

from samoe.reporting.comparison.queries import STOCK, compare, registers_of
from samoe.tenancy import Scope, tenant_session
from tests.bench.timing import Ratio, interleaved, seconds
from tests.bench.world import World

GROUP = "early_childhood"
TIMES, TURNS = 20, 4


def run(world: World, rounds: int) -> Ratio:
    scope = Scope(1, national=True)
    with tenant_session(scope, world.settings) as db:
        kept = registers_of(db, GROUP)
    register = max(kept, key=lambda name: kept[name])

    def product() -> float:
        with tenant_session(scope, world.settings) as db:
            return seconds(lambda: [compare(db, GROUP, register) for _ in range(TIMES)])

    def floor() -> float:
        with tenant_session(scope, world.settings) as db:
            values = {"slug": GROUP, "register": register}
            return seconds(lambda: [db.execute(STOCK, values).all() for _ in range(TIMES)])

    product_s, floor_s = interleaved(product, floor, TURNS * rounds)
    return Ratio("W4 national data", product_s / TIMES, floor_s / TIMES, 10.0)
