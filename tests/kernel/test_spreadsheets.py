"""Tables that spreadsheets read and none of which they run."""

import csv
import io
import zipfile
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.spreadsheets import csv_pieces, harmless, xlsx_pieces

ROWS = [["a", "ü"], ["=1+1", "@x"], ['say "hi"', "two\nlines & <b>"], ["", "-5"]]
SAFE = [["a", "ü"], ["'=1+1", "'@x"], ['say "hi"', "two\nlines & <b>"], ["", "'-5"]]
_T = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert archive.testzip() is None
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [[cell.findtext(f"{_T}is/{_T}t") for cell in row] for row in sheet.iter(f"{_T}row")]


def test_both_forms_hold_the_same_rows_and_no_formula():
    text = b"".join(csv_pieces(ROWS)).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text))) == SAFE
    assert cells(b"".join(xlsx_pieces(ROWS))) == SAFE


def test_a_workbook_leaves_in_pieces_and_cuts_what_no_cell_holds():
    rows = ([str(number) * 50, "x" * 40_000] for number in range(3000))

    pieces = list(xlsx_pieces(rows))

    assert len(pieces) > 1
    assert len(cells(b"".join(pieces))[0][1]) == 32_767


@given(st.text(max_size=40))
def test_nothing_begins_like_a_formula(text):
    assert not harmless(text).startswith(tuple("=+-@\t\r＝＋－＠"))
    assert harmless(text).endswith(text)
