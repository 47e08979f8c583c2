"""No officer serves two sessions at the same time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pydantic import Field

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.people import Pair
from scheduler.domain.persons import Officer, as_subject, key_of, who
from scheduler.domain.programme import Programme
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.rule import Exclusive, LooksAt, Rule
from scheduler.rules.silence import one_session_alone
from scheduler.wording import capital, likewise, listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, ScheduleModel
    from scheduler.rules.counting import Counts
    from scheduler.rules.splitting import SingleCondition, Splitting


class OfficerDoubleBooking(Rule):
    """Amount: one per person and pair of their sessions that share a minute, in any of their posts."""

    unit = "pair of sessions"
    default_cost_to_waive = 70
    example = {"of": ["WG", "REPORT"], "source": "the Chair serves both"}
    standing = True
    splits = "standing"
    about_pairs = True
    counted_last = True
    alone = LooksAt.NOTHING
    exclusive = Exclusive.PERSON
    only_pairs = True
    weight: int | None = Field(default=None, ge=0, le=1_000_000)
    """None: must hold. n: n points per unit of violation; with 0 officers may serve several sessions at once."""

    def pairs(self, programme: Programme) -> dict[str, list[Pair]]:
        """By person, the pairs of sessions that they serve and that must not sit at once; no empty lists."""
        served: dict[str, list[SessionId]] = {}
        for session in self.sessions(programme) if self.weight != 0 else ():
            for officer in programme.serving(session):
                served.setdefault(officer, []).append(session)
        found = {
            officer: [pair for pair in combinations(sessions, 2) if not self.yields.pair(*pair)]
            for officer, sessions in served.items()
        }
        return {officer: pairs for officer, pairs in found.items() if pairs}

    def people_apart(self, programme: Programme) -> Mapping[Pair, Sequence[str]]:
        """Its pairs."""
        found: dict[Pair, list[str]] = {}
        for person, pairs in self.pairs(programme).items():
            for pair in pairs:
                found.setdefault(pair, []).append(person)
        return found

    def lifts(self, programme: Programme) -> str:
        """Who may be wanted twice at once."""
        parts = []
        for person, pairs in self.pairs(programme).items():
            served = {session for pair in pairs for session in pair}
            titles = [programme.title(session) for session in programme.sessions if session in served]
            who = as_subject(programme.persons.title(person))
            parts.append(f"{who} may now be wanted in {shortened(titles)} at once")
        return likewise(parts)

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session: it has nobody to meet. Of a wish another warning says so."""
        return one_session_alone(self, programme) if self.weight is None else iter(())

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Pair by pair."""
        for pairs in self.pairs(model.programme).values():
            for one, other in pairs:
                model.clause(model.apart(one, other), unless=model.relaxation(self, enforcement))

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """By officer, where sessions can sit at once."""
        programme = splitting.programme
        pairs = {} if splitting.one_at_a_time else self.pairs(programme)
        for index, officer in enumerate(programme.officers):
            if officer.id in pairs:
                yield self._served_by(splitting, officer, index, pairs[officer.id])

    def _served_by(
        self, splitting: Splitting, officer: Officer, index: int, pairs: Sequence[tuple[SessionId, SessionId]]
    ) -> SingleCondition:
        programme = splitting.programme
        served = [session for session in programme.sessions if any(session in pair for pair in pairs)]

        def post(model: ScheduleModel, enforcement: Enforcement) -> None:
            for one, other in pairs:
                model.clause(model.apart(one, other), unless=() if enforcement is None else (~enforcement,))

        posts = [one.id for one in programme.officers if programme.person(one.id) == officer.id]
        called = who(officer) if len(posts) == 1 else programme.persons.title(officer.id)
        titles = listed([programme.title(session) for session in served])
        return splitting.other(
            self,
            key=f"officers/{officer.id}/at-once",
            name=officer.id,
            sentence=f"{as_subject(capital(called))} serves {titles}, one at a time.",
            source=officer.source,
            loc=("officers", index, "id"),
            waived=f"appoint a deputy for {called}",
            post=post,
            waive=partial(_with_deputies, person=officer.id, posts=posts, sessions=served[1:]),
        )

    def count_into(self, counts: Counts) -> bool:
        """Only where other rules keep each pair apart already: minutes are not known."""
        pairs = [pair for found in self.pairs(counts.programme).values() for pair in found]
        return not pairs or (self.weight is None and all(counts.keeps_apart(*pair) for pair in pairs))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Violation]:
        """Compare clock times of each officer's sessions."""
        for officer, pairs in self.pairs(programme).items():
            for pair in pairs:
                if all(s in timetable for s in pair) and timetable[pair[0]].overlaps(timetable[pair[1]]):
                    names = [programme.title(session) for session in pair]
                    message = (
                        f"{as_subject(programme.persons.title(officer))} would serve {names[0]} and {names[1]} at once"
                    )
                    yield self.violation(message, *pair)

    def describe(self, programme: Programme) -> str:
        among = f" of {self.names(programme)}" if self.of else ""
        if self.weight == 0:
            return f"Officers may serve several sessions{among} at the same time."
        return f"No officer serves two sessions{among} at the same time{self.yields.words}."


def _with_deputies(
    programme: Programme, *, person: str, posts: Sequence[str], sessions: Sequence[SessionId]
) -> Mapping[str, Any]:
    """The fields of a scenario with a deputy at each of some sessions; deputies are away when the person is."""
    further: list[Officer] = []
    standing_in: dict[SessionId, list[str]] = {}
    for number, session in enumerate(sessions, 1):
        for entry in programme.persons.entries[person]:
            name = f"{key_of(entry)}-deputy-{number}"
            post = f"Deputy of {entry.post if isinstance(entry, Officer) else entry.title}"
            further.append(trusted(Officer, id=name, post=post, present=entry.present, absent=entry.absent))
            standing_in.setdefault(session, []).append(name)
    bodies = []
    for body in programme.bodies:
        changed = []
        for each in body.sessions:
            own = programme.sessions.get(SessionId(each.id), each).officers  # also those of what it repeats
            mine = [o for o in (*body.officers, *own) if o in posts]
            instead = standing_in.get(SessionId(each.id), mine) if mine else []
            others = [o for o in own if o not in posts]
            changed.append(altered(each, officers=tuple(dict.fromkeys((*others, *instead)))))
        left = tuple(o for o in body.officers if o not in posts)
        bodies.append(altered(body, officers=left, sessions=tuple(changed)))
    return {"bodies": tuple(bodies), "officers": (*programme.officers, *further)}
