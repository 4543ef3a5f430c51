"""`python -m loaders`: what it prints, what it stores, and with which code it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from workbooks import Page, monthly, write

from domain.periods import Period
from domain.places import SAMPLE, Place, places_of
from domain.scope import OFFICE, Record
from loaders.__main__ import ACCEPTABLE, NOT_A_WORKBOOK, NOT_ACCEPTABLE, main
from storage.engine import open_database
from storage.queries import Receipt, place_events, receipts, scheme_choices

ROOT = Path(__file__).parent.parent.parent
SAMPLE_PLACES = ROOT / "data" / "samples" / "places.csv"
SAMPLE_RECTIFICATION = ROOT / "data" / "samples" / "rectification.csv"
SAMPLE_SCHEME = ROOT / "data" / "samples" / "scheme.csv"
WIND = {
    "序号": 1,
    "项目名称": "滨海港工业园区海上风电装备制造基地",
    "产业类型": "新兴产业",
    "总投资": 50_000,
    "项目阶段": "签约",
    "计划开工时间": "2024年四季度",
    "备注": "x",
}
NEAR = WIND | {"项目名称": "滨海港工业园海上风电装备制造基地"}
SMALL = WIND | {"总投资": 8_000}  # below 100 million: to be explained
KEYS_OF_A_TABLE = ["sheet", "kind", "body", "period", "unit", "columns", "rows"]
KEYS_OF_A_FINDING = ["code", "level", "sheet", "cell", "field", "value", "message"]


@dataclass
class Desk:
    """A folder with returns and a database, and what the command said."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def database(self) -> Path:
        return self.folder / "data" / "monitor.duckdb"

    def put(self, month: int, *projects: dict[str, Any], name: str = "") -> Path:
        """A return of 滨海 for a month of 2024."""
        path = self.folder / (name or f"滨海片区2024年{month}月.xlsx")
        path.write_bytes(write(monthly(*(projects or (WIND,)), title=f"滨海片区2024年{month}月重大项目推进情况表")))
        return path

    def put_bytes(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        code = main([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def accept(self, *arguments: object) -> tuple[int, str, str]:
        return self.run("accept", *arguments, "--database", self.database)

    def read_json(self, *arguments: object) -> tuple[int, dict[str, Any]]:
        code, out, _ = self.run("read", *arguments, "--json")
        return code, json.loads(out)

    def receipts(self) -> list[Receipt]:
        """What is stored, newest first."""
        db = open_database(self.database)
        try:
            return receipts(db, OFFICE)
        finally:
            db.close()


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


class TestRead:
    def test_an_acceptable_return(self, desk: Desk) -> None:
        """Exit 0 and a line that says so; nothing is stored, not even a database."""
        code, out, err = desk.run("read", desk.put(8))
        assert (code, err) == (ACCEPTABLE, "")
        assert out.startswith("滨海片区2024年8月.xlsx：滨海片区 2024-08，可以接收\n")
        assert not desk.database.parent.exists()

    def test_a_question_does_not_make_a_return_unacceptable(self, desk: Desk) -> None:
        """What has to be explained is told; the reason is given on acceptance."""
        code, out, _ = desk.run("read", desk.put(8, SMALL))
        assert code == ACCEPTABLE
        assert "[需说明]" in out

    def test_a_blocked_return(self, desk: Desk) -> None:
        """A workbook that cannot be accepted: exit 2, and why."""
        path = desk.put_bytes("报表.xlsx", write(monthly(WIND, title="滨海片区重大项目推进情况表")))
        code, out, err = desk.run("read", path)
        assert (code, err) == (NOT_ACCEPTABLE, "")
        assert "不能接收" in out and "[错误]" in out

    def test_a_file_that_is_no_workbook(self, desk: Desk) -> None:
        """Exit 1, the sentence on standard error, standard output empty."""
        assert desk.run("read", desk.put_bytes("空.xlsx", b"")) == (
            NOT_A_WORKBOOK, "", "空.xlsx：文件是空的，没有任何内容。请重新保存报表，再选择文件。\n",
        )  # fmt: skip

    @pytest.mark.parametrize("name", ["没有.xlsx", "."])
    def test_a_file_that_is_not_there(self, desk: Desk, name: str) -> None:
        """No file, or a folder: the same as no workbook."""
        code, out, err = desk.run("read", desk.folder / name)
        assert (code, out) == (NOT_A_WORKBOOK, "")
        assert "文件打不开" in err

    def test_against_the_record(self, desk: Desk) -> None:
        """With a database the last accepted return is compared with; without one nothing is known. Nothing is stored."""
        desk.accept(desk.put(7))
        august = desk.put(8, NEAR)
        assert codes(desk.read_json(august)[1]) == []
        code, printed = desk.read_json(august, "--database", desk.database)
        assert (code, codes(printed)) == (ACCEPTABLE, ["name_suggested"])
        assert printed["suggestions"][0]["known"] == WIND["项目名称"]
        assert len(desk.receipts()) == 1

    def test_of_the_record_only_what_came_before_counts(self, desk: Desk) -> None:
        """A return of July is compared with June, although August is there already."""
        desk.accept(desk.put(6), desk.put(8, WIND | {"项目阶段": "竣工", "实际开工时间": "2024-02-01", "实际竣工时间": "2024-08-01"}))
        _, printed = desk.read_json(desk.put(7), "--database", desk.database)
        assert codes(printed) == []

    def test_a_database_that_is_none(self, desk: Desk) -> None:
        """Exit 2 with the sentence; standard output stays empty rather than half a JSON."""
        path = desk.put_bytes("monitor.duckdb", b"no database" * 100)
        code, out, err = desk.run("read", desk.put(8), "--database", path, "--json")
        assert (code, out) == (NOT_ACCEPTABLE, "")
        assert "数据库无法打开" in err


class TestJson:
    def test_its_structure(self, desk: Desk) -> None:
        """Tables with columns and rows, and findings, with the names that other programs go by."""
        code, printed = desk.read_json(desk.put(8, WIND | {"天气": "晴", "年度计划投资": "多"}))
        assert code == ACCEPTABLE
        (table,) = printed["tables"]
        assert list(table) == KEYS_OF_A_TABLE
        assert {key: table[key] for key in KEYS_OF_A_TABLE[:5]} == {
            "sheet": "项目", "kind": "projects", "body": "滨海片区", "period": "2024-08", "unit": "万元",
        }  # fmt: skip
        assert all(list(column) == ["column", "heading", "field"] for column in table["columns"])
        assert [(c["column"], c["heading"], c["field"]) for c in table["columns"]][3:] == [
            ("D", "总投资", "total_investment_wan"),
            ("E", "项目阶段", "stage"),
            ("F", "计划开工时间", "planned_start_date"),
            ("G", "备注", "note"),
            ("H", "天气", None),
            ("I", "年度计划投资", "annual_plan_wan"),
        ]
        assert all(list(found) == KEYS_OF_A_FINDING for found in printed["findings"])
        assert {(f["code"], f["level"], f["sheet"], f["cell"], f["field"], f["value"]) for f in printed["findings"]} == {
            ("heading_unknown", "提示", "项目", "H3", "", "天气"),
            ("not_a_number", "错误", "项目", "I4", "annual_plan_wan", "多"),
        }
        assert all(found["message"].endswith("。") for found in printed["findings"])

    def test_values_of_a_row(self, desk: Desk) -> None:
        """Districts by name, words as codes, money in 万元, dates as ISO with their text and precision, gaps as null."""
        _, printed = desk.read_json(desk.put(8, WIND | {"片区": "滨海片区", "总投资": 50_000.5}))
        (row,) = printed["tables"][0]["rows"]
        expected = {
            "cell_row": 4,
            "project_name": WIND["项目名称"],
            "district": "滨海片区",
            "category": "emerging",
            "stage": "signed",
            "total_investment_wan": 50_000.5,
            "planned_start_date": "2024-12-31",
            "planned_start_date_text": "2024年四季度",
            "planned_start_date_precision": "quarter",
            "start_date": None,
            "start_date_text": None,
            "annual_plan_wan": None,
        }
        assert {key: row[key] for key in expected} == expected

    @pytest.mark.parametrize(("name", "content", "code"), [("空.xlsx", b"", "empty"), ("没有.xlsx", None, "not_found")])
    def test_of_a_file_that_is_no_workbook(self, desk: Desk, name: str, content: bytes | None, code: str) -> None:
        """Standard output is JSON all the same: no tables, one finding."""
        path = desk.folder / name if content is None else desk.put_bytes(name, content)
        exit_code, printed = desk.read_json(path)
        assert (exit_code, printed["tables"], codes(printed)) == (NOT_A_WORKBOOK, [], [code])
        assert list(printed["findings"][0]) == KEYS_OF_A_FINDING

    def test_of_a_workbook_without_a_table(self, desk: Desk) -> None:
        """No tables, and the finding that says so."""
        code, printed = desk.read_json(desk.put_bytes("报表.xlsx", write(Page([["通知"]]))))
        assert (code, printed["tables"], codes(printed)) == (NOT_ACCEPTABLE, [], ["no_table"])


class TestAccept:
    def test_a_return_in_order(self, desk: Desk) -> None:
        """Exit 0, the receipt's line, and the return is stored."""
        code, out, err = desk.accept(desk.put(8))
        assert (code, err) == (ACCEPTABLE, "")
        assert out == (
            "已接收 2024-08-滨海-01 滨海片区 2024-08 滨海片区2024年8月.xlsx：项目 1，基础设施 0，错误 0，需说明 0，提示 0\n"
        )
        assert [receipt.receipt_number for receipt in desk.receipts()] == ["2024-08-滨海-01"]

    def test_twice_is_once(self, desk: Desk) -> None:
        """The same files again: exit 0, the same receipts, nothing further stored, with suggestions and reasons too."""
        files = [desk.put(7), desk.put(8, NEAR | {"总投资": 8_000})]
        more = ("--confirm-suggestions", "--reason", "已核实")
        first = desk.accept(*files, *more)
        again = desk.accept(*files, *more)
        assert (first[0], again[0]) == (ACCEPTABLE, ACCEPTABLE)
        assert again[1] == first[1].replace("已接收", "已接收过（在用）")
        assert len(desk.receipts()) == 2

    def test_files_are_accepted_in_order_of_period(self, desk: Desk) -> None:
        """In whatever order they are named: each is compared with the month before it."""
        files = [desk.put(month) for month in (9, 7, 8)]
        code, out, _ = desk.accept(*files)
        assert code == ACCEPTABLE
        assert [line.split()[1][:7] for line in out.splitlines()] == ["2024-07", "2024-08", "2024-09"]

    def test_what_has_to_be_explained_needs_a_reason(self, desk: Desk) -> None:
        """Without one the file is refused with what is asked, and nothing of it is stored; with one it is accepted."""
        path = desk.put(8, SMALL)
        code, out, _ = desk.accept(path)
        assert code == NOT_ACCEPTABLE
        assert out.startswith("未接收 滨海片区2024年8月.xlsx：有 1 处需说明，请填写原因。\n  [需说明] 项目 D4 ")
        assert desk.receipts() == []
        assert desk.accept(path, "--reason", "  ")[0] == NOT_ACCEPTABLE
        assert desk.accept(path, "--reason", "列入重点")[0] == ACCEPTABLE
        assert [receipt.reason for receipt in desk.receipts()] == ["列入重点"]

    def test_a_name_must_be_decided(self, desk: Desk) -> None:
        """An undecided name keeps the file out; --confirm-suggestions says yes, and the answer is remembered."""
        desk.accept(desk.put(7))
        august = desk.put(8, NEAR)
        code, out, _ = desk.accept(august)
        assert code == NOT_ACCEPTABLE
        assert "1 个项目名称未确认" in out
        assert desk.accept(august, "--confirm-suggestions")[0] == ACCEPTABLE
        assert desk.accept(desk.put(9, NEAR))[0] == ACCEPTABLE

    def test_one_bad_file_stops_only_itself(self, desk: Desk) -> None:
        """Not a workbook, not there: each is said, the others are accepted, and the code is 1."""
        bad = [desk.put_bytes("坏.xlsx", b"PK\x03\x04 broken"), desk.folder / "没有.xlsx"]
        code, out, err = desk.accept(bad[0], desk.put(8), bad[1], desk.put(7))
        assert code == NOT_A_WORKBOOK
        assert out.count("已接收") == 2
        assert [line.split("：")[0] for line in err.splitlines()] == ["坏.xlsx", "没有.xlsx"]

    def test_one_refused_file_stops_only_itself(self, desk: Desk) -> None:
        """A refused return in the middle: the months around it are accepted, and the code is 2, bad files or not."""
        code, out, _ = desk.accept(desk.put(7), desk.put(8, SMALL), desk.put(9), desk.folder / "没有.xlsx")
        assert code == NOT_ACCEPTABLE
        assert [line.split()[0] for line in out.splitlines() if not line.startswith(" ")] == ["已接收", "未接收", "已接收"]
        assert [receipt.period for receipt in desk.receipts()] == ["2024-09", "2024-07"]

    def test_without_a_workbook_no_database_is_made(self, desk: Desk) -> None:
        """Nothing to accept: the database is not touched."""
        assert desk.accept(desk.folder / "没有.xlsx")[0] == NOT_A_WORKBOOK
        assert not desk.database.exists()

    def test_a_blocked_return_is_not_stored(self, desk: Desk) -> None:
        """Without a month nobody knows what it is a return of."""
        path = desk.put_bytes("报表.xlsx", write(monthly(WIND, title="滨海片区重大项目推进情况表")))
        code, out, _ = desk.accept(path)
        assert code == NOT_ACCEPTABLE
        assert "看不出报告期" in out
        assert desk.receipts() == []

    def test_a_database_in_use(self, desk: Desk) -> None:
        """Another process has it open: exit 2, and what to do."""
        desk.accept(desk.put(7))
        hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", hold, desk.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as holder:
            assert holder.stdout is not None and holder.stdout.readline() == "open\n"
            code, out, err = desk.accept(desk.put(8))
            holder.communicate("")
        assert (code, out) == (NOT_ACCEPTABLE, "")
        assert "数据库正被另一个程序使用" in err
        assert len(desk.receipts()) == 1

    def test_a_name_in_an_older_coding(self, desk: Desk) -> None:
        """A file name from an older archive, in GB 18030, is read as what it says."""
        path = os.fsdecode(os.fsencode(desk.folder) + b"/" + "滨海片区2024年8月.xlsx".encode("gb18030"))
        Path(path).write_bytes(desk.put(8).read_bytes())
        code, out, _ = desk.accept(path)
        assert code == ACCEPTABLE
        assert "滨海片区2024年8月.xlsx" in out
        assert desk.read_json(path)[1]["file"] == "滨海片区2024年8月.xlsx"


class TestRectification:
    """`python -m loaders rectification`."""

    def run(self, desk: Desk, path: Path) -> tuple[int, str, str]:
        return desk.run("rectification", path, "--database", desk.database)

    def test_a_ledger_is_recorded_once(self, desk: Desk) -> None:
        """The sample, all of it; a second time nothing changes."""
        desk.accept(desk.put(8))
        code, out, _ = self.run(desk, SAMPLE_RECTIFICATION)
        assert (code, out.startswith("登记台账 1 个、问题 6 个、事项 14 项")) == (ACCEPTABLE, True)
        assert "登记台账 0 个、问题 0 个、事项 0 项、经过 0 条、公开数 0 期，原已登记 14 项" in self.run(desk, SAMPLE_RECTIFICATION)[1]

    def test_what_cannot_be_taken_is_said(self, desk: Desk) -> None:
        """By its line, or of the whole; the rest is recorded."""
        desk.accept(desk.put(8))
        lines = SAMPLE_RECTIFICATION.read_text(encoding="utf-8-sig").splitlines()
        path = desk.put_bytes("整改.csv", "\n".join([*lines, "整改措施,,,6-2,另一项,,,,,,,"]).encode("gb18030"))
        code, out, _ = self.run(desk, path)
        assert (code, "登记台账 1 个、问题 6 个、事项 14 项" in out) == (NOT_ACCEPTABLE, True)
        assert f"第 {len(lines) + 1} 行 整改措施 6-2 另一项：没有写牵头部门。" in out
        assert "  ：没有找到表头" in self.run(desk, desk.put_bytes("空.csv", b"a,b"))[1]

    def test_no_file_no_workbook_and_no_database(self, desk: Desk) -> None:
        """Each is said; none makes a database."""
        assert self.run(desk, desk.folder / "无.csv")[0] == NOT_A_WORKBOOK
        assert self.run(desk, SAMPLE_RECTIFICATION)[0] == NOT_ACCEPTABLE
        assert not desk.database.exists()
        desk.accept(desk.put(8))
        code, _, error = self.run(desk, desk.put_bytes("坏.xlsx", b"PK\x03\x04"))
        assert (code, "坏.xlsx：" in error) == (NOT_A_WORKBOOK, True)


class TestScheme:
    """`python -m loaders scheme`."""

    def run(self, desk: Desk, path: Path) -> tuple[int, str, str]:
        return desk.run("scheme", path, "--database", desk.database)

    def choices(self, desk: Desk) -> list[tuple[str, str]]:
        db = open_database(desk.database)
        try:
            return [(each.key, str(each.from_period)) for each in scheme_choices(db, OFFICE, Record(Period(2024, 12)))]
        finally:
            db.close()

    def test_the_sample_is_put_into_force_once(self, desk: Desk) -> None:
        """From the first month of the sample year; a second time nothing changes."""
        open_database(desk.database).close()
        assert self.run(desk, SAMPLE_SCHEME)[:2] == (ACCEPTABLE, "启用考核方案 1 个，原已登记 0 个，未采用 0 行\n")
        assert self.run(desk, SAMPLE_SCHEME)[:2] == (ACCEPTABLE, "启用考核方案 0 个，原已登记 1 个，未采用 0 行\n")
        assert self.choices(desk) == [("sample@1", "2024-01")]

    def test_the_sample_decides_nothing_after_the_office(self, desk: Desk) -> None:
        """What the office decided stays; lines that cannot be taken are said."""
        open_database(desk.database).close()
        own = desk.put_bytes("方案.csv", "方案,版本,启用月份,依据\n示例方案,1,2024年7月,试行\n示例方案,9,2024年7月,试行".encode("gb18030"))
        code, out, _ = self.run(desk, own)
        assert (code, "启用考核方案 1 个" in out) == (NOT_ACCEPTABLE, True)
        assert "第 3 行 示例方案 9 2024年7月 试行：没有这个考核方案版本。" in out
        assert self.run(desk, SAMPLE_SCHEME)[0] == ACCEPTABLE
        assert self.choices(desk) == [("sample@1", "2024-07")]
        assert "  ：没有找到表头" in self.run(desk, desk.put_bytes("空.csv", b"a,b"))[1]


class TestPlaces:
    """`python -m loaders places`."""

    def put_list(self, desk: Desk, *lines: str, coding: str = "utf-8-sig") -> Path:
        return desk.put_bytes("位置.csv", "\n".join(("项目名称,经度,纬度", *lines)).encode(coding))

    def places(self, desk: Desk) -> dict[str, Place]:
        db = open_database(desk.database)
        try:
            return places_of(place_events(db, OFFICE, Record(Period(2024, 8))))
        finally:
            db.close()

    def test_a_list_is_recorded(self, desk: Desk) -> None:
        """By the names of the returns in force, once; a second time nothing changes."""
        desk.accept(desk.put(8))
        path = self.put_list(desk, f"{WIND['项目名称']},120.25,34.3")
        assert desk.run("places", path, "--database", desk.database) == (ACCEPTABLE, "登记位置 1 个，原已登记 0 个，未采用 0 行\n", "")
        assert list(self.places(desk).values()) == [Place(120.25, 34.3)]
        assert "登记位置 0 个，原已登记 1 个" in desk.run("places", path, "--database", desk.database)[1]

    def test_what_cannot_be_taken_is_said(self, desk: Desk) -> None:
        """Line by line, with the near name; the others are recorded, in an older coding too."""
        desk.accept(desk.put(8))
        name = WIND["项目名称"]
        path = self.put_list(desk, f"{NEAR['项目名称']},120.2,34.3", f"{name},34.3,120.25", f"{name},120.25,34.3", coding="gb18030")
        code, out, _ = desk.run("places", path, "--database", desk.database)
        assert code == NOT_ACCEPTABLE
        assert f"第 2 行 {NEAR['项目名称']}：没有这个名称的项目。名称相近的有“{name}”。" in out
        assert f"第 3 行 {name} 34.3 120.25：经度和纬度填反了。" in out
        assert len(self.places(desk)) == 1

    def test_the_samples_are_marked(self, desk: Desk) -> None:
        """A sample's places are samples, and never take the place of the office's own."""
        desk.accept(desk.put(8, WIND | {"项目名称": "海洋智算中心项目"}))
        assert desk.run("places", SAMPLE_PLACES, "--database", desk.database)[0] == NOT_ACCEPTABLE
        assert [place.source for place in self.places(desk).values()] == [SAMPLE]
        own = self.put_list(desk, "海洋智算中心项目,120.25,34.3")
        assert desk.run("places", own, "--database", desk.database)[0] == ACCEPTABLE
        assert "登记位置 0 个，原已登记 1 个" in desk.run("places", SAMPLE_PLACES, "--database", desk.database)[1]
        assert list(self.places(desk).values()) == [Place(120.25, 34.3)]

    def test_no_file_and_no_database(self, desk: Desk) -> None:
        """Neither makes a database."""
        code, _, error = desk.run("places", desk.folder / "无.csv", "--database", desk.database)
        assert (code, "打不开" in error) == (NOT_A_WORKBOOK, True)
        assert desk.run("places", self.put_list(desk), "--database", desk.database)[0] == NOT_ACCEPTABLE
        assert not desk.database.exists()

    def test_before_any_return(self, desk: Desk) -> None:
        """No project is on record: every line is told."""
        open_database(desk.database).close()
        code, out, _ = desk.run("places", self.put_list(desk, "甲,120.25,34.3"), "--database", desk.database)
        assert (code, "第 2 行 甲：没有这个名称的项目" in out) == (NOT_ACCEPTABLE, True)


class TestProcess:
    """The modules as programs, whatever the language of the machine."""

    @pytest.mark.parametrize("language", [{"LANG": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
    def test_loaders(self, desk: Desk, language: dict[str, str]) -> None:
        """Standard output is JSON in UTF-8, findings or not; the exit code arrives."""
        ended = run_module("loaders", "read", desk.put(8, SMALL), "--json", language=language)
        assert (ended.returncode, ended.stderr) == (ACCEPTABLE, b"")
        printed = json.loads(ended.stdout.decode("utf-8"))
        assert codes(printed) == ["below_threshold"]
        assert printed["tables"][0]["body"] == "滨海片区"
        ended = run_module("loaders", "accept", desk.put(8, SMALL), "--database", desk.database, language=language)
        assert ended.returncode == NOT_ACCEPTABLE
        assert "需说明" in ended.stdout.decode("utf-8")

    @pytest.mark.parametrize("language", [{"LANG": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}])
    def test_reports(self, desk: Desk, language: dict[str, str]) -> None:
        """The figures of what was accepted, as JSON in UTF-8; a month that is none ends with 2."""
        desk.accept(desk.put(8, WIND | {"签约时间": "2024-08-06"}))
        figures = ("figures", "--database", desk.database, "--period")
        ended = run_module("reports", *figures, "2024-08", "--json", language=language)
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert json.loads(ended.stdout.decode("utf-8"))["滨海片区"]["signed_count"] == 1
        assert run_module("reports", *figures, "2024-13", language=language).returncode == NOT_ACCEPTABLE

    def test_no_workbook(self, desk: Desk) -> None:
        """Exit 1, with the sentence in UTF-8 on standard error."""
        ended = run_module("loaders", "read", desk.put_bytes("空.xlsx", b""), language={"LANG": "C"})
        assert (ended.returncode, ended.stdout) == (NOT_A_WORKBOOK, b"")
        assert ended.stderr.decode("utf-8").startswith("空.xlsx：文件是空的")


def run_module(module: str, *arguments: object, language: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a module of the project as a program, with pipes, under a language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=kept | language, capture_output=True, timeout=60, check=False)


def codes(printed: dict[str, Any]) -> list[str]:
    return [found["code"] for found in printed["findings"]]


def test_the_command_needs_to_be_told_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command, or with another, it shows its usage and ends with 2."""
    for arguments in ([], ["delete", "x"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        assert "usage: python -m loaders" in capsys.readouterr().err
