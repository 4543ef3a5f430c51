"""产业链: the links of each chain, who holds them, and the gaps.

facts.md row 12: traditional (steel, paper, chemicals) and emerging lines, the city's "5+2" emerging industries and 23 key
chains, the zone's focus on energy, special steel and new materials. Issue 7 point 6: gaps in a chain.
"""

from __future__ import annotations

import pandas as pd

from domain.fields import NUMBER, TEXT, WORD
from domain.ledgers.declaration import (
    NOTE,
    RATIO,
    SHARES,
    SOURCE,
    Choice,
    Digest,
    DigestColumn,
    Figure,
    Ledger,
    LedgerField,
)
from domain.periods import Period
from domain.publications import CITY_CHAINS, INDUSTRY_FACTS
from domain.stages import COMPLETED_STAGES

HELD, COMING, UNKNOWN, GAP = "held", "coming", "unknown", "gap"
LINK_STATES = (
    Choice(HELD, "已有", "held"),
    Choice(COMING, "在补", "coming"),
    Choice(UNKNOWN, "不明", "unknown"),
    Choice(GAP, "缺口", "gap"),
)
CODES = tuple(choice.code for choice in LINK_STATES)
LOST_STAGES = ("suspended", "cancelled")  # a project that fills no link
LINES = (
    Choice("traditional", "传统产业", "traditional", ("传统",)),
    Choice("emerging", "新兴产业", "emerging", ("新兴",)),
)
FOCUSES = (
    Choice("energy", "能源", "energy", ("能源产业",)),
    Choice("special_steel", "特钢", "special steel", ("优特钢", "特钢产业")),
    Choice("new_materials", "新材料", "new materials", ("新材料产业",)),
)
PLACES = (
    Choice("upstream", "上游", "upstream"),
    Choice("middle", "中游", "middle"),
    Choice("downstream", "下游", "downstream"),
)


def held_states(frame: pd.DataFrame) -> pd.Series:
    """What each row says of its link: held, coming, unknown or a gap.

    Held by a firm at work, or by a project whose works are completed; coming with any other project of the registry, unless
    it is suspended or cancelled; unknown where the project named is not in the registry. A row that names neither, and a
    project that came to nothing, leave a gap: the ledger lists all links, so that an empty one is said to be empty.
    """
    stage, named = frame["project_stage"], frame["chain_project"].notna()
    found = pd.Series(GAP, index=frame.index, dtype=object)
    found = found.mask(named & frame["project_id"].isna(), UNKNOWN)
    found = found.mask(frame["project_id"].notna() & ~stage.isin(LOST_STAGES), COMING)
    return found.mask(frame["chain_firm"].notna() | stage.isin(COMPLETED_STAGES), HELD)


