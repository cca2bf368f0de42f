import json
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.reading import MOST_BYTES, MOST_LEVELS, Problem, read_records


def read(*lines):
    return list(read_records(BytesIO(b"\n".join(lines))))


def why(line):
    [(_, problem)] = read(line)
    assert isinstance(problem, Problem), problem
    return str(problem.why)


def test_records_come_with_the_number_of_their_line():
    assert read(b'{"id": 1}', b'{"id": 2}', b"") == [(1, {"id": 1}), (2, {"id": 2})]


def test_blank_lines_are_told_and_counted_as_lines():
    assert read(b'{"id": 1}', b"", b" \t", b'{"id": 2}\r') == [(1, {"id": 1}), (2, None), (3, None), (4, {"id": 2})]


def test_a_byte_order_mark_is_no_part_of_the_first_record():
    assert read(b'\xef\xbb\xbf{"id": 1}') == [(1, {"id": 1})]


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_a_newline_ends_a_line(character):
    line = json.dumps({"text": f"a{character}b"}, ensure_ascii=character in "\x0b\x0c\x1c").encode()

    assert read(line, b'{"id": 2}') == [(1, {"text": f"a{character}b"}), (2, {"id": 2})]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"id": "caf\xe9"}', "Byte 12 of the line is not UTF-8."),
        (b'{"id": 1', "This is not JSON: see character 9."),
        (b"id,title", "This is not JSON: see character 1."),
        (b'{"id": 1} {"id": 2}', "This is not JSON: see character 11."),
        (b"[1, 2]", "A record is a JSON object, in curly brackets."),
        (b'"text"', "A record is a JSON object, in curly brackets."),
        (b"null", "A record is a JSON object, in curly brackets."),
        (b'{"id": 1, "title": "a", "title": "b"}', "“title” stands twice in the record."),
        (b'{"inner": {"x": 1, "x": 2}}', "“x” stands twice in the record."),
        (b'{"amount": NaN}', "NaN is not a number."),
        (b'{"amount": -Infinity}', "-Infinity is not a number."),
        (b'{"amount": 1e999}', "A number in the record is too long."),
        (b'{"amount": ' + b"1" * 5000 + b"}", "A number in the record is too long."),
        (b'{"title": "a\x00b"}', "The line holds a null byte."),
        (b'{"a": ' * 200 + b"1" + b"}" * 200, f"The record is nested deeper than {MOST_LEVELS} levels."),
        (b'{"a": ' + b"[" * 100_000, f"The record is nested deeper than {MOST_LEVELS} levels."),
        (b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}", f"The record is nested deeper than {MOST_LEVELS} levels."),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else "",
)
def test_a_line_that_is_no_record_says_why(line, sentence):
    assert why(line) == sentence


def test_many_brackets_side_by_side_are_not_deep():
    record = {"people": [{"name": "a"}] * 500}

    assert read(json.dumps(record).encode()) == [(1, record)]


def test_reading_goes_on_after_a_bad_line():
    numbers = [(number, isinstance(found, Problem)) for number, found in read(b'{"id": 1}', b"\xff", b"{", b'{"id": 4}')]

    assert numbers == [(1, False), (2, True), (3, True), (4, False)]


def test_a_line_that_is_too_long_is_skipped_whole():
    longest = b'{"text": "' + b"x" * (MOST_BYTES - 12) + b'"}'
    first, second, third = read(b'{"text": "' + b"x" * (MOST_BYTES * 2) + b'"}', longest, b'{"id": 3}')

    assert str(first[1].why) == "The line is longer than 5000000 bytes."
    assert len(second[1]["text"]) == MOST_BYTES - 12
    assert third == (3, {"id": 3})


class Endless:
    """A file of many short lines and one endless one that is never held as a whole."""

    def __init__(self, lines, bytes_of_last):
        self.lines, self.left = lines, bytes_of_last

    def readline(self, most):
        if self.lines:
            self.lines -= 1
            return b'{"id": "%d", "text": "%s"}\n' % (self.lines, b"x" * 500)
        piece = min(self.left, most)
        self.left -= piece
        return b"x" * piece


def test_memory_stays_bounded_whatever_the_size():
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_records(Endless(20_000, 100_000_000)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert count == 20_001
    assert peak < 5 * MOST_BYTES


@given(st.lists(st.binary(max_size=60)))
def test_any_bytes_are_read_to_the_end_with_every_line_numbered(lines):
    content = b"\n".join(lines)
    expected = content.count(b"\n") + (not content.endswith(b"\n") and content != b"")

    found = list(read_records(BytesIO(content)))

    assert [number for number, _ in found] == list(range(1, expected + 1))


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.text() | st.integers(), st.lists, max_leaves=5)))
def test_every_record_comes_back_as_it_was_written(record):
    line = json.dumps(record, ensure_ascii=True).encode()

    assert read(line) == [(1, record)]
