"""A small group that asks one question of each type, and made-up rules and answers over it."""

from typing import Any

from hypothesis import strategies as st

from samoe.sdk import Age, All, Compare, FromSetting, Known, Moment, Node, Not, Some, parse


def _words(name: str) -> dict[str, str]:
    return {"th": name, "en": name}


GROUP = parse({
    "slug": "asked", "version": 1, "subject": "person",
    "name": _words("asked"), "summary": _words("asked"), "serves": _words("asked"),
    "fields": [
        {"slug": "income", "type": "money", "period": "year", "label": _words("income")},
        {"slug": "wage", "type": "money", "period": "month", "label": _words("wage")},
        {"slug": "members", "type": "count", "label": _words("members")},
        {"slug": "absence", "type": "percent", "label": _words("absence")},
        {"slug": "score", "type": "number", "label": _words("score")},
        {"slug": "alone", "type": "flag", "label": _words("alone")},
        {"slug": "roof", "type": "flag", "label": _words("roof")},
        {"slug": "grade", "type": "text", "label": _words("grade")},
        {"slug": "since", "type": "date", "label": _words("since")},
        {"slug": "wish", "type": "choice", "label": _words("wish"),
         "options": [{"value": value, "label": _words(value)} for value in ("school", "work", "none")]},
        {"slug": "needs", "type": "choices", "label": _words("needs"),
         "options": [{"value": value, "label": _words(value)} for value in ("food", "uniform", "bus")]},
        {"slug": "left", "type": "date", "partial": True, "label": _words("left")},
        {"slug": "home", "type": "area", "label": _words("home")},
        {"slug": "phone", "type": "phone", "label": _words("phone")},
        {"slug": "card", "type": "national_id", "label": _words("card"), "purpose": _words("card")},
        {"slug": "centre", "type": "institution", "label": _words("centre")},
        {"slug": "spot", "type": "gps", "label": _words("spot")},
        {"slug": "children", "type": "repeat", "label": _words("children"),
         "parts": [{"slug": "cost", "type": "money", "label": _words("cost")}]},
        {"slug": "left_over", "type": "calculated", "gives": "money", "label": _words("left over"),
         "calculate": {"difference": ["income", {"total": "children", "column": "cost"}]}},
        {"slug": "mean", "type": "calculated", "label": _words("mean"),
         "calculate": {"quotient": ["score", "members"]}},
        {"slug": "review", "type": "scale", "scale": "review", "label": _words("review")},
    ],
    "scales": [{
        "slug": "review", "version": "1", "label": _words("review"),
        "scores": [{"value": value, "label": _words(str(value))} for value in (0, 1)],
        "groups": [{"code": "1", "label": _words("1"), "items": ["a", "b", "c"]}],
        "levels": [
            {"code": "A", "label": _words("A"), "least": 0, "most": 0, "passes": True},
            {"code": "B", "label": _words("B"), "least": 1, "passes": False},
        ],
    }],
    "settings": [
        {"slug": "ceiling", "type": "money", "default": 30, "label": _words("ceiling")},
        {"slug": "unset", "type": "money", "label": _words("unset")},
        {"slug": "oldest", "type": "count", "default": 4, "label": _words("oldest")},
    ],
})  # fmt: skip
SETTINGS = {"ceiling": 3000, "unset": None, "oldest": 4}
GRADES = ("ป.1", "ป.2", "ม.1", "ก", "ม.")
DAYS = ("2016-02-29", "2020-01-15", "2021-01-15", "2021-12-31")
PARTIAL_DAYS = (*DAYS, "2020", "2021", "2022", "2021-01", "2021-12", "2016-02", "2021-02-28")
COMPARED_DAYS = (*DAYS, "2021-01-31", "2021-01-01", "2016-02-28", "2021-02-28", "2020-12-31")
PLACES = ("52", "5201", "5202", "520101", "520103", "520201", "830101", "")
MISFITS = (None, True, "7", [], {}, 3.5, ["food", 1], [{}], "2021-1", "52-01")

order = st.sampled_from(("=", "!=", "<", "<=", ">", ">="))
small = st.integers(-2, 8)
satang = st.one_of(st.integers(-5, 5), st.integers(0, 12).map(lambda months: months * 3000))
tenth = st.integers(-10, 60).map(lambda tenths: tenths / 10)
moments = st.builds(
    Moment, st.sampled_from(("phase_start", "phase_end", "today")), st.sampled_from((-12, -1, 0, 11)),
    st.sampled_from((0, 0, -14, 1)),
)  # fmt: skip


