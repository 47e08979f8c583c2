"""Conferences of any size out of a seed: tracks, people who are wanted twice, small rooms, inconvenient hours."""

from __future__ import annotations

import random

from scheduler.parallel.conference import Conference, Hours, Period, Submission, Term, Track

SIZES = {50: (8, 6), 200: (16, 10), 1000: (40, 30), 2500: (60, 45)}
"""Sessions and rooms for some numbers of talks."""
WEIGHTS = {
    Term.TRACKS_SESSIONS: 1,
    Term.TRACKS_ROOMS: 1,
    Term.SIMILAR: 1,
    Term.ROOMS_PER_TRACK: 2,
    Term.PARALLEL: 5,
    Term.CONSECUTIVE: 3,
    Term.TIME_ZONES: 1,
    Term.SUBMISSIONS_SESSIONS: 1,
    Term.PRESENTERS: 100,
    Term.CHAIRS: 50,
}


def conference(talks: int, seed: int = 0) -> Conference:
    """A conference of so many talks; the same for the same seed."""
    draw = random.Random(f"{talks} {seed}")
    sessions, rooms = SIZES.get(talks) or (max(4, round(talks**0.5 * 1.25)), max(3, round(talks**0.5 * 0.9)))
    per_day = 4
    periods = tuple(
        Period(
            f"day {s // per_day + 1}, {s % per_day + 1}", 3, None, 540 + 120 * (s % per_day), 630 + 120 * (s % per_day)
        )
        for s in range(sessions)
    )
    tracks = tuple(
        Track(f"track {t}", frozenset(f"chair {draw.randrange(talks)}" for _ in range(2)))
        for t in range(max(3, talks // 14))
    )
    sizes = [1.0 + draw.expovariate(1.0) for _ in tracks]
    presenters = [f"person {draw.randrange(talks * 3)}" for _ in range(talks)]
    submissions = []
    for i in range(talks):
        track = i if i < len(tracks) else draw.choices(range(len(tracks)), sizes)[0]
        away = [s for s in range(sessions) if draw.random() < 0.1] if draw.random() < 0.1 else []
        submissions.append(
            Submission(
                f"talk {i}",
                track,
                2 if draw.random() < 0.1 else 1,
                zone=60 * draw.choice((0, 0, 0, 0, 1, 2, -5, 8)),
                presenters=frozenset({presenters[i]}),
                in_session=tuple(10 if s in away else 0 for s in range(sessions)),
                in_room=(0,) * rooms,
            )
        )
    small = range(rooms // 2, rooms)
    similar = [[0] * len(tracks) for _ in tracks]
    for _ in range(len(tracks)):
        a, b = draw.sample(range(len(tracks)), 2)
        similar[a][b] = similar[b][a] = 5
    return Conference(
        name=f"synthetic-{talks}",
        tracks=tracks,
        periods=periods,
        rooms=tuple(f"room {r}" for r in range(rooms)),
        submissions=tuple(submissions),
        track_session=tuple(tuple(10 * (draw.random() < 0.05) for _ in periods) for _ in tracks),
        track_room=tuple(tuple(20 * (r in small and sizes[t] > 2.5) for r in range(rooms)) for t in range(len(tracks))),
        session_room=tuple((0,) * rooms for _ in periods),
        similar=tuple(map(tuple, similar)),
        weights=tuple(WEIGHTS.get(term, 0) for term in Term),
        hours=Hours(0, (540, 1260), (420, 1380), 1, 10),
    )
