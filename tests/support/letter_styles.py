"""Letters of invitation as many hands would write them: wording, order and forms of dates drawn by chance.

All that they say goes together. Some sentences are there to lead a reader astray: dates after the meeting, other
meetings, hours of other things.
"""

# ruff: noqa: E501  a sentence of a letter stands in one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from support.letter_drafts import Draft, Row

from scheduler.domain.clock import MONTHS, WEEKDAYS

BODIES = (
    ("WGETI", "Working Group on Effective Treaty Implementation"),
    ("WGTU", "Working Group on Treaty Universalization"),
    ("WGTR", "Working Group on Transparency and Reporting"),
    ("DIEF", "Diversion Information Exchange Forum"),
    ("MCF", "Management Committee on Finance"),
    ("OPR", "Open Panel on Reporting"),
)
SLOTS = (
    (("10:00", "13:00"), ("15:00", "18:00")),
    (("09:30", "12:30"), ("14:30", "17:30")),
    (("13:00", "14:30"), ("14:30", "16:00")),
    (("09:00", "10:30"), ("11:00", "12:30"), ("14:00", "17:00")),
)
Say = Callable[[date], str]


@dataclass
class Plan:
    """What one letter says."""

    rng: Random
    number: int
    first: date
    days: int
    say: Say
    span: Callable[[date, date], str]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    def before(self, least: int, most: int) -> date:
        return self.first - timedelta(days=self.rng.randint(least, most))


def invitation(seed: int) -> Draft:
    """Letter ``seed``."""
    rng = Random(f"invitation {seed}")
    first = date(rng.randint(2018, 2031), rng.randint(1, 12), 1) + timedelta(days=rng.randrange(28))
    first += timedelta(days=(rng.choice([0, 1, 1, 1, 2]) - first.weekday()) % 7)
    days = rng.randint(1, 5 - first.weekday())
    plan = Plan(rng, rng.randint(4, 20), first, days, _say(rng), _span(rng))
    kind = rng.choice(["Working Group Meetings", "Informal Preparatory Meeting"])
    sent, slots = plan.before(28, 40), rng.choice(SLOTS)
    bodies = rng.sample(BODIES, rng.randint(3, 5))
    vacant = bodies.pop() if rng.random() < 0.3 else None
    grid = _grid(plan, slots, bodies)
    body = _paragraphs(plan, kind, sent, slots, [b for b in bodies if any(b[0] in c for r in grid for c in r)], vacant)
    if rng.random() < 0.7:
        number = iter(range(1, 99))
        body = [f"{next(number)}. {text}" if text.endswith((".", ":")) else text for text in body]
    span = plan.span(plan.first, plan.last)
    blocks: list[str | list[Row]] = [
        *rng.choice([("The Secretariat", "Avenue de France 23", "CH-1202 Geneva"), ("Office of the President",)]),
        rng.choice(["{}", "Geneva, {}", "Date: {}"]).format(plan.say(sent)) if rng.random() < 0.3 else plan.say(sent),
        "To : Representatives of States Parties.",
        rng.choice(["Dear Distinguished Representatives,", "Excellencies,", "Dear colleagues,"]),
        f"INVITATION TO THE {rng.choice(['', 'ATT '])}CSP{plan.number} {kind.upper()}{rng.choice([': ', ', ', ' - '])}{span.upper()}",
        *body,
        "I avail myself of this opportunity to renew the assurance of my highest consideration.",
        "Yours faithfully,",
        "Ms. Ada EXAMPLE",
        f"President of the Conference (CSP{plan.number})",
        *rng.choice([(), ("Annex",), ("ANNEX I",)]),
        f"{rng.choice(['DRAFT SCHEDULE', 'PROVISIONAL PROGRAMME', 'SCHEDULE'])} OF CSP{plan.number} {kind.upper()}: {span.upper()}{rng.choice(['', '*'])}",
        grid,
        "* The draft schedule is subject to change. Items will be addressed on a rolling basis, where feasible.",
    ]  # fmt: skip
    return Draft(f"invitation {seed}", blocks)


