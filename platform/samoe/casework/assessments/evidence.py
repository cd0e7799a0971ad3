"""Pictures and papers that show what was found or done, kept with the case."""

from __future__ import annotations

from uuid import UUID

from samoe import files
from samoe.casework.enrolments.cases import Case
from samoe.files.papers import paper
from samoe.web import Context


def keep(ctx: Context, name: str, found: Case) -> UUID | None:
    """The file that came along under this name, kept; None where none did. Pictures lose all but their pixels."""
    sent = ctx.form.file(name)
    if sent is None:
        return None
    kept = paper(sent.content, card="none", covers=(), field=name)
    return files.keep(
        ctx.db, ctx.settings, file_name=sent.name, content=kept.content, content_type=kept.content_type,
        purpose="assessment", subject_type="enrolment", subject_id=found.enrolment.id,
    ).id  # fmt: skip
