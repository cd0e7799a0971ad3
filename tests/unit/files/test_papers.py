"""What is kept of a scanned paper: pixels only, and none of those that were covered (ID cards, F-07, W-02)."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from samoe.files.images import Cover, only_pixels, read_cover
from samoe.files.papers import paper
from samoe.kit.problem import Problem

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
PLACE = 0x8825
"""EXIF's pointer to where a picture was taken."""


def picture(form: str = "JPEG", size: tuple[int, int] = (200, 100), **how: object) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, WHITE).save(kept, form, **how)
    return kept.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_is_covered_is_gone_and_the_rest_stays(form: str) -> None:
    kept = opened(paper(picture(form), card="cover", covers=["30 50 40 20", "", ""], field="document").content)
    assert kept.format == form
    assert max(kept.getpixel((100, 60))) < 16
    assert min(kept.getpixel((10, 10))) > 240
    assert min(kept.getpixel((100, 90))) > 240


def test_where_and_when_a_picture_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "maker"
    exif.get_ifd(PLACE)[2] = (18.0, 17.0, 1.0)
    content = picture(exif=exif) + b"<script>alert(1)</script>"
    kept = paper(content, card="none", covers=(), field="document").content
    assert dict(opened(kept).getexif()) == {}
    assert b"script" not in kept
    assert b"maker" not in kept


def test_a_picture_that_lies_on_its_side_is_turned_and_covered_where_it_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = opened(only_pixels(picture(exif=exif), "image/jpeg", [Cover(0, 0, 100, 10)], field="document"))
    assert kept.size == (100, 200)
    assert max(kept.getpixel((50, 5))) < 16
    assert min(kept.getpixel((50, 150))) > 240


@pytest.mark.parametrize(
    ("content", "card", "covers", "field"),
    [
        (b"%PDF-1.7", "cover", ["1 1 1 1"], "document"), (picture(), "cover", ["", " "], "cover"),
        (picture(), "cover", ["90 0 20 10"], "cover"), (picture(), "", [], "card"), (b"MZ\x90", "none", [], "document"),
        (b"\xff\xd8\xff\xe0nothing", "none", [], "document"), (b"<svg onload='x'/>", "none", [], "document"),
        (picture()[:300], "none", [], "document"), (b"\x89PNG\r\n\x1a\n" + picture(), "none", [], "document"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_at_its_field(content: bytes, card: str, covers: list[str], field: str) -> None:
    with pytest.raises(Problem) as told:
        paper(content, card=card, covers=covers, field="document")
    assert told.value.field == field


def test_a_picture_that_unpacks_to_a_wall_is_refused_before_it_is_unpacked() -> None:
    """F-07: 30,000 x 30,000 points are nine hundred million, of which a file of a megabyte may speak."""
    kept = BytesIO()
    Image.new("1", (30_000, 30_000)).save(kept, "PNG")
    with pytest.raises(Problem):
        paper(kept.getvalue(), card="none", covers=(), field="document")


@given(st.text(max_size=30))
def test_any_text_is_a_frame_inside_the_picture_or_none(said: str) -> None:
    found = read_cover(said)
    if found is not None:
        left, top, right, bottom = found.corners(317, 211)
        assert 0 <= left < right <= 317
        assert 0 <= top < bottom <= 211


@given(*[st.integers(0, 100)] * 4)
def test_a_frame_reads_as_it_was_written(left: int, top: int, width: int, height: int) -> None:
    found = read_cover(f"{left} {top} {width} {height}")
    inside = width > 0 and height > 0 and left + width <= 100 and top + height <= 100
    assert (found == Cover(left, top, width, height)) if inside else found is None
