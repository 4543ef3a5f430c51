"""Finding: what is asked, and what must come first; marks; and the slow second way."""

from __future__ import annotations

from itertools import chain

import pytest
from finding_oracle import answers
from hypothesis import given
from hypothesis import strategies as st

from domain.finding import Entry, FindingIndex
from domain.finding_tokens import MOST_ASKED, spans, terms_of

ENTRIES = (
    Entry("work", "binxiang", "滨响大道", "2020-320900-54-01-000001"),
    Entry("work", "port", "滨海港铁路支线"),
    Entry("work", "breakwater", "滨海港北港池防波堤二期工程和10万吨级进港航道工程"),
    Entry("project", "lng", "江苏滨海LNG（液化天然气）储罐项目", "2024-320922-44-01-123456", "中海油江苏天然气有限责任公司"),
    Entry("project", "lingang", "临港新能源公司储能项目"),
    Entry("project", "chongqing", "重庆长安新材料项目", "2024-320921-44-01-777777"),
    Entry("project", "zhongqiang", "中强城安新材料项目"),
    Entry("project", "steel", "年产120万吨高端不锈钢制品项目", "2023-320921-31-03-555555", "德龙镍业有限公司"),
    Entry("project", "brackets", "金光（二期）【纸业】·扩建"),
    Entry("firm", "bank", "江苏银行"),
    Entry("firm", "delong", "德龙镍业有限公司"),
    Entry("task", "power", "9月底前完成供电接入", detail="供电公司 · 滨海片区"),
    Entry("issue", "land", "土地指标不足", detail="临港新能源公司储能项目"),
    Entry("receipt", "r1", "滨海片区2024年8月报表.xlsx", "2024-08-滨海-01"),
    Entry("receipt", "r2", "响水片区2024年8月报表.xlsx", "2024-08-响水-01"),
)
INDEX = FindingIndex(ENTRIES)
# Query, what comes first; empty where nothing answers.
CASES = [
    ("滨响大道", "binxiang"),
    ("滨响", "binxiang"),
    ("响大", "binxiang"),
    ("bxdd", "binxiang"),
    ("BXDD", "binxiang"),
    ("ｂｘｄｄ", "binxiang"),
    ("bin xiang da dao", "binxiang"),
    ("binxiangdadao", "binxiang"),
    ("binxiangd", "binxiang"),
    ("binxiangda", "binxiang"),
    ("binxi", "binxiang"),
    ("滨xdd", "binxiang"),
    ("bxdadao", "binxiang"),
    ("dadao", "binxiang"),
    ("bxddx", ""),
    # Of readings that are usual in their place, before those that are not; both are found.
    ("cqca", "chongqing"),
    ("chongqing", "chongqing"),
    ("zqca", "zhongqiang"),
    ("zhongqingchangan", "chongqing"),
    ("zhqzha", "chongqing"),
    ("jsyh", "bank"),
    ("jiangsuyinhang", "bank"),
    ("jiangsuyinxing", "bank"),
    # Numbers: whole, their beginning, a part; however they are written.
    ("2024-320922-44-01-123456", "lng"),
    ("２０２４－３２０９２２－４４－０１－１２３４５６", "lng"),
    ("202432092244", "lng"),
    ("777777", "chongqing"),
    ("2024-08-滨海-01", "r1"),
    ("2024-08-滨海-02", ""),
    # A word as written goes before sounds, sounds before a part of a word.
    ("LNG", "lng"),
    ("lng", "lng"),
    ("lgxny", "lingang"),
    ("120万吨", "steel"),
    ("20万吨", "steel"),
    ("10万", "breakwater"),
    # Brackets, punctuation, spaces, figures in words.
    ("金光二期纸业扩建", "brackets"),
    ("金光(2期)", "brackets"),
    ("金光　二期", "brackets"),
    ("液化天然气", "lng"),
    ("滨海（LNG）", "lng"),
    # The name itself before one that is longer or only said beside.
    ("德龙镍业有限公司", "delong"),
    ("德龙", "delong"),
    ("dlny", "delong"),
    ("中海油", "lng"),
    ("zhyjs", "lng"),
    ("临港新能源公司储能项目", "lingang"),
    ("供电公司", "power"),
    # Words apart must all occur, each anywhere.
    ("储罐 江苏", "lng"),
    ("不锈钢 德龙", "steel"),
    ("bxg delong", "steel"),
    ("储罐 德龙", ""),
    ("tdzb", "land"),
    ("铁路支线", "port"),
    # Nothing to ask with.
    ("", ""),
    ("  （）·", ""),
    ("qqqq", ""),
    ("<b>", "binxiang"),
    ("'; DROP TABLE project_row; --", ""),
    ("😀", ""),
]


