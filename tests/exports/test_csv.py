import csv
import io
from datetime import date, time, timedelta

import pytest
from openpyxl import load_workbook

from exports.annex.facts import Facts
from exports.csv_text import csv_bytes
from exports.frames import sessions_frame
from exports.table import COLUMNS, segments_table
from exports.xlsx.working import working_bytes
from scheduler.domain.timetable import Timetable
from scheduler.reading.entry import from_data


def scenario(**more):
    return from_data(
        {
            "name": "trial",
            "meeting": {"series": "Trial", "annex_title": "TRIAL"},
            "calendar": {"slots": ["10:00-13:00", "15:00-18:00"], "days": ["2025-02-25"]},
            "rooms": [{"id": "xix", "name": "Room XIX"}, {"id": "xx"}],
            "officers": [{"id": "c", "post": "Chair", "name": "Amb. Example"}, {"id": "f", "post": "Facilitator"}],
            "bodies": [
                {
                    "id": "WGETI",
                    "officers": ["c"],
                    "sessions": [{"id": "nip", "title": "Group on A", "duration": "4h"}],
                },
                {
                    "id": "DIEF",
                    "label": "Diversion:",
                    "access": ["states-parties", "signatory-states"],
                    "sessions": [{"id": "d", "duration": "1h", "officers": ["c", "f"]}],
                },
            ],
            **more,
        }
    )


def table(trial, *places):
    return segments_table(trial, Timetable([trial.place(*place) for place in places]))


def rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_each_segment_is_a_row_in_order_of_time():
    first, second, third = table(scenario(), ("d", 240, "xix"), ("nip", 0, "xix"))
    assert first == {
        "date": date(2025, 2, 25),
        "weekday": "Tuesday",
        "start": "10:00",
        "end": "13:00",
        "body": "WGETI",
        "session": "nip",
        "title": "WGETI Group on A",
        "access": "all",
        "officers": "Amb. Example, Chair",
        "room": "Room XIX",
        "minutes": 180,
        "organisers": "",
        "tags": "",
    }
    assert (second["start"], second["end"], second["minutes"]) == ("15:00", "16:00", 60)
    assert (third["body"], third["title"], third["start"]) == ("Diversion", "Diversion:", "16:00")
    assert third["access"] == "States Parties; signatory States"
    assert third["officers"] == "Amb. Example, Chair; Facilitator"


def test_organisers_of_side_events_and_tags_have_columns_of_their_own_where_there_are_any():
    event = {
        "title": "Film",
        "day": "2025-02-25",
        "hours": "13:15-14:45",
        "room": "Foyer",
        "organiser": ["A university"],
    }
    sessions = [{"id": "a", "duration": "1h", "tags": ["money", "law"]}, {"id": "b", "duration": "1h"}]
    body = {"id": "A", "officers": ["c"], "sessions": sessions}
    trial = scenario(bodies=[body], side_events={"events": [event]})
    data = csv_bytes(trial, Timetable([trial.place("a", 0, "xix"), trial.place("b", 60, "xix")]))
    header, *table = rows(data)
    assert header == [*COLUMNS[:7], "tags", "access", "officers", "organisers", "room", "minutes"]
    assert [row[7:11] for row in table] == [
        ["money; law", "all", "Amb. Example, Chair", ""],
        ["", "all", "Amb. Example, Chair", ""],
        ["", "all", "", "A university"],
    ]


def test_sessions_at_the_same_time_stand_in_the_order_of_the_rooms():
    places = ("d", 0, "xx"), ("nip", 0, "xix")
    first, second, *_ = table(scenario(), *places)
    assert [first["session"], first["room"], second["session"], second["room"]] == ["nip", "Room XIX", "d", "xx"]


def test_a_spreadsheet_can_open_the_csv_as_it_stands():
    trial = scenario()
    data = csv_bytes(trial, Timetable([trial.place("d", 0, "xix")]))
    assert data.startswith(b"\xef\xbb\xbfdate,weekday,start")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    header, row = rows(data)
    assert header == list(COLUMNS)
    assert row[:6] == ["2025-02-25", "Tuesday", "10:00", "11:00", "Diversion", "d"]
    assert row[6:8] == ["Diversion:", "States Parties; signatory States"]
    assert row[8:] == ["Amb. Example, Chair; Facilitator", "Room XIX", "60"]


def test_an_empty_timetable_is_a_header():
    assert csv_bytes(scenario(), Timetable([])) == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ('=HYPERLINK("https://example.org","click")', '\'=HYPERLINK("https://example.org","click")'),
        ("+41 22 917", "'+41 22 917"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\x00=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001  some spreadsheets read full-width signs too
        ("a=b, c", "a=b, c"),
        ("two\nlines", "two\nlines"),
        ("条约 الفريق", "条约 الفريق"),
        ("bell\x07\x1b[31m", "bell[31m"),
        ("x" * 5000, "x" * 5000),
    ],
)
def test_no_text_is_a_formula(label, shown):
    trial = scenario(bodies=[{"id": "A", "label": label, "sessions": [{"id": "a", "duration": "1h"}]}])
    data = csv_bytes(trial, Timetable([trial.place("a", 0)]))
    assert rows(data)[1][COLUMNS.index("title")] == shown


def test_the_sheet_of_sessions_the_pandas_table_and_the_csv_hold_the_same_values():
    trial = scenario(calendar={"slots": ["10:00-13:00", "20:00-24:00"], "days": ["2025-02-25"]})
    timetable = Timetable([trial.place("nip", 0, "xix"), trial.place("d", 360, "xx")])
    book = load_workbook(io.BytesIO(working_bytes(trial, timetable, Facts("checked", "", 0, None, (), {}))))
    header, *sheet = book["Sessions"].iter_rows(values_only=True)
    frame = sessions_frame(trial, timetable)
    assert header == tuple(frame.columns) == (*(name.capitalize() for name in COLUMNS), "Presenters", "Source")
    in_sheet = [[value.date(), *("" if text is None else text for text in rest)] for value, *rest in sheet]
    assert in_sheet == frame.to_numpy().tolist()
    shared = [number for number, name in enumerate(COLUMNS) if name not in {"body", "title"}]
    assert [[_as_in_csv(row[number]) for number in shared] for row in in_sheet] == [
        [row[number] for number in shared] for row in rows(csv_bytes(trial, timetable))[1:]
    ]
    assert list(frame["End"]) == [time(13), time(21), timedelta(days=1)]
    assert list(frame["Minutes"]) == [180, 60, 60]


def _as_in_csv(value):
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:.0f}:00"
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)
