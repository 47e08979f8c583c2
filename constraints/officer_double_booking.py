"""No officer serves two sessions at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

from pydantic import Field

from scheduler.domain.base import SessionId, altered, trusted
from scheduler.domain.people import Pair
from scheduler.domain.persons import Entry, Officer, as_subject, key_of, who
from scheduler.domain.programme import Programme
from scheduler.domain.seats import SERVING, names_in, officers_in, renamed
from scheduler.domain.timetable import Timetable
from scheduler.domain.violations import Violation
from scheduler.rules.pigeonholes import pairs_that_start_together
from scheduler.rules.rule import Exclusive, LooksAt, PeopleIn, Rule
from scheduler.rules.silence import one_session_alone
from scheduler.wording import capital, likewise, listed, shortened

if TYPE_CHECKING:
    from scheduler.model.schedule_model import Enforcement, Relaxation, ScheduleModel
    from scheduler.model.views import Amount
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
        return self._pairs(programme, programme.serving)

    def possible_pairs(self, programme: Programme) -> dict[str, list[Pair]]:
        """The same of all who may be chosen to serve."""
        return self._pairs(programme, lambda session: programme.perhaps_there(session, *SERVING))

    def _pairs(self, programme: Programme, serving: Callable[[SessionId], Iterable[str]]) -> dict[str, list[Pair]]:
        served: dict[str, list[SessionId]] = {}
        for session in self.sessions(programme) if self.weight != 0 else ():
            for officer in serving(session):
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
        for person, pairs in self.possible_pairs(programme).items():
            served = {session for pair in pairs for session in pair}
            titles = [programme.title(session) for session in programme.sessions if session in served]
            who = as_subject(programme.persons.title(person))
            parts.append(f"{who} may now be wanted in {shortened(titles)} at once")
        return likewise(parts)

    def silent(self, programme: Programme) -> Iterator[str]:
        """A single session: it has nobody to meet. Of a wish another warning says so."""
        return one_session_alone(self, programme) if self.weight is None else iter(())

    def people_in(self, programme: Programme) -> PeopleIn:  # noqa: ARG002
        """Sessions that may share a minute."""
        return PeopleIn.SLOT

    def post(self, model: ScheduleModel, enforcement: Enforcement = None) -> None:
        """Pair by pair, of all who may be chosen to serve both; where it must hold, all of a person's pairs at once."""
        for person, pairs in self.possible_pairs(model.programme).items():
            if self.weight is None:
                _never_at_once(model, person, pairs, model.relaxation(self, enforcement))
                continue
            charged: dict[Pair, list[Amount]] = {}
            for pair in pairs:
                unless = model.relaxation(self, enforcement)
                _keep_apart(model, person, pair, unless)
                if all(model.is_there(session, person, *SERVING) is model.true for session in pair):
                    charged[pair] = [unless[-1]]
            if enforcement is None:
                served = list(dict.fromkeys(session for pair in charged for session in pair))
                pairs_that_start_together(model, served, charged)

    def conditions(self, splitting: Splitting) -> Iterator[SingleCondition]:
        """By officer, where sessions can sit at once."""
        programme = splitting.programme
        pairs = {} if splitting.one_at_a_time else self.possible_pairs(programme)
        for index, officer in enumerate(programme.officers):
            if officer.id in pairs:
                yield self._served_by(splitting, officer, index, pairs[officer.id])

    def _served_by(
        self, splitting: Splitting, officer: Officer, index: int, pairs: Sequence[tuple[SessionId, SessionId]]
    ) -> SingleCondition:
        programme = splitting.programme
        served = [session for session in programme.sessions if any(session in pair for pair in pairs)]

        def post(model: ScheduleModel, enforcement: Enforcement) -> None:
            _never_at_once(model, officer.id, pairs, () if enforcement is None else (~enforcement,))

        posts = [one.id for one in programme.officers if programme.person(one.id) == officer.id]
        called = who(officer) if len(posts) == 1 else programme.persons.title(officer.id)
        titles = listed([programme.title(session) for session in served])
        serves = "serves" if all(officer.id in programme.serving(session) for session in served) else "may serve"
        return splitting.other(
            self,
            key=f"officers/{officer.id}/at-once",
            name=officer.id,
            sentence=f"{as_subject(capital(called))} {serves} {titles}, one at a time.",
            source=officer.source,
            loc=("officers", index, "id"),
            waived=f"appoint a deputy for {called}",
            post=post,
            waive=partial(_with_deputies, person=officer.id, posts=posts, sessions=served[1:]),
        )

    def count_into(self, counts: Counts) -> bool:
        """Only where other rules keep each pair apart already: minutes are not known."""
        pairs = [pair for found in self.possible_pairs(counts.programme).values() for pair in found]
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


def _never_at_once(model: ScheduleModel, person: str, pairs: Sequence[Pair], unless: Relaxation) -> None:
    """No pair at once, while the person serves both."""
    sessions = list(dict.fromkeys(session for pair in pairs for session in pair))
    always = all(model.is_there(session, person, *SERVING) is model.true for session in sessions)
    if always and len(pairs) == comb(len(sessions), 2):
        model.no_overlap(sessions, unless=unless)
        return
    for pair in pairs:
        _keep_apart(model, person, pair, unless)


def _keep_apart(model: ScheduleModel, person: str, pair: Pair, unless: Relaxation) -> None:
    """Never at once, while the person serves both."""
    elsewhere = [model.negated(model.is_there(session, person, *SERVING)) for session in pair]
    model.clause(model.apart(*pair), *elsewhere, unless=unless)


def _with_deputies(
    programme: Programme, *, person: str, posts: Sequence[str], sessions: Sequence[SessionId]
) -> Mapping[str, Any]:
    """The fields of a scenario with somebody new at each of some sessions, who is away when the person is."""
    further: list[Officer] = []
    instead: dict[SessionId, dict[str, str]] = {}
    entries = programme.persons.entries[person]
    for number, session in enumerate(sessions, 1):
        called = f"Deputy {number} of {programme.persons.title(person)}" if len(entries) > 1 else None
        new = [_deputy(entry, number, called) for entry in entries]
        further += new
        instead[session] = dict.fromkeys(posts, new[0].id)
    bodies = []
    for body in programme.bodies:
        theirs = [entry for entry in body.officers if set(names_in(entry)) & set(posts)]
        changed = []
        for each in body.sessions:
            names = instead.get(SessionId(each.id), {})
            own = programme.sessions.get(SessionId(each.id), each)  # of a repeat what it takes from the first
            officers = (renamed(entry, names) for entry, _ in officers_in(theirs, own.officers))
            changed.append(altered(each, officers=tuple(dict.fromkeys(officers))))
        left = tuple(entry for entry in body.officers if entry not in theirs)
        bodies.append(altered(body, officers=left, sessions=tuple(changed)))
    return {"bodies": tuple(bodies), "officers": (*programme.officers, *further)}


def _deputy(entry: Entry, number: int, name: str | None) -> Officer:
    """What an entry says of somebody, said of somebody new; several such entries are one person by their name."""
    post = f"Deputy of {entry.post if isinstance(entry, Officer) else entry.title}"
    own = f"{key_of(entry)}-deputy-{number}"
    return trusted(Officer, id=own, post=post, name=name, present=entry.present, absent=entry.absent)
