"""Files as sheets of rows: Excel and CSV, guarded against everything that is not one or would swamp the worker."""

from samoe.intake.reading.errors import UnreadableFile
from samoe.intake.reading.limits import LIMITS, Limits
from samoe.intake.reading.opening import open_workbook
from samoe.intake.reading.workbook import Cell, Row, Sheet, Workbook

__all__ = ["LIMITS", "Cell", "Limits", "Row", "Sheet", "UnreadableFile", "Workbook", "open_workbook"]