def chain_links(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each link of a chain, in the order of the ledger, with the best that its rows say.

    Columns: chain_name, chain_link, chain_place, chain_line, chain_focus, link_state, number (of firms and projects named).
    """
    del period
    keys = ["chain_name", "chain_link"]
    rank = held_states(frame).map({code: place for place, code in enumerate(CODES)})
    number = frame["chain_firm"].notna() | frame["chain_project"].notna()
    by_link = frame.assign(rank=rank, number=number).groupby(keys, sort=False)
    found = by_link.agg(
        chain_place=("chain_place", "first"), chain_line=("chain_line", "first"), chain_focus=("chain_focus", "first"),
        city_chain=("city_chain", "first"), rank=("rank", "min"), number=("number", "sum"),
    ).reset_index()  # fmt: skip
    return found.assign(link_state=found.pop("rank").map(dict(enumerate(CODES))).astype(object))


def chain_table(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """One row for each chain: its links by state; those with most gaps first.

    Columns: chain_name, chain_line, chain_focus, city_chain, links, a count for each state, held_whole (links).
    """
    links = chain_links(frame, period)
    own = links.groupby("chain_name", sort=False)[["chain_line", "chain_focus", "city_chain"]].first()
    counts = pd.crosstab(links["chain_name"], links["link_state"]) if len(links) else pd.DataFrame()
    counts = counts.reindex(index=own.index, columns=list(CODES), fill_value=0)
    found = own.join(counts).assign(links=counts.sum(axis=1), held_whole=counts.sum(axis=1))
    return found.reset_index().sort_values(GAP, ascending=False, kind="stable", ignore_index=True)


def open_links(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The links that nobody holds yet, gaps first, a row for each project that is to fill one."""
    rows = frame.assign(link_state=_states_of_rows(frame, chain_links(frame, period)))
    rows = rows[rows["link_state"] != HELD]
    order = rows["link_state"].map({code: place for place, code in enumerate(CODES)})
    return rows.assign(order=order).sort_values("order", ascending=False, kind="stable", ignore_index=True)


def _states_of_rows(frame: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """Of each row the state of its link, of what ``chain_links`` gives."""
    states = links.set_index(["chain_name", "chain_link"])["link_state"]
    own = pd.MultiIndex.from_frame(frame[["chain_name", "chain_link"]])
    return pd.Series(states.reindex(own).to_numpy(dtype=object), index=frame.index)


def chain_figures(frame: pd.DataFrame, period: Period) -> list[Figure]:
    """Chains, how many of the city's these are, and their links by state."""
    links, every = chain_links(frame, period), tuple(frame.index)
    own = _states_of_rows(frame, links)

    def of_state(state: Choice) -> Figure:
        number = None if links.empty else int((links["link_state"] == state.code).sum())
        rows = tuple(frame.index[own == state.code])
        return Figure(state.name, state.english, number, NUMBER, rows=rows, of=("chain_link",))

    return [
        Figure("产业链", "chains", links["chain_name"].nunique() or None, NUMBER, rows=every, of=("chain_name",)),
        _city_figure(frame),
        Figure("环节", "links", len(links) or None, NUMBER, rows=every, of=("chain_link",)),
        *map(of_state, LINK_STATES),
    ]


def _city_figure(frame: pd.DataFrame) -> Figure:
    """How many of the city's key chains the ledger's chains belong to, of as many as the report counts."""
    fact = next(each for each in INDUSTRY_FACTS if each.code == CITY_CHAINS)
    named = frame[frame["city_chain"].notna()]
    held = named["city_chain"].nunique() if len(frame) else None
    return Figure("对应市重点产业链", "of the city's key chains", held, NUMBER, f"全市 {fact.number} 条，{fact.open_point}",
                  f"of {fact.number}, {fact.open_point_en}", rows=tuple(named.index), of=("city_chain",))  # fmt: skip


CHAIN_COLUMNS = (
    DigestColumn("chain_name", TEXT, "产业链", "chain"),
    DigestColumn("chain_line", WORD, "类别", "line", choices=LINES),
    DigestColumn("chain_focus", WORD, "新区主攻", "focus", choices=FOCUSES),
    DigestColumn("city_chain", TEXT, "市重点产业链", "the city's chain"),
    DigestColumn("held", RATIO, "已有环节", "links held", width="16%", of="chain_firm"),
    DigestColumn("links", SHARES, "各环节", "links", choices=LINK_STATES, width="26%", of="chain_link"),
    DigestColumn("gap", NUMBER, "缺口", "gaps", of="chain_link"),
)
OPEN_COLUMNS = (
    DigestColumn("chain_name", TEXT, "产业链", "chain"),
    DigestColumn("chain_link", TEXT, "环节", "link"),
    DigestColumn("chain_place", WORD, "位置", "place", choices=PLACES),
    DigestColumn("link_state", WORD, "情况", "state", choices=LINK_STATES, of="chain_link"),
    DigestColumn("chain_project", TEXT, "在补项目", "project to fill it", is_project=True),
    DigestColumn("project_stage", WORD, "项目阶段", "stage"),
)
CHAIN_DIGESTS = (
    Digest("chains", "各产业链", "chains", "已有：有企业或已竣工项目；在补：有在库未竣工项目；不明：项目不在库；缺口：没有或已停缓、终止",
           "held: by a firm or a completed project; coming: by another project; unknown: not in the registry; gap: nobody",
           CHAIN_COLUMNS, chain_table),
    Digest("gaps", "缺口和在补", "gaps", "还没有企业的环节，缺口在前", "links that nobody holds yet, gaps first", OPEN_COLUMNS, open_links),
)  # fmt: skip

CHAINS = Ledger(
    code="chains",
    name="产业链台账",
    english="industry lines",
    short_name="产业链",
    definition="每条产业链的全部环节和承担环节的企业、项目，一个环节的一家企业或一个项目一行；没有企业和项目的环节占一行，即为缺口。",
    definition_en="All links of each chain with the firms and projects that hold them, a row each; a link that names none is a gap.",
    is_zone_wide=True,
    fields=(
        LedgerField("chain_name", TEXT, "产业链", "chain", "产业链的名称。", "Name of the chain.", is_key=True, others=("产业链名称",)),
        LedgerField("chain_link", TEXT, "环节", "link", "产业链上的环节。", "Link of the chain.", is_key=True,
                    others=("产业链环节", "环节名称")),
        LedgerField("chain_firm", TEXT, "链上企业", "firm", "承担这一环节的已投产企业；没有的留空。", "A firm at work that holds the link.",
                    is_key=True, may_be_empty=True, others=("环节企业",)),
        LedgerField("chain_project", TEXT, "链上项目", "project", "补上这一环节的登记项目；没有的留空。",
                    "Registered project that is to hold it.", is_key=True, may_be_empty=True, is_project=True, others=("环节项目",)),
        LedgerField("chain_place", WORD, "上中下游", "place", "环节在链上的位置。", "Place in the chain.", choices=PLACES,
                    others=("位置",)),
        LedgerField("chain_line", WORD, "产业类别", "line", "传统产业还是新兴产业。", "Traditional or emerging.", choices=LINES),
        LedgerField("chain_focus", WORD, "主攻方向", "focus of the zone", "属于新区主攻的能源、特钢还是新材料；都不是的留空。",
                    "The zone's focus it belongs to: energy, special steel, new materials; empty for none.", choices=FOCUSES),
        LedgerField("city_chain", TEXT, "对应市重点产业链", "the city's chain", "对应的市重点产业链；没有的留空。", "The city's key chain.",
                    others=("市重点产业链",)),
        SOURCE,
        NOTE,
    ),
    listed=("chain_name", "chain_link", "chain_place", "chain_firm", "chain_project"),
    summary=chain_figures,
    digests=CHAIN_DIGESTS,
    public_facts=INDUSTRY_FACTS,
)  # fmt: skip
