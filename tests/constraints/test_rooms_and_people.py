"""Rules on rooms, officers and interpreters: each refuses one timetable and allows its near twin."""

from __future__ import annotations
