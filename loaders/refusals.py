"""What is refused, and the sentence for the sender: limits, marks of foreign files, forbidden contents."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 60_000, 200
LIMITS = {
    "file_bytes": 10 * MEGABYTE,
    "parts": 300,
    "part_bytes": 60 * MEGABYTE,
    "all_bytes": 120 * MEGABYTE,
    "ratio": 200,  # inflated over stored, for parts above one megabyte
    "sheets": 30,
    "cells": 1_500_000,
    "elements": 5_000_000,
    "text": 32_767,  # characters of one cell, the format's own limit
    "all_text": 60 * MEGABYTE,  # characters, shared texts counted at each use
    "merges": 5_000,
    "merged_area": 200_000,
}

REFUSALS: dict[str, tuple[str, str]] = {
    # Not the right kind of file.
    "empty": ("文件是空的，没有任何内容。请重新保存报表，再选择文件。",
              "The file is empty. Save the return again and choose the file."),
    "encrypted": ("文件设有密码，读不出内容。请在 WPS 或 Excel 中取消密码，保存后再报送。",
                  "The file has a password. Remove the password in WPS or Excel, save, and send again."),
    "html_renamed": ("这是改了扩展名的网页文件，不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                     "This is a web page, not a workbook. Open it in WPS or Excel, save as .xlsx, and send that."),
    "xml_table": ("这是 XML 文件，不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                  "This is an XML file. Open it in WPS or Excel, save as .xlsx, and send that."),
    "text_file": ("这是文本文件（如 CSV），不是工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                  "This is a text file such as CSV. Open it in WPS or Excel, save as .xlsx, and send that."),
    "pdf": ("这是 PDF，不是工作簿。请报送生成它的 .xlsx 报表。",
            "This is a PDF. Send the .xlsx return it was made from."),
    "picture": ("这是图片，不是工作簿。请报送 .xlsx 报表。", "This is a picture. Send the return as .xlsx."),
    "document": ("这是文字文档或演示文稿，不是工作簿。请把表格放进 .xlsx 后再报送。",
                 "This is a text document or slides. Put the table into an .xlsx workbook and send that."),
    "open_document": ("这是 ODF 格式（如 .ods）。请另存为 .xlsx 后再报送。",
                      "This is an OpenDocument file such as .ods. Save as .xlsx and send that."),
    "binary_workbook": ("这是二进制工作簿（.xlsb）。请另存为 .xlsx 后再报送。",
                        "This is a binary workbook (.xlsb). Save as .xlsx and send that."),
    "archive": ("这是压缩包，不是工作簿。请解压后报送其中的 .xlsx 报表。",
                "This is an archive. Unpack it and send the .xlsx return inside."),
    "not_a_workbook": ("认不出这是什么文件，不是 Excel 工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再报送。",
                       "This is not an Excel workbook. Open it in WPS or Excel, save as .xlsx, and send that."),
    "damaged": ("文件不完整或已损坏，读不出内容。请用 WPS 或 Excel 打开，另存为新的 .xlsx 后再报送。",
                "The file is incomplete or damaged. Open it in WPS or Excel, save as a new .xlsx, and send that."),
    "no_sheets": ("工作簿里没有工作表。请用 WPS 或 Excel 打开核对，另存为 .xlsx 后再报送。",
                  "The workbook has no worksheet. Open it in WPS or Excel to check, save as .xlsx, and send that."),
    # A workbook that holds what a return must not hold.
    "macros": ("工作簿含有宏。请另存为“Excel 工作簿（.xlsx）”，不带宏，再报送。",
               "The workbook holds macros. Save it as a plain .xlsx without macros and send that."),
    "external_links": ("工作簿链接了其他文件或数据库。请在“数据—编辑链接”中断开链接，保存后再报送。",
                       "The workbook links to other files. Break the links (Data, Edit links), save, and send again."),
    "embedded_objects": ("工作簿里嵌有其他文件或控件。请删去这些对象，保存后再报送。",
                         "The workbook has other files or controls embedded. Delete them, save, and send again."),
    "doctype": ("工作簿内部含有不允许的声明（DOCTYPE）。请用 WPS 或 Excel 打开，另存为新的 .xlsx 后再报送。",
                "The workbook holds a declaration (DOCTYPE). Save it as a new .xlsx in Excel and send that."),
    # Too much of something.
    "too_large": ("文件超过 10 MB。请删去图片和无关的工作表，保存后再报送。",
                  "The file is over 10 MB. Remove pictures and unrelated sheets, save, and send again."),
    "unpacks_too_large": ("文件解压后过大。请把报表内容复制到新的工作簿，保存后再报送。",
                          "The file unpacks to too much. Copy the return into a new workbook, save, and send that."),
    "too_many_sheets": ("工作表超过 30 张。请只保留要报送的工作表。",
                        "There are more than 30 sheets. Keep only those to be sent."),
    "too_many_rows": ("工作表“{sheet}”第 60,000 行以下还有内容。请删去报表下方多余的行，保存后再报送。",
                      "The sheet “{sheet}” has content below row 60,000. Delete the rows below the return and save."),
    "too_many_columns": ("工作表“{sheet}”第 200 列（GR 列）以右还有内容。请删去报表右侧多余的列，保存后再报送。",
                         "The sheet “{sheet}” has content right of column 200 (GR). Delete those columns and save."),
    "too_many_cells": ("工作簿的内容超过 150 万格。请只保留要报送的内容，保存后再报送。",
                       "The workbook has more than 1,500,000 filled cells. Keep only what is to be sent."),
    "too_much_formatting": ("工作表“{sheet}”有大量只有格式、没有内容的行列。请删去这些空行空列，保存后再报送。",
                            "The sheet “{sheet}” has masses of formatted but empty cells. Delete them and save."),
    "too_many_merges": ("工作表“{sheet}”合并的单元格过多或范围过大。请取消报表以外的合并，保存后再报送。",
                        "The sheet “{sheet}” merges too many cells. Unmerge what is outside the return and save."),
    "text_too_long": ("工作簿里的文字过长（单格不超过 32,767 字）。请缩短后再报送。",
                      "The workbook's text is too long (at most 32,767 characters a cell). Shorten it and send again."),
    "too_complex": ("读取这个文件需要的内存过多。请把报表内容复制到新的工作簿，保存后再报送。",
                    "Reading this file takes too much memory. Copy the return into a new workbook and send that."),
    "too_slow": ("读取这个文件用时过长，已停止。请把报表内容复制到新的工作簿，保存后再报送。",
                 "Reading this file took too long. Copy the return into a new workbook and send that."),
}  # fmt: skip

MAGIC = (  # first bytes -> code
    (b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"{\\rtf", "document"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"),
)  # fmt: skip
HTML_MARKS = ("<html", "<table", "<!doctype html", "<meta", "<body", "mime-version:")
FOREIGN_PARTS = (  # a part whose name begins so -> code
    ("word/", "document"), ("ppt/", "document"), ("xl/workbook.bin", "binary_workbook"),
    ("meta-inf/manifest.xml", "open_document"),
)  # fmt: skip
FORBIDDEN_PARTS = (  # a part whose name holds this -> code
    ("vbaproject", "macros"), ("xl/macrosheets/", "macros"), ("xl/externallinks/", "external_links"),
    ("xl/connections.xml", "external_links"), ("xl/querytables/", "external_links"), ("xl/queries/", "external_links"),
    ("xl/embeddings/", "embedded_objects"), ("xl/activex/", "embedded_objects"),
)  # fmt: skip
FORBIDDEN_RELATIONS = {  # last word of a relation's type, in lower case -> code
    "vbaproject": "macros", "xlmacrosheet": "macros", "xlintlmacrosheet": "macros", "externallink": "external_links",
    "connections": "external_links", "querytable": "external_links", "oleobject": "embedded_objects",
    "package": "embedded_objects", "control": "embedded_objects",
}  # fmt: skip


class UnreadableFile(Exception):
    """The sender's file cannot be read or must not be. ``code`` is a key of REFUSALS; our own bugs are never this."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def message(self, language: str = "zh") -> str:
        """The sentence for the sender, in Chinese or English. KeyError for a code that is not declared."""
        chinese, english = REFUSALS[self.code]
        return (chinese if language == "zh" else english).format_map({"sheet": "", **self.details})
