"""The state of each institution's data, counted from the institutions."""

from datetime import date

import pytest

from samoe.casework.submissions import actions, queries
from samoe.kit.problem import Conflict, Problem
from samoe.targetgroups.enabling import group_or_404
from tests.factories.province import MAE_MO, NGAO, Province
from tests.unit.casework.conftest import CENTRES

DAY = date(2021, 6, 1)


def test_states_move_by_their_order_and_are_counted(lampang: Province) -> None:
    lead = lampang.actor()
    first, second = lampang.centre("ศพด. ก", area=NGAO), lampang.centre("ศพด. ข", area=MAE_MO)
    with lampang.work(lead) as db:
        group = group_or_404(db, CENTRES)
        assert actions.expect(db, lead, lampang.phase_id, group.id, [first, second]) == 2
        assert actions.expect(db, lead, lampang.phase_id, group.id, [first, second]) == 0
        rows = queries.submissions(db, lampang.phase_id, group.id)
        assert [(row.institution, row.state, row.records) for row in rows] == [
            ("ศพด. ก", "not_started", 0), ("ศพด. ข", "not_started", 0),
        ]  # fmt: skip
        actions.set_state(db, lead, rows[0].id, "sending", on=DAY, row_version=1)
        actions.set_state(db, lead, rows[0].id, "complete", on=DAY, row_version=2)
        with pytest.raises(Problem, match="ไม่ต่อจาก"):
            actions.set_state(db, lead, rows[1].id, "certified", on=DAY, row_version=1)
        with pytest.raises(Problem, match="เหตุผล"):
            actions.set_state(db, lead, rows[0].id, "returned", on=DAY, row_version=3)
        with pytest.raises(Conflict):
            actions.set_state(db, lead, rows[0].id, "certified", on=DAY, row_version=2)
        assert queries.counts(db, lampang.phase_id, group.id) == {
            "not_started": 1, "sending": 0, "complete": 1, "returned": 0, "certified": 0,
        }  # fmt: skip
        assert queries.by_district(db, lampang.phase_id, group.id, "complete", "certified") == {"5205": 1}
