"""``schedule verify``: a certificate, proved again without the solver."""

from __future__ import annotations

import click

from scheduler.commands.shared import SECONDS, console, json_option, print_json
from scheduler.errors import Exit


@click.command("verify")
@click.argument("certificate", metavar="CERTIFICATE")
@click.option(
    "--time-limit",
    default=60.0,
    show_default=True,
    metavar="S",
    help="Seconds for the exhaustive search.",
    type=SECONDS,
)
@json_option
def command(certificate: str, time_limit: float, as_json: bool) -> int:
    """Prove a certificate again, with the checker and an exhaustive search that knows nothing of the solver.

    Exit status 0: it holds; 1: it does not; 4: too large to be decided here.

    Example: schedule verify out/csp11.certificate.json
    """
    from exports.explained import print_verification
    from exports.explained_json import of_verification
    from scheduler.explanation.verification import read_certificate, verify

    points = list(verify(read_certificate(certificate), certificate, time_limit))
    if as_json:
        print_json(of_verification(points))
    else:
        print_verification(points, console())
    if any(point.holds is False for point in points):
        return Exit.NO
    return Exit.LIMIT if any(point.holds is None for point in points) else Exit.DONE
