"""Views of cells: one slot in one room, and whose sessions sit there."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.base import RoomId, SessionId
from scheduler.model.views import BoolVar, Views


class CellViews(Views):
    """The views of sessions, and literals that say which cells they occupy."""

    def sits_in(self, session: SessionId, slot: int, room: RoomId) -> BoolVar:
        """True exactly when some segment of the session lies in the slot and it sits in the room."""
        here = self.in_room(session, room)
        return self.all_of(("sits in", session, slot, room), [self.touches(session, slot), here])

    def body_in(self, sessions: Iterable[SessionId], slot: int, room: RoomId) -> BoolVar:
        """True exactly when some of the sessions, such as those of a body, sits in the slot in the room."""
        body = tuple(sessions)
        sits = [self.sits_in(session, slot, room) for session in body]
        return self.any_of(("some in", body, slot, room), [s for s in sits if s is not self.false])

    def body_at(self, sessions: Iterable[SessionId], slot: int) -> BoolVar:
        """True exactly when some of the sessions sits in the slot, in whatever room."""
        body = tuple(sessions)
        sits = [self.touches(session, slot) for session in body]
        return self.any_of(("some in", body, slot), [s for s in sits if s is not self.false])
