"""The timetable as the lists that Indico and Odoo import, in CSV. Nothing calculates a text of them."""

from __future__ import annotations

from exports.csv_text import as_csv
from exports.systems.items import Item, programme_of
from scheduler.domain.timetable import Timetable
from scheduler.scenario import Scenario

ODOO_COLUMNS = ("id", "name", "event_id", "date", "duration", "location_id", "tag_ids", "partner_name")
"""Fields of the model ``event.track``; ``id`` is an external one: who imports again, changes the track."""
_MARK = b"\xef\xbb\xbf"


def indico_bytes(scenario: Scenario, timetable: Timetable) -> bytes:
    """Contributions for Indico: seven columns without a header, and without a byte order mark.

    They are start, minutes, title, and first name, family name, affiliation and address of one speaker. A start is in
    the time zone of the event in Indico; affiliation and address stay empty, since no scenario has them.
    """
    rows = (
        [f"{item.begins:%Y-%m-%d %H:%M}", str(item.minutes), _title(item), *_first_and_family(item), "", ""]
        for item in programme_of(scenario, timetable).items
    )
    return as_csv(rows).removeprefix(_MARK)


def odoo_bytes(scenario: Scenario, timetable: Timetable) -> bytes:
    """Tracks for Odoo, header first: hours are those of the meeting, and Odoo takes them for those of who imports."""
    programme = programme_of(scenario, timetable)
    rows = (
        [
            f"{programme.acronym}_{item.slug}".replace("-", "_"),
            f"{item.title} ({item.part})" if item.part else item.title,
            programme.title,
            f"{item.begins:%Y-%m-%d %H:%M:%S}",
            f"{item.minutes / 60:.4f}".rstrip("0").rstrip("."),
            item.room,
            item.track.replace(",", ""),
            ", ".join(person.name for person in item.people),
        ]
        for item in programme.items
    )
    return as_csv([ODOO_COLUMNS, *rows])


def _title(item: Item) -> str:
    """With the body and the part, since Indico has no column for them."""
    title = item.title if item.title == item.track else f"{item.track}: {item.title}"
    return f"{title} ({item.part})" if item.part else title


def _first_and_family(item: Item) -> tuple[str, str]:
    """The last word of a name is taken for the family's."""
    first, _, family = (item.people[0].name if item.people else "").rpartition(" ")
    return first, family