def first(index: FindingIndex, query: str) -> str:
    found = index.find(query, 5)
    return found[0].entries[0].key if found else ""


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_what_comes_first(query: str, expected: str) -> None:
    """The answer that a person means, by the way in which it was asked."""
    assert first(INDEX, query) == expected


@pytest.mark.parametrize(
    ("better", "worse", "query"),
    [
        ("滨海", "滨海港", "滨海"),
        ("滨海港铁路", "江苏（滨海）", "滨海"),
        ("江苏（滨海）仓", "冰湖", "滨海"),
        ("项目LNG站", "临能港", "lng"),
        ("临能港", "项目XLNGX", "lng"),
        ("项目XLNGX", "新临能港", "lng"),
        ("重庆", "中青", "cq"),
        ("码头一期", "很长的码头一期工程", "码头1期"),
    ],
)
def test_one_way_of_answering_goes_before_another(better: str, worse: str, query: str) -> None:
    """Whole, beginning, word, sound from the beginning, part, sound inside; the shorter of equals."""
    assert first(FindingIndex([Entry("project", "worse", worse), Entry("project", "better", better)]), query) == "better"


def test_kinds_are_counted_whole_and_shown_in_part() -> None:
    """The kind with the best answer first; the number is of all that answer, not of those shown."""
    found = INDEX.find("滨海", 1)
    assert [(each.kind, each.count, len(each.entries)) for each in found] == [
        ("work", 2, 1),
        ("receipt", 1, 1),
        ("project", 1, 1),
        ("task", 1, 1),
    ]
    assert FindingIndex([]).find("滨海", 5) == []


def test_a_query_is_read_to_a_limit() -> None:
    """What is too long to be a name costs nothing."""
    assert terms_of("滨" * 1000) == ["滨" * MOST_ASKED]
    assert INDEX.find("a" * 100_000, 5) == []


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("滨响大道", "xdd", ["响大道"]),
        ("江苏滨海LNG（液化天然气）储罐项目", "lng液化", ["LNG（液化"]),
        ("江苏滨海LNG储罐", "储罐 江苏", ["江苏", "储罐"]),
        ("江苏滨海LNG储罐", "滨海 海lng", ["滨海LNG"]),
        ("江苏滨海LNG储罐", "滨海 德龙", ["滨海"]),
        ("重庆长安", "chongqingc", ["重庆长"]),
        ("金光（二期）", "2期", ["二期"]),
        ("㎡ 表", "m2表", ["㎡ 表"]),
        ("滨响大道", "zz", []),
        ("滨响大道", "", []),
    ],
)
def test_the_part_that_answers_is_marked(text: str, query: str, marked: list[str]) -> None:
    """Places of the text as it stands, brackets within included."""
    assert [text[begin:behind] for begin, behind in spans(text, query)] == marked


SIGNS = "滨响大道重庆行长一2二期LNG港（）-1a "
TYPED = "bxdcqhzgangihonglLNG滨道重行一2期 "
entries = st.lists(
    st.builds(Entry, kind=st.just("x"), key=st.just(""), title=st.text(SIGNS, max_size=8), code=st.text("12-a", max_size=4), detail=st.text(SIGNS, max_size=4)),
    max_size=6,
)


@given(entries, st.text(TYPED, max_size=8))
def test_the_index_finds_what_plain_loops_find(made: list[Entry], query: str) -> None:
    """The same entries answer, whatever the order, and whatever is found has something to mark."""
    numbered = [Entry("x", str(number), each.title, each.code, each.detail) for number, each in enumerate(made)]
    found = chain.from_iterable(each.entries for each in FindingIndex(numbered).find(query, 100))
    assert sorted(each.key for each in found) == [each.key for each in numbered if answers(each, query)]
    for each in numbered:
        has_mark = any(spans(text, query) for text in (each.title, each.code, each.detail))
        assert has_mark or not answers(each, query)
