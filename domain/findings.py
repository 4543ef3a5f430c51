"""What a loader may tell the sender: every code, its level, and the sentence, declared once.

Levels: 错误 (rejects the value, or with ``blocks`` the whole file), 需说明 (kept as reported once a reason is given),
提示 (for information). A sentence says what is wrong and what to do; the place is added by the screen.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.fields import LEDGER_FIELDS, PROJECT_FIELD, PROJECT_FIELDS
from domain.ledgers import english_heading, is_of_ledger

ERROR, EXPLAIN, HINT = "错误", "需说明", "提示"
LEVELS = (ERROR, EXPLAIN, HINT)
# What a project is called is the sender's to say: another spelling is confirmed as a name, never typed over.
NOT_MENDED = ("project_name", "project_code", "district")
# Findings whose cell is a heading: what it means is confirmed, not typed over.
OF_COLUMNS = ("heading_", "column_", "required_", "unit_unknown", "unit_doubtful")
LEVEL_ENGLISH = {ERROR: "error", EXPLAIN: "explain", HINT: "hint"}


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding. ``message`` holds {named} places that the finding's ``details`` fill."""

    code: str
    level: str
    title: str
    title_en: str
    message: str
    message_en: str
    blocks: bool = False


def _kind(code: str, level: str, title: str, title_en: str, message: str, message_en: str, **more: bool) -> FindingKind:
    return FindingKind(code, level, title, title_en, message, message_en, **more)


