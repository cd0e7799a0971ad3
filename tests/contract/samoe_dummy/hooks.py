"""Every hook, overridden with something small."""

# ruff: noqa: ARG002  (a hook need not look at all it is given)

from collections.abc import Sequence
from datetime import date, timedelta

from samoe.sdk import AnswerProblem, Judgement, Panel, Subject, TargetGroup, Text, Visited
from samoe.sdk.targetgroup import Answers, Settings


class Dummy(TargetGroup):
    """Thinks that open places with rooms are worth it."""

    def judge(self, subject: Subject, answers: Answers, settings: Settings) -> Judgement:
        if "open" not in answers:
            return Judgement(None, (Text("ไม่รู้ว่าเปิดหรือไม่", "Not known whether it is open"),))
        return Judgement(bool(answers["open"]) or not settings["strict"])

    def check(self, subject: Subject, answers: Answers, settings: Settings) -> Sequence[AnswerProblem]:
        opened = answers.get("opened_on")
        if opened and opened > subject.today.isoformat():
            return (AnswerProblem("opened_on", Text("ยังไม่ถึงวันนั้น", "That day has not come")),)
        if answers.get("open") and not answers.get("rooms"):
            return (AnswerProblem("rooms", Text("เปิดแต่ไม่มีห้อง", "Open without rooms"), "warning"),)
        return ()

    def next_due(self, stage: str, history: Sequence[Visited], today: date, settings: Settings) -> date | None:
        return today + timedelta(days=len(history)) if stage == "first" else None

    def panels(self, subject: Subject, answers: Answers, settings: Settings) -> Sequence[Panel]:
        return (Panel("samoe_dummy/rooms.html", {"rooms": answers.get("rooms")}),)
