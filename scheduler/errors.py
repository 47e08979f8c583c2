"""Every error that a planner can meet, and the exit statuses of the command.

ScheduleError                  shown as one message, never as a traceback
    InputError                 what was handed in cannot be used                exit 2
        ScenarioError          a scenario with errors (reading/diagnostics.py)  exit 2
        TimetableError         a timetable document that cannot be read         exit 2
    OutputError                a result could not be written                    exit 2
    EngineError                the solver contradicted the checker              exit 70
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of the ``schedule`` command."""

    DONE = 0
    NO = 1
    USAGE = 2
    INFEASIBLE = 3
    LIMIT = 4
    INTERNAL = 70
    INTERRUPTED = 130


class ScheduleError(Exception):
    """An error whose message is meant for the planner."""

    exit_status: Exit = Exit.USAGE

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InputError(ScheduleError):
    """What was handed in cannot be used."""


class TimetableError(InputError):
    """A timetable document that cannot be read."""


class OutputError(ScheduleError):
    """A result could not be written."""


class EngineError(ScheduleError):
    """The solver and the independent checker disagree: a fault of ours, never of the scenario."""

    exit_status = Exit.INTERNAL


class OutOfTime(BaseException):
    """The deadline has passed.

    Code that looks at the clock raises it, and so does the alarm of a command, between any two steps. It is no
    ``Exception``, so ``except Exception`` does not catch it.
    """
