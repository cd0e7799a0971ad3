"""A target group as a province makes one in the browser: no recipe says what its people are like."""

from typing import Any

BODY: dict[str, Any] = {
    "slug": "young_mothers", "version": 1, "subject": "person",
    "name": {"th": "แม่วัยรุ่น", "en": "Young mothers"},
    "summary": {"th": "แม่ที่ยังเรียนไม่จบ", "en": "Mothers who have not finished school"},
    "serves": {"th": "แม่อายุไม่เกิน 19 ปี", "en": "Mothers up to 19"},
    "fields": [
        {"slug": "income", "type": "money", "label": {"th": "รายได้", "en": "Income"}, "period": "year"},
        {"slug": "members", "type": "count", "label": {"th": "สมาชิก", "en": "Members"}, "min": 1, "max": 9},
        {"slug": "in_school", "type": "flag", "label": {"th": "เรียนอยู่", "en": "In school"}},
        {"slug": "note", "type": "text", "label": {"th": "หมายเหตุ", "en": "Note"}},
        {"slug": "met_on", "type": "date", "label": {"th": "วันที่พบ", "en": "Met on"}},
    ],
    "rules": [{
        "slug": "criteria", "label": {"th": "เกณฑ์", "en": "Criteria"},
        "tree": {"all": [
            {"age_at": "phase_start", "op": "<=", "value": 19}, {"age_at": "phase_start", "op": ">=", "value": 13},
            {"field": "income", "per": "members", "every": "month", "op": "<=", "value": 300_000},
            {"field": "in_school", "op": "is_false"},
        ]},
    }],
    "stages": [{"slug": "registered", "label": {"th": "รับเข้า", "en": "Registered"}, "kind": "open"}],
}  # fmt: skip
