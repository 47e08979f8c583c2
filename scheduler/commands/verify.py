"""``schedule verify``: a certificate, proved again without the solver."""

from __future__ import annotations

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.shared import console, json_option, print_json
from scheduler.errors import Exit


@click.command("verify")
@click.argument("certificate", metavar="CERTIFICATE")
@time_limit_option()
@json_option
def command(certificate: str, clock: Clock, as_json: bool) -> int:
    """Prove a certificate again, with the checker and an exhaustive search that knows nothing of the solver.

    Exit status 0: it holds; 1: it does not; 4: too large to be decided here.

    Example: schedule verify out/csp11.certificate.json
    """
    from exports.explained import print_verification
    from exports.explained_json import of_verification
    from scheduler.explanation.verification import read_certificate, verify

    with clock.alarm():
        points = list(verify(read_certificate(certificate), certificate, clock.left))
    if as_json:
        print_json(of_verification(points))
    else:
        print_verification(points, console())
    if any(point.holds is False for point in points):
        return Exit.NO
    return Exit.LIMIT if any(point.holds is None for point in points) else Exit.DONE
