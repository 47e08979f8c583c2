"""The long validations of the forecast: ``PYTHONPATH=tests python tests/benchmarks/forecast.py``; a few minutes.

1,000 random programmes, 1,000 simulated CSP11 weeks, and the time that 40 sessions take.
"""

from __future__ import annotations

import time

from support.forecast_campaigns import calibration, weeks
from support.forecasts import csp11_with_ranges, forty_sessions

from scheduler.domain.base import altered
from scheduler.forecasting.windows import forecast

PROGRAMMES = WEEKS = 1_000


def main() -> None:
    """Print what the documentation quotes."""
    begun = time.perf_counter()
    found = calibration(range(PROGRAMMES))
    print(f"calibration on {PROGRAMMES} random programmes, one draw each ({time.perf_counter() - begun:.0f} s)")
    print(
        f"  no atom in the window: {found.smooth.share:.1%} of {len(found.smooth.inside)} (+- {found.smooth.error:.1%})"
    )
    print(f"  an atom in the window: {found.atoms.share:.1%} of {len(found.atoms.inside)}")
    print(f"  beyond convolution, so simulated: {found.simulated} programmes")
    found = calibration(range(PROGRAMMES // 4), draws=400)
    print(f"{PROGRAMMES // 4} of them, 400 draws each: {found.smooth.share:.1%}, with an atom {found.atoms.share:.1%}")
    begun = time.perf_counter()
    followed = weeks(*csp11_with_ranges(), range(WEEKS))
    print(f"{WEEKS} simulated CSP11 weeks, a report every 90 working minutes ({time.perf_counter() - begun:.0f} s)")
    print(f"  no atom in the window: {followed.smooth.share:.1%} of {len(followed.smooth.inside)}")
    print(f"  an atom in the window: {followed.atoms.share:.1%} of {len(followed.atoms.inside)}")
    print("  mean width of the end windows, report by report: " + " ".join(f"{w:.0f}" for w in followed.mean_widths))
    print(f"  windows before the present: {followed.before_present}; changed facts: {followed.changed_facts}")
    scenario, timetable = forty_sessions()
    for correlated in (False, True):
        body = scenario.bodies[0].model_copy(update={"correlation": 0.5 if correlated else None})
        case = altered(scenario, bodies=(body, *scenario.bodies[1:]))
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            forecast(case, timetable)
            times.append(time.perf_counter() - begun)
        print(f"40 sessions{', a common factor' if correlated else ''}: {1000 * sorted(times)[2]:.0f} ms")


if __name__ == "__main__":
    main()