KINDS = {
    kind.code: kind
    for kind in (
        # The file as a whole: nothing of it is stored.
        _kind("no_table", ERROR, "找不到数据表", "no table found",
              "文件里找不到项目清单：没有一行表头同时含有项目名称和其他栏目。请使用月报表的表样报送。",
              "No list of projects in the file: no heading row holds a project name and other columns. Send the monthly form.",
              blocks=True),
        _kind("no_rows", ERROR, "没有项目行", "no project rows",
              "找到了表头，但表内没有一个项目。请填写项目后再报送。",
              "The headings were found but not one project under them. Fill in the projects and send again.", blocks=True),
        _kind("project_card", ERROR, "是项目卡片，不是清单", "a card, not a list",
              "这是单个项目的卡片（一项一表），不是项目清单。请报送月报清单，卡片可作附件另存。",
              "This is a card of one project, not a list of projects. Send the monthly list.", blocks=True),
        _kind("summary_only", ERROR, "是汇总表，不是清单", "a summary, not a list",
              "这是按地区或类别的汇总表，没有逐个项目的行。请报送含项目名称的清单。",
              "This is a summary by area or kind without project rows. Send the list with project names.", blocks=True),
        _kind("period_unknown", ERROR, "看不出报告期", "period unknown",
              "表题、截至日期和文件名里都没有写明是哪个月的报表。请在表题里写明年月。",
              "Neither title, cut-off line nor file name says which month this is. Write year and month in the title.", blocks=True),
        _kind("period_conflict", ERROR, "月份不一致", "months disagree",
              "各处写的月份不一致：{places}。请核对后改成同一个月再报送。",
              "The months disagree: {places}. Correct them to one month and send again.", blocks=True),
        _kind("body_unknown", ERROR, "看不出报送单位", "sender unknown",
              "看不出是哪个片区的报表。请在表题或填报单位处写明片区。",
              "The return does not say which district it is from. Name the district in the title or sender line.", blocks=True),
        _kind("body_conflict", ERROR, "片区不一致", "districts disagree",
              "各处写的片区不一致：{places}。请确认是否拿错了文件。",
              "The districts disagree: {places}. Check whether this is the right file.", blocks=True),
        _kind("other_district", ERROR, "是另一片区的报表", "another district's return",
              "表内 {count} 个项目中有 {other} 个是{body}的项目。请确认是否拿错了文件。",
              "{other} of {count} projects belong to {body}. Check whether this is the right file.", blocks=True),
        _kind("unit_unknown", ERROR, "没有写明金额单位", "money unit unknown",
              "“{heading}”没有写明单位是万元还是亿元。请在表头或表题下注明单位。",
              "“{heading}” does not say whether it is in 10,000 or 100 million yuan. State the unit.", blocks=True),
        _kind("required_missing", ERROR, "缺少必填栏目", "required column missing",
              "找不到“{heading}”这一栏。请按表样补上这一栏。", "The column “{heading}” is missing. Add it.", blocks=True),
        # Columns and names that a person has to confirm.
        _kind("heading_suggested", EXPLAIN, "表头需确认", "heading to confirm",
              "表头“{heading}”可能是“{field_name}”（相似度 {score}），请确认。确认前这一栏不读取。",
              "The heading “{heading}” may mean “{field_name}” ({score} alike). Confirm; until then the column is not read."),
        _kind("heading_in_other_form", EXPLAIN, "表头需确认", "heading to confirm",
              "表头“{heading}”在本单位的另一种表样里确认过是“{field_name}”，请确认本表也是。确认前这一栏不读取。",
              "The heading “{heading}” was confirmed as “{field_name}” in another form of this sender. Confirm it for this one; "
              "until then the column is not read."),
        _kind("heading_ambiguous", EXPLAIN, "表头有歧义", "ambiguous heading",
              "表头“{heading}”可以是{fields}，请写清楚。这一栏未读取。",
              "The heading “{heading}” may mean {fields}. Say which; the column was not read."),
        _kind("heading_double", EXPLAIN, "栏目重复", "column twice",
              "表头“{heading}”与前面一栏同为“{field_name}”，这一栏未读取。请写清两栏的区别，或删去一栏。",
              "The heading “{heading}” means “{field_name}” like an earlier column and was not read. Say how they differ."),
        _kind("heading_unknown", HINT, "未识别的栏目", "unknown column",
              "表头“{heading}”不在词表内，这一栏未读取。", "The heading “{heading}” is not known; the column was not read."),
        _kind("heading_other_month", HINT, "其他月份的栏目", "columns of other months",
              "这些栏目是其他月份或年份的数，本期未读取：{columns}。",
              "These columns are of other months or years and were not read: {columns}."),
        _kind("column_unfit", EXPLAIN, "栏目内容与表头不符", "column does not fit its heading",
              "表头“{heading}”应为“{field_name}”，但所填（{words}）都不在词表内，这一栏未读取。请核对表头或改用规范用词。",
              "The heading “{heading}” means “{field_name}”, but none of its words ({words}) is known; the column was not read. "
              "Check the heading or the words."),
        _kind("name_suggested", EXPLAIN, "项目名称需确认", "name to confirm",
              "“{name}”与已有项目“{known}”相近（相似度 {score}），请确认是否同一项目。",
              "“{name}” is close to the known project “{known}” ({score} alike). Confirm whether they are one."),
        _kind("name_missing", ERROR, "缺项目名称", "name missing",
              "这一行有数据但没有项目名称，整行未读取。请补上名称。",
              "This row has data but no project name and was not read. Add the name."),
        _kind("row_continued", HINT, "续行未单独读取", "continued row",
              "这一行的项目名称与上一行合并，未单独读取。", "This row continues the project above and was not read by itself."),
        _kind("sub_projects", EXPLAIN, "总项目与子项目并列", "projects beside their parts",
              "{count} 行是子项目（{serials}），与所属的总项目都按项目读取，金额和个数可能重复。请只列其一，或说明。",
              "{count} rows are parts ({serials}) of projects that are listed too; amounts and counts may be double. "
              "List one of the two, or explain."),
        _kind("project_repeated_same", HINT, "重复列示", "listed twice alike",
              "“{name}”在本表出现不止一次（{places}），内容一致，按一个项目读取。",
              "“{name}” stands more than once ({places}) with the same content and counts once."),
        _kind("project_repeated", EXPLAIN, "项目重复", "project twice",
              "“{name}”在本表出现不止一次（{places}），以最后一处为准。请删去重复的一行。",
              "“{name}” stands more than once ({places}); the last one counts. Remove the others."),
        # Values that cannot be read.
        _kind("not_a_number", ERROR, "不是数字", "not a number",
              "“{heading}”应填数字，现为“{value}”。该值未采用，沿用上次的值。请改为数字。",
              "“{heading}” must be a number and is “{value}”. The value was not taken; the last accepted one stays."),
        _kind("parts_unclear", EXPLAIN, "一格两项分不开", "two facts not told apart",
              "“{heading}”一格应填两项，现为“{value}”，分不开，未读取。请按 12.5/3.2 或 2024.3-2025.6 的样式填写。",
              "“{heading}” holds two facts in a cell and says “{value}”, which cannot be told apart; it was not read. "
              "Write them like 12.5/3.2 or 2024.3-2025.6."),
        _kind("rate_impossible", ERROR, "进度超出范围", "share out of range",
              "“{heading}”写的是“{value}”，应在 0 到 100% 之间。该值未采用，沿用上次的值。请改正。",
              "“{heading}” says “{value}” and must lie between 0 and 100%. The value was not taken; the last accepted one stays."),
        _kind("amount_negative", ERROR, "数值为负", "negative amount",
              "“{heading}”写的是“{value}”，不应为负数。该值未采用，沿用上次的值。请改正。",
              "“{heading}” says “{value}” and cannot be negative. The value was not taken; the last accepted one stays."),
        _kind("amount_merged", EXPLAIN, "几个项目合用一个数", "one amount for several projects",
              "“{heading}” {value} 的单元格跨几个项目合并，只计入第一个。请分开填写，或说明。",
              "The cell of “{heading}” {value} is merged over several projects and counts with the first only. Split it, or explain."),
        _kind("formula_error", ERROR, "公式出错", "formula error",
              "“{heading}”的公式结果是 {value}。该值未采用。请改正公式或填数字。",
              "The formula in “{heading}” gives {value}; the value was not taken. Correct it."),
        _kind("formula_not_calculated", HINT, "公式没有计算结果", "formula without a value",
              "“{heading}”是公式但文件里没有保存计算结果，按空值读取。请在 Excel 中打开、保存后再报送。",
              "“{heading}” is a formula without a saved result and was read as empty. Open and save the file in Excel."),
        _kind("date_unreadable", EXPLAIN, "日期看不懂", "unreadable date",
              "“{heading}”写的是“{value}”，无法认定日期，只保留原文。请写成 2024年8月 或 2024-08-31。",
              "“{heading}” says “{value}”, which is no date; only the text is kept. Write 2024-08 or 2024-08-31."),
        _kind("word_unknown", EXPLAIN, "用词不在词表内", "unknown word",
              "“{heading}”写的是“{value}”，不在词表内，未认定。请改用：{words}。",
              "“{heading}” says “{value}”, which is not a known word. Use one of: {words}."),
        # Values against the row, the table and last month.
        _kind("unit_mismatch", ERROR, "单位疑似错一万倍", "10,000 times off",
              "总投资 {value} 万元，与{reference}相差约一万倍，疑似万元与亿元填错。该值未采用，沿用上次的值。请改正。",
              "Total investment {value} (10,000 yuan) is about 10,000 times off {reference}: the unit seems wrong. "
              "The value was not taken; the last accepted one stays."),
        _kind("unit_doubtful", ERROR, "金额单位可疑", "money unit doubtful",
              "写明的单位是{unit}，但表内 {count} 个项目中有 {odd} 个总投资{size}，疑似单位写错。请核对表头或单位行后再报送。",
              "The unit stated is {unit}, but {odd} of {count} totals are {size}. Check the heading or unit line.", blocks=True),
        _kind("below_threshold", EXPLAIN, "不足一亿元", "below 100 million",
              "总投资 {value} 万元，不足一亿元，不应列入亿元以上项目。请核对。",
              "Total investment {value} (10,000 yuan) is below 100 million yuan. Check."),
        _kind("cumulative_fell", EXPLAIN, "累计数减少", "cumulative fell",
              "{heading} {value} 万元，比上次报送的 {before} 万元少 {difference} 万元。请改正或说明原因。",
              "{heading} {value} is {difference} less than {before} reported before (10,000 yuan). Correct or explain."),
        _kind("value_vanished", EXPLAIN, "上期有值、本期空白", "value left empty",
              "{heading}上次报送为 {before}，本期空白。请补填，或说明原因。",
              "{heading} was {before} in the last return and is empty now. Fill it in or explain."),
        _kind("month_above_year", EXPLAIN, "当月大于累计", "month above year to date",
              "本月完成 {value} 万元，大于本年累计 {ytd} 万元。请核对。",
              "Investment of the month {value} exceeds the year to date {ytd} (10,000 yuan). Check."),
        _kind("cumulative_above_total", EXPLAIN, "累计超过总投资", "cumulative above total",
              "开工以来累计完成 {value} 万元，超过总投资 {total} 万元。请核对总投资或说明原因。",
              "Cumulative investment {value} exceeds the total of {total} (10,000 yuan). Check or explain."),
        _kind("year_sum_differs", EXPLAIN, "本年累计与上月接不上", "year to date does not follow",
              "本年累计 {value} 万元，上月累计 {before} 万元加本月 {month} 万元应为 {expected} 万元。请核对或说明原因。",
              "The year to date is {value}; {before} of last month and {month} of this month make {expected} (10,000 yuan). "
              "Correct or explain."),
        _kind("value_jumped", EXPLAIN, "比上次增加三倍以上", "more than 3 times the last",
              "{heading} {value} 万元，是上次报送 {before} 万元的 {times} 倍。请核对或说明原因。",
              "{heading} {value} is {times} times the {before} reported last (10,000 yuan). Correct or explain."),
        _kind("amounts_jumped", HINT, "完成投资增幅大", "investment rose steeply",
              "{count} 处完成投资是上月的三倍以上：{cells}。请核对是否多写了位数。",
              "{count} amounts of investment are more than 3 times last month's: {cells}. Check for a digit too many."),
        _kind("started_without_investment", EXPLAIN, "已开工但没有投资", "started without investment",
              "阶段为“{value}”，{start} 开工，但开工以来没有完成投资。请补填投资，或核对阶段。",
              "The stage is “{value}”, started {start}, but there is no investment since. Fill it in, or check the stage."),
        _kind("completed_below_total", EXPLAIN, "已竣工但投资不足", "completed with little invested",
              "阶段为“{value}”，但开工以来累计完成 {cumulative} 万元，仅为总投资 {total} 万元的 {share}。请核对投资或阶段。",
              "The stage is “{value}” but the cumulative investment {cumulative} is {share} of the total {total} (10,000 yuan). "
              "Check both."),
        _kind("texts_copied", HINT, "形象进度与上月相同", "progress copied from last month",
              "{count} 个在建项目的形象进度与上月一字不差：{cells}。请按本月实际改写。",
              "The progress of {count} projects under construction is last month's word for word: {cells}. Write this month's."),
        _kind("texts_only_number", HINT, "形象进度只改了数字", "only a number changed in the progress",
              "{count} 个在建项目的形象进度与上月相比只改了数字：{cells}。请核对是否写明了本月的进展。",
              "In the progress of {count} projects under construction only a number changed since last month: {cells}. "
              "Check that it tells what was done."),
        _kind("signed_after_start", HINT, "先开工后签约", "started before signed",
              "签约 {value} 晚于实际开工 {start}。请核对两个日期。",
              "Signed {value}, after the start {start}. Check both dates."),
        _kind("completed_before_start", EXPLAIN, "竣工早于开工", "completed before started",
              "实际竣工 {completion} 早于实际开工 {start}。请核对两个日期。",
              "Completion {completion} is before the start {start}. Check both dates."),
        _kind("planned_order", EXPLAIN, "计划竣工早于计划开工", "planned completion before start",
              "计划竣工 {completion} 早于计划开工 {start}。请核对两个日期。",
              "The planned completion {completion} is before the planned start {start}. Check both."),
        _kind("date_in_future", EXPLAIN, "实际日期在未来", "actual date in the future",
              "{heading} {value} 晚于报告期末 {cut_off}，尚未发生。请核对。",
              "{heading} {value} lies after the cut-off date {cut_off}. Check."),
        _kind("promise_moved", EXPLAIN, "计划日期变动未说明", "planned date moved without a word",
              "{heading}由 {before} 改为 {value}，报表中没有说明。请说明改期原因。",
              "{heading} moved from {before} to {value} without a word in the return. Explain."),
        _kind("stage_moved_back", EXPLAIN, "阶段倒退", "stage moved back",
              "项目阶段由“{before}”退回“{value}”。请核对或说明原因。",
              "The stage went back from “{before}” to “{value}”. Check or explain."),
        _kind("stage_without_date", EXPLAIN, "阶段与日期不符", "stage against date",
              "阶段为“{value}”，但没有{heading}。请补上日期或改正阶段。",
              "The stage is “{value}” but there is no {heading}. Add the date or correct the stage."),
        _kind("project_missing", EXPLAIN, "上期有、本期没有", "left out",
              "“{name}”上期在报、尚未竣工，本期没有。请补报，或说明竣工、合并、退出。",
              "“{name}” was reported before, is not completed, and is left out now. Add it or explain."),
        _kind("months_missing", HINT, "中间有月份未报", "months missing between",
              "上一份报表是 {last}，其间 {count} 个月（{months}）没有报表，本期与 {last} 相比。请补报，或核对报告期。",
              "The last return is {last}; {count} months ({months}) have none, and this one is compared with {last}. "
              "Send them, or check the month."),
        _kind("count_differs", EXPLAIN, "分组个数不符", "count differs",
              "“{text}”写明 {stated} 个，表内实有 {counted} 个。请核对。",
              "“{text}” states {stated}, the table holds {counted}. Check."),
        _kind("total_differs", EXPLAIN, "合计数不符", "total differs",
              "合计行的{heading}是 {stated}，逐行相加是 {counted}。请核对。",
              "The total row's {heading} is {stated}, the rows add up to {counted}. Check."),
        _kind("total_not_calculated", HINT, "合计行没有数", "total row without values",
              "合计行是公式但没有保存结果，无法核对合计数。", "The total row is formulas without saved results; not checked."),
        _kind("hidden_read", HINT, "含隐藏内容", "hidden content",
              "有隐藏的{what}（{places}），已照常读取。", "Hidden {what} ({places}) were read like the others."),
        _kind("sheet_skipped", HINT, "未读取的工作表", "sheet not read",
              "工作表“{sheet}”里没有认出数据表，未读取。", "No table was recognised on the sheet “{sheet}”; it was not read."),
        # Permits and land.
        _kind("permit_unclear", EXPLAIN, "手续情况看不懂", "step not understood",
              "“{heading}”写的是“{value}”，看不出已取得、已申报还是未申报，未采用。请写成“已取得”“已申报”“未申报”“无需办理”，或批复日期。",
              "“{heading}” says “{value}”; whether it was granted, applied for or not is not clear, and it was not taken. "
              "Write one of the four words of the form, or the date it was granted."),
        _kind("permit_conflict", EXPLAIN, "一项手续几种说法", "a step said in two ways",
              "“{name}”的“{heading}”各栏说法不一（{cells}），未采用。请核对。",
              "The columns of “{heading}” of “{name}” disagree ({cells}); nothing of it was taken. Check."),
        _kind("permit_step_unknown", EXPLAIN, "手续名称不在词表内", "unknown step",
              "“{value}”不是已知的手续，这一行未读取。请改用：{words}。",
              "“{value}” is no known step; the row was not read. Use one of: {words}."),
        _kind("permit_repeated", EXPLAIN, "同一手续写了两处", "a step said twice",
              "“{name}”的“{heading}”在 {cells} 两处说法不同，以后一处为准。请核对。",
              "“{heading}” of “{name}” is said differently in {cells}; the latter counts. Check."),
        _kind("permit_order", EXPLAIN, "批复早于申报", "granted before applied for",
              "“{heading}”{granted} 批复，早于申报 {applied}。请核对两个日期。",
              "“{heading}” was granted {granted}, before it was applied for {applied}. Check both."),
        _kind("permits_overdue", HINT, "手续过了时限", "steps past their due date",
              "{count} 项手续过了完成时限仍未取得：{cells}。请核对时限或写明进展。",
              "{count} steps are past their due date and not granted: {cells}. Check the due dates or say how far they are."),
        _kind("land_above_applied", EXPLAIN, "已取得用地大于已申请", "more land granted than applied for",
              "已取得用地 {granted} 亩，大于已申请 {applied} 亩。请核对。",
              "{granted} mu were granted and {applied} mu applied for. Check."),
        _kind("land_gap_differs", EXPLAIN, "用地缺口对不上", "land lacking does not follow",
              "用地缺口写的是 {gap} 亩，需用 {wanted} 亩减已取得 {granted} 亩应为 {expected} 亩。请核对。",
              "The land lacking is {gap} mu; {wanted} wanted less {granted} granted make {expected}. Check."),
        # The other ledgers of the office.
        _kind("ledger_no_rows", ERROR, "台账没有内容", "ledger without rows",
              "认出是“{name}”，但表头下没有一行内容。请填写后再报送。",
              "This is the ledger “{name}”, but there is no row under its headings. Fill it in and send again.", blocks=True),
        _kind("ledger_key_missing", ERROR, "缺少名称", "row without its name",
              "这一行有数据但没有填“{heading}”，整行未读取。请补上。",
              "This row has data but no “{heading}” and was not read. Add it."),
        _kind("ledger_repeated", EXPLAIN, "重复列示", "listed twice",
              "“{value}”在本表出现不止一次（{places}），以最后一处为准。请删去重复的一行。",
              "“{value}” stands more than once ({places}); the last one counts. Remove the others."),
        _kind("ledger_not_a_number", ERROR, "不是数字", "not a number",
              "“{heading}”应填数字，现为“{value}”，未采用，按未填计。请改为数字。",
              "“{heading}” must be a number and is “{value}”; it was not taken and counts as not filled in. Write a number."),
        _kind("ledger_negative", ERROR, "数值为负", "negative amount",
              "“{heading}”写的是“{value}”，不应为负数，未采用，按未填计。请改正。",
              "“{heading}” says “{value}” and cannot be negative; it was not taken and counts as not filled in. Correct it."),
        # Several months, bodies or lines in one workbook.
        _kind("tables_of_other_months", HINT, "其他月份的表", "tables of other months",
              "这些表（行）是其他月份的，本期未读取：{tables}。", "These tables or rows are of other months and were not read: {tables}."),
        _kind("month_proposed", EXPLAIN, "报告期需确认", "period to confirm",
              "文件名和表题没有写明本期是哪个月，按表内月份读作 {month}。请确认。",
              "Neither file name nor title says which month this return is for; by the tables it was read as {month}. Confirm."),
        _kind("sheet_month_differs", EXPLAIN, "工作表名是另一个月", "sheet named for another month",
              "工作表名“{sheet}”与报告期 {month} 不一致。请确认表内是本期的数。",
              "The sheet's name “{sheet}” is not of the period {month}. Confirm that its figures are this month's."),
        _kind("tables_of_months_differ", ERROR, "分月的表项目不同", "months list other projects",
              "各表写的月份不同，所列项目也不同，看不出是每月一份还是按月登记：{tables}。请只保留本期的项目清单。",
              "The tables name different months and list different projects: {tables}. Keep this month's list only.", blocks=True),
        _kind("units_disagree", ERROR, "金额单位不一致", "money units disagree",
              "表头“{heading}”没有写单位，表上各处写的单位不一致：{units}。请改成同一个单位，或在表头写明。",
              "“{heading}” states no unit, and the lines of the sheet state different ones: {units}. State one.", blocks=True),
        _kind("both_districts", ERROR, "两个片区合在一起", "both districts together",
              "表内有{counts}项目，没有写明由哪个片区报送。请分片区报送，或在文件名写明报送单位。",
              "The file lists projects of both districts ({counts}) and names no sender. Send one file for each district, or name "
              "the sender in the file name.", blocks=True),
        _kind("body_of_rows", EXPLAIN, "报送单位需确认", "sender to confirm",
              "表题和文件名没有写明报送单位，表内项目都属{body}，按{body}读取。请确认。",
              "Neither title nor file name says whose return this is; all its projects are of {body}. Confirm."),
        _kind("tables_of_other_district", EXPLAIN, "另一片区的表", "tables of the other district",
              "报送单位是{body}，这些表是另一片区的（{count} 个项目），未读取：{tables}。请确认。",
              "The sender is {body}; these tables are of the other district ({count} projects) and were not read: {tables}. Confirm."),
        _kind("rows_of_other_district", EXPLAIN, "另一片区的项目", "projects of the other district",
              "报送单位是{body}，表内 {count} 个项目写明属{other}，未读取：{rows}。请确认，或分片区报送。",
              "The sender is {body}; {count} projects are said to be of {other} and were not read: {rows}. Confirm, or send them apart."),
        _kind("rate_unclear", EXPLAIN, "百分数看不出大小", "share not told apart",
              "“{heading}”写的是“{value}”，看不出是 {low} 还是 {high}。该值未采用，沿用上次的值。请写成带 % 的数。",
              "“{heading}” says “{value}”, which may be {low} or {high}. The value was not taken; the last accepted one stays. "
              "Write it with a % sign."),
        _kind("amounts_continued", EXPLAIN, "续行里另有金额", "amounts in a continued row",
              "这一行与上一个项目合用名称，另填了金额（{amounts}），没有计入。请合成一行，或另写项目名称。",
              "This row shares the name of the project above and states amounts of its own ({amounts}), which were not counted. "
              "Put them in one row, or name the row."),
        _kind("number_in_words", HINT, "数字里有文字", "number with words",
              "“{heading}”写的是“{value}”，按 {read} 读取。请核对。", "“{heading}” says “{value}” and was read as {read}. Check."),
        _kind("list_turned", HINT, "清单横排", "list on its side",
              "清单是横排的（一个项目一列），已按横排读取。", "The list lies on its side, a column for each project, and was read so."),
        _kind("plan_rows", HINT, "计划与实际分两行", "plan and actual in two rows",
              "{count} 个项目的计划与实际分两行填报：完成数按“实际”行读取；“计划”行读入：{read}，未读入：{left}。",
              "{count} projects have a row of plan and a row of actual: what is done was read from the actual; of the plan was "
              "read: {read}; not read: {left}."),
        _kind("plan_rows_unclear", ERROR, "计划行与实际行对不上", "rows of plan and actual do not match",
              "“计划”与“实际”分行填报，但从这一行起对不上。请使每个项目都是一行计划、一行实际。",
              "Plan and actual stand in rows of their own, but from this row on they do not match. Give each project one of each.",
              blocks=True),
    )
}  # fmt: skip


