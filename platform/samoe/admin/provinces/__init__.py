"""Opening provinces from their files, and bringing them up to what the files say."""

from samoe.admin.provinces.applying import Applied, apply, apply_all

__all__ = ["Applied", "apply", "apply_all"]
