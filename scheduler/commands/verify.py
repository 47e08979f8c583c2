"""``schedule verify``: a certificate, proved again without the solver."""

from __future__ import annotations

import click

from scheduler.commands.limits import Clock, time_limit_option
from scheduler.commands.shared import console, json_option, print_json
from scheduler.errors import Exit


@click.command("verify")
@click.argument("certificate", metavar="CERTIFICATE")
@click.option("--scenario", "own", metavar="FILE", help="Compare the scenario in the certificate with this one.")
@time_limit_option
@json_option
def command(certificate: str, own: str | None, clock: Clock, as_json: bool) -> int:
    """Prove a certificate again: with the checker, an exhaustive search without the solver, and the model built anew.

    Lines with 'holds' are proved; lines with 'claims' or 'says' repeat the certificate.

    Exit status 0: it holds; 1: it does not; 4: too large to be decided here.

    Example: schedule verify out/csp11.certificate.json --scenario scenarios/csp11.yaml
    """
    from exports.json.answers import of_verification
    from exports.terminal.explained import print_verification
    from scheduler.explanation.certificate_file import read_certificate
    from scheduler.explanation.verification import claim_of, verify

    with clock.alarm():
        document = read_certificate(certificate)
        scenario = None
        if own is not None:
            from scheduler.reading.loading import load

            scenario = load(own).scenario
        claim = claim_of(document, certificate)
        points = list(verify(document, certificate, clock.left, scenario))
    if as_json:
        print_json(of_verification(claim, points))
    else:
        print_verification(claim, points, console())
    if any(point.holds is False for point in points):
        return Exit.NO
    return Exit.LIMIT if any(point.holds is None for point in points) else Exit.DONE