# A heading of ours inside an English sentence; a heading as typed stays as it was typed.
ENGLISH_HEADINGS = {field.heading: field.english for field in (*LEDGER_FIELDS.values(), *PROJECT_FIELDS)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one place. ``cell`` may be empty (the whole sheet); ``value`` is the text as typed."""

    code: str
    sheet: str = ""
    cell: str = ""
    field: str = ""
    value: str = ""
    details: tuple[tuple[str, str], ...] = ()
    project_id: str = ""

    @property
    def kind(self) -> FindingKind:
        return KINDS[self.code]

    @property
    def level(self) -> str:
        return self.kind.level

    @property
    def key(self) -> str:
        """What makes two findings of one workbook the same: under it a person's reason is kept."""
        return "\n".join((self.code, self.sheet, self.cell, self.field, self.project_id))

    @property
    def is_mendable(self) -> bool:
        """Whether the office may mend the cell on the screen: a value of a project or of its steps, neither name nor code."""
        is_of_column = self.code.startswith(OF_COLUMNS)
        is_value = self.field in PROJECT_FIELD or self.field in LEDGER_FIELDS or is_of_ledger(self.field)
        return bool(self.cell) and is_value and self.field not in NOT_MENDED and not is_of_column

    def message(self, language: str = "zh") -> str:
        """The sentence for the sender, in Chinese or English."""
        if language == "zh":
            return self.kind.message.format_map({"sheet": self.sheet, "value": self.value, **dict(self.details)})
        details = {name: ENGLISH_HEADINGS.get(text) or english_heading(text) or text for name, text in self.details}
        return self.kind.message_en.format_map({"sheet": self.sheet, "value": self.value, **details})


def finding(code: str, *, sheet: str = "", cell: str = "", field: str = "", value: object = "",
            project_id: str = "", **details: object) -> Finding:  # fmt: skip
    """Make a finding; KeyError for a code that is not declared."""
    texts = tuple((key, str(text)) for key, text in details.items())
    return Finding(KINDS[code].code, sheet, cell, field, "" if value is None else str(value), texts, project_id)
