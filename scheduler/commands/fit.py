"""``schedule fit``: duration ranges from what past sessions took."""

from __future__ import annotations

import click

from scheduler.commands.shared import echo, json_option, print_json, warn


@click.command("fit")
@click.argument("actuals", metavar="ACTUALS.csv")
@json_option
def command(actuals: str, as_json: bool) -> None:
    """Fit low, likely and high (the 10th, 50th and 90th percentile) to a table of past sessions.

    The table has the columns series, body, session and actual (3h, 1h30, 90 min). The fewer past sessions there are,
    the wider the range.

    Example: schedule fit actuals.csv
    """
    from scheduler.forecasting.fitting import fit, read_actuals
    from scheduler.reading.diagnostics import printable

    fits = fit(read_actuals(actuals, warn))
    if as_json:
        from exports.json.answers import fit_document

        print_json(fit_document(fits))
        return
    for item in fits:
        cases = "one past session gives no range" if item.low is None else f"{item.cases} past sessions"
        echo(printable(f"{item.session or item.body}:  # {item.body}, {cases}"))
        echo(f"  duration: {item.text}")
