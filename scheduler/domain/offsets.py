"""What to write in place of ``GMT-5``: a place that keeps this offset all year, and the fixed offset of the IANA table.

The IANA names of fixed offsets follow POSIX, which counts westwards: ``Etc/GMT+5`` is five hours behind Greenwich.
"""

from __future__ import annotations

import re

_OFFSET = re.compile(r"(?:(?:GMT|UTC|Z)\s*)?([+\-\u2212\u2013])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
PLACES = {
    -660: "Pacific/Pago_Pago",
    -600: "Pacific/Honolulu",
    -570: "Pacific/Marquesas",
    -540: "Pacific/Gambier",
    -480: "Pacific/Pitcairn",
    -420: "America/Phoenix",
    -360: "America/Costa_Rica",
    -300: "America/Lima",
    -240: "America/La_Paz",
    -180: "America/Sao_Paulo",
    -120: "America/Noronha",
    -60: "Atlantic/Cape_Verde",
    0: "Africa/Abidjan",
    60: "Africa/Lagos",
    120: "Africa/Johannesburg",
    180: "Africa/Nairobi",
    210: "Asia/Tehran",
    240: "Asia/Dubai",
    270: "Asia/Kabul",
    300: "Asia/Karachi",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    360: "Asia/Dhaka",
    390: "Asia/Yangon",
    420: "Asia/Bangkok",
    480: "Asia/Singapore",
    540: "Asia/Tokyo",
    570: "Australia/Darwin",
    600: "Australia/Brisbane",
    660: "Pacific/Guadalcanal",
    720: "Pacific/Fiji",
    780: "Pacific/Tongatapu",
    840: "Pacific/Kiritimati",
}
"""Places without summer time by their offset, in minutes east of Greenwich."""


def instead_of_offset(text: str) -> str:
    """The remedy for a time zone written as an offset, ``GMT-5``, ``UTC+05:30`` or ``+0500``; empty for all else."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return ""
    east = (1 if match[1] == "+" else -1) * (60 * int(match[2]) + int(match[3] or 0))
    place = f", as in {PLACES[east]}" if east in PLACES else ""
    hours, minutes = divmod(abs(east), 60)
    if minutes or not (-12 <= east // 60 <= 14):
        return f"write the IANA name of the place{place}" if place else ""
    if not hours:
        return f"write the IANA name of the place{place}, or Etc/GMT"
    fixed = f"Etc/GMT{'-' if east > 0 else '+'}{hours}"
    return f"write the IANA name of the place{place}; the fixed offset is {fixed}: the sign is turned round"
