"""Spreadsheet files of every kind, and what is no spreadsheet at all."""

import csv
import io
import zipfile
from datetime import date

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter
import xlwt
from odf import opendocument, table, text

from db.importer import sheets
from db.rules import RuleBroken
from db.words import LANGUAGES, say

ROWS = [
    ["姓名", "身份证号", "联系电话", "备注"],
    ["林玉珍", "99999919440824220X", "013800138000", '=HYPERLINK("http://example.org","点")'],
    ["<script>alert(1)</script>", "999999194408242203", "13812345678", "[看](http://example.org), 一、二\n三"],
]


def xlsx(rows=ROWS) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("登记")
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(line, column, cell)
    return target.getvalue()


def xls(rows=ROWS) -> bytes:
    book, target = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("登记")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(line, column, cell)
    book.save(target)
    return target.getvalue()


def ods(rows=ROWS) -> bytes:
    book, target = opendocument.OpenDocumentSpreadsheet(), io.BytesIO()
    page = table.Table(name="登记")
    for row in rows:
        line = table.TableRow()
        for cell in row:
            box = table.TableCell(valuetype="string")
            for part in cell.split("\n"):
                box.addElement(text.P(text=part))
            line.addElement(box)
        page.addElement(line)
    book.spreadsheet.addElement(page)
    book.save(target)
    return target.getvalue()


def text_file(coding, delimiter=",", rows=ROWS) -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(coding)


@pytest.mark.parametrize(
    "content",
    [
        xlsx(),
        xls(),
        ods(),
        text_file("utf-8"),
        text_file("utf-8-sig"),
        text_file("gb18030"),
        text_file("utf-16"),
        text_file("utf-8", ";"),
        text_file("gb18030", "\t"),
    ],
    ids=["xlsx", "xls", "ods", "utf-8", "bom", "gb18030", "utf-16", "semicolon", "tab"],
)
def test_every_format_gives_the_same_text(content):
    (sheet,) = sheets.open_file(content, "登记.什么")
    assert [row[:4] for row in sheet.rows if sheets.filled(row)] == ROWS
    assert sheet.name == "登记"


def locked() -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx())).encrypt("秘密", target)
    return target.getvalue()


def archive(**parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def far_cell() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write(0, 0, "姓名")
        page.write(1_048_575, 16_383, "x")
    return target.getvalue()


PHOTO = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20
BAD = {
    "nothing": (b"", "file_empty"),
    "blanks": (b"\xef\xbb\xbf ,,\r\n,,\r\n", "file_empty"),
    "empty sheet": (xlsx([]), "file_empty"),
    "photo": (PHOTO, "file_not_spreadsheet"),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF" + PHOTO, "file_not_spreadsheet"),
    "torn zip": (xlsx()[:900], "file_not_spreadsheet"),
    "letter": (archive(word__document_xml="<w/>"), "file_not_spreadsheet"),
    "old office": (sheets.OLE + b"\x01" * 2000, "file_not_spreadsheet"),
    "password": (locked(), "file_password"),
    "too big": (b"a" * (sheets.MAX_BYTES + 1), "file_too_big"),
    "bomb": (archive(bomb_xml=b"0" * (sheets.MAX_UNPACKED + 1)), "file_too_big"),
    "far cell": (far_cell(), "file_too_long"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_with_a_sentence(name, language):
    content, rule = BAD[name]
    with pytest.raises(RuleBroken) as refused:
        sheets.open_file(content, "照片.xlsx")
    assert refused.value.name == rule
    assert len(say(f"rule.{rule}", language, **refused.value.values)) > 7


def test_formulas_give_what_they_last_showed_and_nothing_runs():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet()
        page.write_formula(0, 0, '=HYPERLINK("http://example.org","看")', value="看")
        page.write_formula(0, 1, "=1+1", value=2)
        page.write_formula(0, 2, '=WEBSERVICE("http://example.org")', value="")
        page.write_string(0, 3, "=1+1")
        page.write_datetime(0, 4, date(2026, 10, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    (sheet,) = sheets.open_file(target.getvalue(), "a.xlsx")
    assert sheet.rows[0] == ["看", 2.0, "", "=1+1", date(2026, 10, 1)]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+8613800138000",
        "-5",
        "@x",
        "'",
        "'=1",
        "''=1",
        "\t=1",
        "\r\n",
        "＝1",
        "张三",
        "",
        " =1",
        "1'",
        '"',
        "a,b",
    ],
)
def test_no_text_leaves_as_a_formula_and_all_of_it_comes_back(cell, tmp_path):
    path = sheets.write_csv(tmp_path / "a.csv", ["name", "note"], [[cell, "x"]])
    assert sheets.safe(cell)[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert sheets.open_file(path.read_bytes(), "a.csv")[0].rows[1] == [cell, "x"]


def test_a_workbook_keeps_kinds_and_sheet_names_apart():
    rows = [["=1+1", 5.0, date(2026, 1, 2), "http://example.org", "", None, "0138"]]
    content = sheets.write_xlsx([("一/二", rows), ("一?二", rows), ("x" * 40, rows)])
    found = sheets.open_file(content, "a.xlsx")
    assert [sheet.name for sheet in found] == ["一 二", "一 二 2", "x" * 28]
    assert found[0].rows[0] == ["=1+1", 5.0, date(2026, 1, 2), "http://example.org", "", "", "0138"]