def _money(field: str) -> st.SearchStrategy[Node]:
    value = st.one_of(satang, st.just(FromSetting("ceiling")), st.just(FromSetting("unset")))
    per = st.sampled_from((None, "members", "score"))
    return st.builds(Compare, st.just(field), order, value, per, st.sampled_from((None, "month", "year")))


leaves: st.SearchStrategy[Node] = st.one_of(
    _money("income"),
    _money("wage"),
    st.builds(Compare, st.just("members"), order, small),
    st.builds(Compare, st.just("members"), st.just("in"), st.lists(small, min_size=1, max_size=3).map(tuple)),
    st.builds(Compare, st.sampled_from(("absence", "score")), order, st.one_of(small, tenth)),
    st.builds(Compare, st.sampled_from(("alone", "roof")), st.sampled_from(("is_true", "is_false"))),
    st.builds(Compare, st.just("grade"), st.sampled_from(("=", "!=", "contains")), st.sampled_from(GRADES)),
    st.builds(Compare, st.just("since"), order, st.one_of(st.sampled_from(DAYS), moments)),
    st.builds(Compare, st.just("wish"), st.sampled_from(("=", "!=")), st.sampled_from(("school", "work"))),
    st.builds(Compare, st.just("wish"), st.just("in"), st.just(("school", "none"))),
    st.builds(Compare, st.just("review.level"), st.sampled_from(("=", "!=")), st.sampled_from(("A", "B"))),
    st.builds(Compare, st.just("review.level"), st.just("in"), st.just(("B",))),
    st.builds(Compare, st.sampled_from(("review.lowest", "review.total")), order, small),
    st.builds(
        Compare,
        st.just("needs"),
        st.just("includes"),
        st.lists(st.sampled_from(("food", "uniform", "bus")), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Compare, st.just("left"), order, st.sampled_from(COMPARED_DAYS)),
    st.builds(
        Compare,
        st.just("home"),
        st.just("in"),
        st.lists(st.sampled_from(PLACES[:-1]), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Compare, st.just("left_over"), order, satang),
    st.builds(Compare, st.just("mean"), order, st.one_of(small, tenth)),
    st.builds(
        Age,
        st.sampled_from(("phase_start", "phase_end", "today", "2021-02-28")),
        order,
        st.one_of(st.integers(-1, 7), st.just(FromSetting("oldest"))),
    ),
)
_asked = st.sampled_from([field.slug for field in GROUP.measured])
_conditions = st.one_of(_asked, st.builds(Compare, st.just("members"), order, small))
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=4).map(tuple)),
        st.builds(Some, st.lists(inner, min_size=1, max_size=4).map(tuple)),
        st.builds(Not, inner),
        st.builds(Known, st.lists(_conditions, min_size=1, max_size=3).map(tuple), inner),
    ),
    max_leaves=8,
)

_answers: dict[str, st.SearchStrategy[Any]] = {
    "income": satang, "wage": satang, "members": small, "absence": st.one_of(small, tenth),
    "score": st.one_of(small, tenth), "alone": st.booleans(), "roof": st.booleans(),
    "grade": st.sampled_from(GRADES), "since": st.sampled_from((*DAYS, "2021-1-5", "ไม่ทราบ")),
    "wish": st.sampled_from(("school", "work", "none")),
    "needs": st.lists(st.sampled_from(("food", "uniform", "bus", "gone")), max_size=3),
    "left": st.sampled_from(PARTIAL_DAYS), "home": st.sampled_from(PLACES), "phone": st.just("0812345678"),
    "card": st.just("1520512345679"), "centre": st.just("0199"), "spot": st.just({"lat": 18.28, "lon": 99.5}),
    "children": st.lists(st.fixed_dictionaries({"cost": satang}), max_size=2), "left_over": satang,
    "mean": st.one_of(small, tenth),
    "review": st.fixed_dictionaries(
        {}, optional={"level": st.sampled_from(("A", "B", 7, None)), "lowest": small, "total": st.one_of(small, tenth)}
    ),
}  # fmt: skip
answers = st.fixed_dictionaries(
    {}, optional={slug: st.one_of(value, st.sampled_from(MISFITS)) for slug, value in _answers.items()}
)
full_answers = st.fixed_dictionaries(_answers)
birth_dates = st.one_of(st.none(), st.sampled_from(("2016-02-29", "2016-01-15", "2016-01-16", "2021-03-01")))
