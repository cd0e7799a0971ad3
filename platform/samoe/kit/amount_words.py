"""Amounts in words, as cheques, receipts and requests must carry them."""

_DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "")

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def thai_words(satang: int) -> str:
    """``164000000`` as หนึ่งล้านหกแสนสี่หมื่นบาทถ้วน."""
    baht, part = divmod(abs(satang), 100)
    words = "ลบ" if satang < 0 else ""
    if baht or not part:
        words += f"{thai_number(baht)}บาท"
    return words + (f"{thai_number(part)}สตางค์" if part else "ถ้วน")


def thai_number(number: int) -> str:
    """A whole number, not negative, in Thai words."""
    if number == 0:
        return _DIGITS[0]
    millions, rest = divmod(number, 1_000_000)
    words = f"{thai_number(millions)}ล้าน" if millions else ""
    for place, digit in zip(_PLACES, f"{rest:06}", strict=True):
        words += _thai_digit(int(digit), place, alone=not words)
    return words


def _thai_digit(digit: int, place: str, *, alone: bool) -> str:
    if digit == 0:
        return ""
    if place == "สิบ" and digit <= 2:
        return "สิบ" if digit == 1 else "ยี่สิบ"
    if place == "" and digit == 1 and not alone:
        return "เอ็ด"
    return _DIGITS[digit] + place


def english_words(satang: int) -> str:
    """``164000000`` as ``one million six hundred and forty thousand baht only``."""
    baht, part = divmod(abs(satang), 100)
    words = "minus " if satang < 0 else ""
    if not part:
        return f"{words}{english_number(baht)} baht only"
    if not baht:
        return f"{words}{english_number(part)} satang"
    return f"{words}{english_number(baht)} baht and {english_number(part)} satang"


def english_number(number: int) -> str:
    """A whole number, not negative, in English words."""
    if number < 1000:
        return _english_hundreds(number)
    parts = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            parts.append(f"{english_number(count)} {name}")
    if number:
        parts.append(f"and {_english_hundreds(number)}" if number < 100 else _english_hundreds(number))
    return " ".join(parts)


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens = _TENS[rest // 10] + (f"-{_ONES[rest % 10]}" if rest % 10 else "")
    small = _ONES[rest] if rest < 20 else tens
    if not hundreds:
        return small
    return f"{_ONES[hundreds]} hundred" + (f" and {small}" if rest else "")
