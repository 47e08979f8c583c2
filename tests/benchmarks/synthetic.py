"""Conferences of any size out of a seed, with what a programme committee meets and a bound that means something.

One talk to a room and a session (an hour, four to a day); there are talks for about five sixths of the rooms. Topics
(tracks) of uneven size, and what costs:

- a topic beside itself: the large ones have more talks than there are sessions, so some of it cannot be avoided;
- hours: one speaker in four is far away, most of them where no session suits well, so some of it cannot be avoided
  either; the good hours are scarce;
- speakers of two talks in one session, speakers on a day on which they are not there, topics in a session that they
  should not be in, and pairs of small similar topics in one session: to be avoided, where that is possible.
"""

from __future__ import annotations

import random

from exports.cosplib.conference_values import Conference, CosplibPeriod, CosplibTrack, Hours, Submission, Term

SIZES = {50: (10, 6), 100: (14, 9), 250: (20, 15), 500: (28, 22), 1000: (40, 30), 2500: (60, 45)}
"""Sessions and rooms for some numbers of talks."""
PER_DAY = 4
"""Sessions."""
HERE, AWAY = (0, 0, 0, 1, 2, -1), (-8, -7, -5, -3, 5, 7, 8, 9)
"""Time zones, hours east of Greenwich, of speakers who come or live near, and of remote ones."""
WEIGHTS = {
    Term.TRACKS_SESSIONS: 1,
    Term.SIMILAR: 2,
    Term.PARALLEL: 3,
    Term.TIME_ZONES: 1,
    Term.SUBMISSIONS_SESSIONS: 1,
    Term.PRESENTERS: 100,
}


def conference(talks: int, seed: int = 0) -> Conference:
    """A conference of so many talks (50 to 2,500); the same for the same seed."""
    draw = random.Random(f"{talks} {seed}")
    sessions, rooms = SIZES.get(talks) or (max(6, round(talks**0.5 * 1.27)), max(5, round(talks**0.5 * 0.95)))
    periods = tuple(
        CosplibPeriod(f"day {s // PER_DAY + 1}, {s % PER_DAY + 1}", 1, None, _hour(s), _hour(s) + 60)
        for s in range(sessions)
    )
    tracks = tuple(CosplibTrack(f"topic {t}") for t in range(max(3, talks // 25)))
    sizes = [1.0 + draw.expovariate(1.0) for _ in tracks]
    submissions = []
    for i in range(talks):
        track = i if i < len(tracks) else draw.choices(range(len(tracks)), sizes)[0]
        remote = draw.random() < 0.25
        missed = set(draw.sample(range(-(-sessions // PER_DAY)), 1)) if draw.random() < 0.1 else set()
        submissions.append(
            Submission(
                f"talk {i}",
                track,
                1,
                zone=60 * draw.choice(AWAY if remote else HERE),
                presenters=frozenset({f"person {draw.randrange(talks * 3)}"}),
                in_session=tuple(100 if s // PER_DAY in missed else 0 for s in range(sessions)),
                in_room=(0,) * rooms,
            )
        )
    similar = [[0] * len(tracks) for _ in tracks]
    small = sorted(range(len(tracks)), key=lambda t: sizes[t])[: len(tracks) // 3]
    for a, b in zip(small[::2], small[1::2], strict=False):
        similar[a][b] = similar[b][a] = 1
    return Conference(
        name=f"synthetic-{talks}",
        tracks=tracks,
        periods=periods,
        rooms=tuple(f"room {r}" for r in range(rooms)),
        submissions=tuple(submissions),
        track_session=tuple(tuple(10 * (draw.random() < 0.05) for _ in periods) for _ in tracks),
        track_room=((0,) * rooms,) * len(tracks),
        session_room=tuple((0,) * rooms for _ in periods),
        similar=tuple(map(tuple, similar)),
        weights=tuple(WEIGHTS.get(term, 0) for term in Term),
        hours=Hours(0, (9 * 60, 18 * 60), (7 * 60, 21 * 60), 2, 10),
    )


def _hour(session: int) -> int:
    """When a session begins: at 9, 11, 14 and 16, in minutes after midnight."""
    return (9, 11, 14, 16)[session % PER_DAY] * 60
