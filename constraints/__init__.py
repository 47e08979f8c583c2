"""The rules a scenario can state, one a file; this is their catalogue.

A new rule is one file, one import here and one name in ``AnyRule``.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias, get_args

from pydantic import Field

from constraints.anchor import Anchor
from constraints.early_finish import EarlyFinish
from constraints.end_of_day import EndOfDay
from constraints.few_days import FewDays
from constraints.fixed_boundaries import FixedBoundaries
from constraints.interpretation_load import InterpretationLoad
from constraints.last_in_week import LastInWeek
from constraints.latest_hour import LatestHour
from constraints.no_idle_slots import NoIdleSlots
from constraints.not_first_or_last_day import NotFirstOrLastDay
from constraints.not_on import NotOn
from constraints.officer_availability import OfficerAvailability
from constraints.officer_double_booking import OfficerDoubleBooking
from constraints.one_at_a_time import OneAtATime
from constraints.only_on import OnlyOn
from constraints.order import Order
from constraints.parallel_limit import ParallelLimit
from constraints.pin import Pin
from constraints.restricted_access import RestrictedAccess
from constraints.rolling import Rolling
from constraints.room_clash import RoomClash
from constraints.room_fit import RoomFit
from constraints.uninterrupted import Uninterrupted
from constraints.within_day import WithinDay
from constraints.within_slot import WithinSlot
from scheduler.rule import Rule

AnyRule: TypeAlias = Annotated[
    Anchor
    | EarlyFinish
    | EndOfDay
    | FewDays
    | FixedBoundaries
    | InterpretationLoad
    | LastInWeek
    | LatestHour
    | NoIdleSlots
    | NotFirstOrLastDay
    | NotOn
    | OfficerAvailability
    | OfficerDoubleBooking
    | OneAtATime
    | OnlyOn
    | Order
    | ParallelLimit
    | Pin
    | RestrictedAccess
    | Rolling
    | RoomClash
    | RoomFit
    | Uninterrupted
    | WithinDay
    | WithinSlot,
    Field(discriminator="rule"),
]

KINDS: dict[str, type[Rule]] = {kind.model_fields["rule"].default: kind for kind in get_args(get_args(AnyRule)[0])}
"""Every kind of rule by the word that stands after ``rule:``."""
