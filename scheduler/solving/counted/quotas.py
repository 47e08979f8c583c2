"""How many lanes of each length every track gets, when rooms are so scarce that no lane may be wasted.

Sessions of equal length are alike here, so the model is tiny; a start that keeps to its quotas never runs out of rooms.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.model.cpsat import cp_model
from scheduler.solving.counted.problem import Problem
from scheduler.solving.search import new_solver

SECONDS = 5.0


@dataclass(slots=True)
class Quota:
    """Of one track, still to be used: lanes by length, talks by length of lane and by their own length."""

    lanes: dict[int, int]
    talks: dict[int, dict[int, int]]


def quotas(problem: Problem, seed: int) -> list[Quota] | None:
    """A quota for each track, together within the rooms; None when the search finds none."""
    model = cp_model.CpModel()
    lengths = sorted(set(problem.slots), reverse=True)
    sessions = {length: [s for s, slots in enumerate(problem.slots) if slots == length] for length in lengths}
    lanes: list[dict[int, cp_model.IntVar]] = []
    talks: list[dict[int, dict[int, cp_model.IntVar]]] = []
    price = []
    for t, groups in enumerate(problem.groups_of):
        sizes: dict[int, int] = {}
        for g in groups:
            sizes[problem.groups[g].need] = sizes.get(problem.groups[g].need, 0) + problem.groups[g].size
        mine = {n: model.new_int_var(0, problem.rooms * len(sessions[n]), "") for n in lengths}
        of_length = {
            n: {need: model.new_int_var(0, size if need <= n else 0, "") for need, size in sizes.items()}
            for n in lengths
        }
        for need, size in sizes.items():
            model.add(sum(of_length[n][need] for n in lengths) == size)
        for n in lengths:
            model.add(sum(need * number for need, number in of_length[n].items()) <= n * mine[n])
            model.add(sum(of_length[n].values()) >= mine[n])
            for need in sizes:
                long = [number for other, number in of_length[n].items() if other >= need]
                model.add(sum(long) <= (n // need) * mine[n])
            cheapest = min(problem.cell(t, s, r) for s in sessions[n] for r in range(problem.rooms))
            over = model.new_int_var(0, problem.rooms * len(sessions[n]), "")
            model.add(over >= mine[n] - len(sessions[n]))
            price.append((1 + min(cheapest, 10**6)) * mine[n] + 10**6 * over)
        lanes.append(mine)
        talks.append(of_length)
    for n in lengths:
        model.add(sum(mine[n] for mine in lanes) <= problem.rooms * len(sessions[n]))
    model.minimize(sum(price))
    solver = new_solver(seed, SECONDS)
    solver.parameters.linearization_level = 2
    solver.parameters.relative_gap_limit = 0.01
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [
        Quota(
            {n: solver.value(number) for n, number in mine.items()},
            {n: {need: solver.value(number) for need, number in row.items()} for n, row in of_length.items()},
        )
        for mine, of_length in zip(lanes, talks, strict=True)
    ]
