"""The figures that a group's manifest declares, from the records behind them."""

from samoe.reporting.figures.measuring import Value, measure
from samoe.reporting.figures.queries import GroupFigures, figures, phase_shown

__all__ = ["GroupFigures", "Value", "figures", "measure", "phase_shown"]
