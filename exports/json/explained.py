"""Explanations, places, changes, prices and ties as plain data, for ``--json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exports.json.family import document
from scheduler.documents.timetable_document import sessions_of
from scheduler.domain.programme import Programme
from scheduler.scenario import Scenario

if TYPE_CHECKING:
    from scheduler.explanation.impossible import Explanation
    from scheduler.explanation.members import Member
    from scheduler.explanation.prices import PriceList
    from scheduler.explanation.ties import Tied
    from scheduler.explanation.verification import Checked, Claim
    from scheduler.explanation.whatif import WhatIf
    from scheduler.explanation.why_here import WhyHere
    from scheduler.replanning.replan import Replan


def of_member(member: Member) -> dict[str, Any]:
    """A member of a conflict."""
    return {
        "id": member.id, "name": member.name, "sentence": member.sentence, "source": member.source,
        "place": member.place, "cost_to_waive": member.cost,
    }  # fmt: skip


def of_explanation(explanation: Explanation, chances: dict[str, Any] | None = None) -> dict[str, Any]:
    """Why nothing fits; ``chances`` are those of the promises, None without promises and ranges."""
    scenario, conflict = explanation.scenario, explanation.conflict
    found: dict[str, Any] = {
        "scenario": scenario.name,
        "status": explanation.status.value,
        "verdict": explanation.verdict,
        "arithmetic": [
            {"sentence": s.sentence, "detail": s.detail, "because": list(s.because)} for s in explanation.shortages
        ],
        "set": None,
        "ways_out": [
            {
                "cost": way.cost, "sentence": way.sentence, "options": list(way.options), "by_hand": way.by_hand,
                "why_more": explanation.why_more(way),
                "gives_up": [member.id for member in way.given_up],
                "sessions": sessions_of(way.scenario, way.outcome.timetable or ()),
            }
            for way in explanation.repairs.ways
        ],
        "ways_out_complete": explanation.repairs.complete,
    }  # fmt: skip
    if conflict is not None:
        found["set"] = {
            "rules": [of_member(member) for member in conflict.rules],
            "held": [{"session": held.session, "sentence": held.sentence} for held in conflict.held],
            "minimal": conflict.minimal,
            "smallest": conflict.smallest,
            "further_sets": [[member.id for member in others] for others in conflict.others],
            "what_remains": list(explanation.what_remains),
            "witnesses": [
                {
                    "without": witness.without.id,
                    "keeps_the_rest": witness.keeps_the_rest,
                    "then_clash": [member.id for member in witness.further],
                    "sessions": sessions_of(scenario, witness.timetable),
                }
                for witness in conflict.witnesses
            ],
        }
    return document("explanation", **found, chances=chances)


def of_why_here(scenario: Programme, why: WhyHere) -> dict[str, Any]:
    """Why a session is where it is."""
    slots = scenario.calendar.axis.slots
    members = {
        "session": why.session,
        "starts_on": why.here.segments[0].starts_on,
        "cost": why.cost,
        "places": [
            {
                "slot": str(slots[place.slot]), "date": slots[place.slot].day.isoformat(), "possible": place.possible,
                "further": place.further, "moved": place.moved, "dearer": list(place.dearer),
                "least": place.least, "fewest": place.fewest, "reason": place.reason,
                "breaks": [of_member(member) for member in place.breaks],
            }
            for place in why.others
        ],
    }  # fmt: skip
    return document("places", **members)


def of_what_if(answer: WhatIf, few: Replan | None = None) -> dict[str, Any]:
    """Before and after a change; ``few`` is the answer with the fewest moves, if a second search looked for it."""
    members = {
        "wishes": [wish.describe(answer.changed) for wish in answer.wishes],
        "moved_days": answer.days,
        "before": {"status": answer.before.status.value, "cost": answer.before.cost},
        "after": {
            "status": answer.after.status.value,
            "cost": answer.after.cost,
            "sessions": sessions_of(answer.changed, answer.after.timetable or ()),
        },
        "changes": [
            {"session": c.session, "title": c.title, "before": c.before, "after": c.after, "rooms": c.rooms}
            for c in answer.changes
        ],
        "fewest_changes": None
        if few is None
        else {
            "cost": few.outcome.cost,
            "proved": few.proved,
            "sessions": sessions_of(answer.changed, few.outcome.timetable or ()),
        },
        "rules": [{"rule": p.name, "before": p.before, "after": p.after} for p in answer.prices],
        "explanation": None if answer.explanation is None else of_explanation(answer.explanation),
    }
    return document("what-if", **members)


def prices_document(scenario: Scenario, prices: PriceList | None, tied: Tied | None) -> dict[str, Any]:
    """What rules cost, where equally good timetables differ, or both."""
    asked = {} if prices is None else {"prices": of_prices(prices)}
    return document("prices", **asked, **({} if tied is None else {"ties": of_ties(scenario, tied)}))


def of_prices(prices: PriceList) -> dict[str, Any]:
    """What each rule costs."""
    return {
        "status": prices.outcome.status.value,
        "cost": prices.outcome.cost,
        "rules": [
            {**of_member(r.member), "cost_without": r.cost_without, "saves": list(r.saves), "implied": r.implied}
            for r in prices.rules
        ],
        "wishes": [{"name": w.name, "sentence": w.sentence, "cost": w.cost} for w in prices.wishes],
        "margins": [
            {
                "what": m.what,
                "way": m.way,
                "change_after": m.change,
                "nothing_fits_after": m.nothing,
                "sentence": m.sentence,
            }
            for m in prices.margins
        ],
    }


def of_ties(scenario: Scenario, tied: Tied) -> dict[str, Any]:
    """Equally good timetables."""
    preference = tied.preference
    return {
        "status": tied.outcome.status.value,
        "count": len(tied.timetables),
        "exact": tied.exact,
        "differ": [{"title": s.title, "places": [{"where": w, "count": c} for w, c in s.places]} for s in tied.spreads],
        "timetables": [sessions_of(scenario, timetable) for timetable in tied.timetables],
        "preference": None
        if preference is None
        else {
            "sentence": preference.sentence, "yaml": preference.yaml,
            "leaves": preference.ties.count, "exact": preference.ties.exact,
        },
    }  # fmt: skip


def of_verification(claim: Claim, points: list[Checked]) -> dict[str, Any]:
    """What is claimed, what was verified, and what is only repeated."""
    verdict = False if any(p.holds is False for p in points) else None if any(p.holds is None for p in points) else True
    members = {
        "holds": verdict,
        "scenario": {"name": claim.name, "sha256": claim.sha256},
        "claims": list(claim.sentences),
        "repeated": list(claim.repeated),
        "points": [{"holds": p.holds, "sentence": p.sentence} for p in points],
    }
    return document("verification", **members)