def _say(rng: Random) -> Say:
    forms: list[Say] = [
        lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{d.day:02} {MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{WEEKDAYS[d.weekday()]}, {d.day} {MONTHS[d.month - 1]} {d.year}",
        lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
        lambda d: (
            f"{d.day}{'th' if 10 < d.day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(d.day % 10, 'th')} {MONTHS[d.month - 1]} {d.year}"
        ),
    ]
    return rng.choice(forms)


def _span(rng: Random) -> Callable[[date, date], str]:
    dash = rng.choice(["-", " - ", "\u2013", " \u2013 ", " to "])

    def span(first: date, last: date) -> str:
        end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
        if first == last:
            return end
        month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
        year = "" if first.year == last.year else f" {first.year}"
        return f"{first.day}{month}{year}{dash if not month or dash != '-' else ' - '}{end}"

    return span


def _grid(plan: Plan, slots: tuple[tuple[str, str], ...], bodies: list[tuple[str, str]]) -> list[Row]:
    rng = plan.rng
    days = [plan.first + timedelta(days=n) for n in range(plan.days)]
    empty = [plan.first - timedelta(days=1)] if plan.first.weekday() == 1 and rng.random() < 0.4 else []
    dated, twice = rng.random() < 0.4, rng.random() < 0.7
    heads = [WEEKDAYS[d.weekday()] + (f"\n{d.day} {MONTHS[d.month - 1]}" if dated else "") for d in [*empty, *days]]
    dash = rng.choice([" \u2013 ", "-", " - "])
    cells = [body[0] for body in bodies]
    order = sorted(rng.choice(cells) for _ in range(len(days) * len(slots)))
    rows: list[Row] = [[rng.choice(["", "Time"]), *heads, *([""] if twice else [])]]
    for at, slot in enumerate(slots):
        label = dash.join(slot)
        texts = [_cell(rng, order[n * len(slots) + at]) for n in range(len(days))]
        rows.append([label, *[""] * len(empty), *texts, *([label] if twice else [])])
    if not any(cell.strip() for row in rows[1:] for cell in row[1:]):
        rows[1][1] = cells[0]
    rows.append(["SIDE EVENTS", *[""] * len(empty), *["tbc"] * len(days), *(["SIDE EVENTS"] if twice else [])])
    return rows


def _cell(rng: Random, short: str) -> str:
    note = rng.choice(["", "", " Sub-working Group on Article 11", "\n(States Parties only)", " (closed)"])
    return f"{short}{note}"


def _paragraphs(
    plan: Plan,
    kind: str,
    sent: date,
    slots: tuple[tuple[str, str], ...],
    bodies: list[tuple[str, str]],
    vacant: tuple[str, str] | None,
) -> list[str]:
    rng, say, span = plan.rng, plan.say, plan.span(plan.first, plan.last)
    announced, n = sent - timedelta(days=rng.randint(20, 120)), plan.number
    past = date(sent.year - 1, 8, rng.randint(10, 20))
    hours = (
        " and ".join(f"from {a} to {b}" for a, b in slots)
        if rng.random() < 0.6
        else ", ".join(f"{a}-{b}" for a, b in slots)
    )
    verb = "which will take place" if "Meetings" not in kind else "which will be held"
    paragraphs = [
        rng.choice([
            f"Following my announcement circulated on {say(announced)} regarding the schedule of meetings, I have the pleasure to invite you to the CSP{n} {kind}, {verb} {rng.choice(['on', 'from', 'over the period'])} {span}.",
            f"On {say(announced)}, the President issued an announcement regarding the schedule of meetings for the period leading up to CSP{n}.\x00I have the pleasure to invite you to the CSP{n} {kind}, {verb} over the period {span} in Geneva, Switzerland.",
            f"The Conference held on {past.day} - {past.day + 4} August {past.year} established an informal process. The meetings were announced on {say(announced)}.\x00You are cordially invited to the CSP{n} {kind} on {span}.",
        ]),
        rng.choice([
            f"Daily sessions of the meeting will take place {hours} (Geneva time).",
            f"Meetings are held {hours} each day.",
            f"The meeting will be held in person. Daily meetings are held {hours} (Geneva local time).",
        ]),
        "The draft schedule for the meeting is included in the attached Annex. It is subject to change, as appropriate.",
    ]  # fmt: skip
    if rng.random() < 0.5:
        paragraphs.append(f"{rng.choice(['These bodies will meet', 'The following bodies will meet'])}:")
        paragraphs += [f"- {name} ({short})" for short, name in bodies]
    elif rng.random() < 0.5:
        short, name = rng.choice(bodies)
        paragraphs.append(f"Participants in the meeting of the {name} ({short}) will receive its agenda in advance.")
    paragraphs += _due(plan)
    if vacant:
        paragraphs.append(rng.choice([
            f"One office holder position remains vacant, namely that of Chair of the {vacant[1]} ({vacant[0]}). I urge all States Parties to consider nominating for this position.",
            f"One post is vacant: Chair of the {vacant[1]} ({vacant[0]}). It is therefore not in the schedule.",
        ]))  # fmt: skip
    paragraphs += rng.sample(_astray(plan, sent, n), rng.randint(0, 4))
    return [part for text in paragraphs for part in text.split("\x00")]


def _due(plan: Plan) -> list[str]:
    """Documents, working papers and registration, in their order of time; some are left out."""
    rng, say = plan.rng, plan.say
    documents, papers, closes = (plan.before(*days) for days in ((22, 26), (12, 18), (3, 7)))
    by = rng.choice(["by", "by", "no later than", "before"])
    found = []
    if rng.random() < 0.8:
        found.append(rng.choice([
            f"The Chairs of the Working Groups aim to issue their documents for the meeting through the Secretariat on {say(documents)}.",
            f"Documents for the meeting will be circulated by the Secretariat on {say(documents)}.",
            f"The Secretariat will publish all documents on the website by {say(documents)}.",
        ]))  # fmt: skip
    if rng.random() < 0.8:
        found.append(rng.choice([
            f"Delegations intending to submit working papers are requested to do so via e-mail to the Secretariat (info@example.org), by **{say(papers)}**.",
            f"Working papers should reach the Secretariat {by} {say(papers)}.",
            f"The deadline for working papers is {say(papers)}.",
        ]))  # fmt: skip
    if rng.random() < 0.9:
        found.append(rng.choice([
            f"Delegates are requested to **register by {say(closes)}**. Each member of each delegation must register online.",
            f"Pre-registration is required and will close on {say(closes)}.",
            f"Please register online {by} {say(closes)}.",
            f"Registration closes on {say(closes)}.",
        ]))  # fmt: skip
    if rng.random() < 0.4:
        rng.shuffle(found)
    return found


def _astray(plan: Plan, sent: date, n: int) -> list[str]:
    rng, say, last = plan.rng, plan.say, plan.last
    after, eve = last + timedelta(days=rng.randint(30, 100)), plan.first - timedelta(days=1)
    return [
        f"The Conference itself (CSP{n}) will take place from {after.day if after.day < 24 else 10} to {(after.day if after.day < 24 else 10) + 4} {MONTHS[after.month - 1]} {after.year}.",
        "Annual reports are due by 31 May each year.",
        f"Comments on the draft may still be sent after the meeting, until {say(after)}.",
        f"The report of the meeting will be issued by {say(after)}.",
        "The office of the Secretariat is open from 08:30 to 17:30.",
        "Side events are held over lunch, from 13:15 to 14:45.",
        f"Badges can be collected on {say(eve)} from 15:00 to 18:00 and on the first day from 08:30.",
        f"As announced, a list of office holders will be circulated on {say(plan.first - timedelta(days=10))}.",
        f"Participants will receive the link to the livestream in the evening of {say(eve)}.",
        f"A further announcement will follow on {say(plan.first - timedelta(days=7))}.",
        "This is done in response to the call to collect such data during Working Group and Preparatory meetings, in addition to Conferences, to foster gender balance.",
        f"Testing sessions will be held on {say(eve)}, 08:00 - 09:00 Geneva local time (CET).",
        f"The decision of {say(date(sent.year - 1, 3, 14))} on sponsorship applies.",
        "Participants are encouraged to strive for gender balance, in line with the relevant CSP5 and CSP10 decisions.",
    ]  # fmt: skip
