"""No cell of the bank's file can run as a formula, and every text comes back as it was (W-08)."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from samoe.funding.batches.bankfile import DANGEROUS, plain, safe

NASTY = st.text(alphabet="=+-@\t\r\n＝＋－＠|%'กA1 ", max_size=12) | st.text(max_size=20)


@given(NASTY)
@example("=cmd|'/c calc'!A0")
@example("'=1+1")
@example('＝HYPERLINK("http://x")')
def test_a_text_is_harmless_in_the_file_and_itself_when_read(typed: str) -> None:
    assert not safe(typed).startswith(DANGEROUS)
    assert plain(safe(typed)) == typed
