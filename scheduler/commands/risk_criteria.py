"""Criteria of comparisons that come from the forecast."""

from scheduler.risk_criteria import RISK_CRITERIA

__all__ = ["RISK_CRITERIA"]
