"""Native charts of a slide, to be edited as any chart: bars against targets, the year's courses, parts of a whole.

The workbook within each chart is written here, since that of python-pptx takes a name like “=1+1” as a formula.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from domain.meeting import Bullet, MonthCourse, SegmentBar
from domain.number_texts import number
from reports.meeting.safe_text import xml_text
from reports.meeting.slide_parts import Box, Canvas, places, rgb

# (name, a value for each category); two may have one name.
Series = list[tuple[str, list[float | None]]]
MONTHS = range(1, 13)
# A figure stands beside its point where there is room before the year ends: up to October.
LAST_BESIDE = 9
# The bars' axis ends a little beyond the target, in percent of it.
BAR_END = 108.0
SMALL, LABEL = 11, 14
# Room between the grounds, and between the bars in front of them, in percent of their height.
GROUND_GAP, FRONT_GAP = 45, 190
SECOND_AXES = (7001, 7002)
INNER_ALL = (
    f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/><c:xMode val='edge'/><c:yMode val='edge'/>"
    "<c:x val='0'/><c:y val='0'/><c:w val='1'/><c:h val='1'/></c:manualLayout></c:layout>"
)


def add_chart(canvas: Canvas, box: Box, kind: Any, categories: Sequence[str], series: Series) -> Any:
    """A chart of named series over categories; a missing value stays empty in chart and workbook."""
    names = [xml_text(name) for name in categories]
    chart_data = CategoryChartData()
    chart_data.categories = names
    for name, values in series:
        chart_data.add_series(xml_text(name), values)
    chart = canvas.slide.shapes.add_chart(kind, *places(box), chart_data).chart
    chart.part.chart_workbook.update_from_xlsx_blob(chart_workbook(names, series))
    chart.has_title = False
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = rgb(canvas.palette.text)
    return chart


def chart_workbook(categories: Sequence[str], series: Series) -> bytes:
    """The workbook behind a chart, where its references look: categories below A1, a series in each column after."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Sheet1")
    for row, name in enumerate(categories, 1):
        sheet.write_string(row, 0, name)
    for column, (name, values) in enumerate(series, 1):
        sheet.write_string(0, column, xml_text(name))
        for row, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return buffer.getvalue()


def add_bullets(canvas: Canvas, box: Box, bullets: Sequence[Bullet]) -> None:
    """Bars of the share done, one in each band of the box, on the share due by now and the whole target as grounds."""
    shares = [_share(bullet) for bullet in bullets]
    end = max([BAR_END, *(share * 1.05 for share in shares if share is not None)])
    series: Series = [
        (canvas.say("slide.target"), [100.0 if bullet.target else None for bullet in bullets]),
        (canvas.say("slide.time"), [bullet.time_share * 100 if bullet.target else None for bullet in bullets]),
        (canvas.say("slide.share"), shares),
    ]
    chart = add_chart(canvas, box, XL_CHART_TYPE.BAR_CLUSTERED, [bullet.label for bullet in bullets], series)
    chart.has_legend = False
    target, time, done = chart.plots[0].series
    for ground, colour in zip((target, time), canvas.bar_grounds, strict=True):
        _fill(ground.format.fill, colour)
    for at, bullet in enumerate(bullets):
        _fill(done.points[at].format.fill, canvas.grade_colour(bullet.grade))
    _plain_axes(chart, end)
    _last_in_front(chart)
    _fill_box(chart)


def _share(bullet: Bullet) -> float | None:
    """Done of the target in percent, None where there is nothing to show."""
    return bullet.done / bullet.target * 100 if bullet.target and bullet.done is not None else None


def _plain_axes(chart: Any, end: float) -> None:
    """From 0 to the end without lines and labels, the first category on top."""
    chart.category_axis.reverse_order = True
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, end
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = chart.category_axis.visible = False


def _last_in_front(chart: Any) -> None:
    """The last series on axes of its own, the same ones, so that its bars are thinner than those that they lie on."""
    chart.plots[0].overlap, chart.plots[0].gap_width = 100, GROUND_GAP
    area = chart._chartSpace.chart.plotArea
    grounds = area.find(qn("c:barChart"))
    front = copy.deepcopy(grounds)
    front.find(qn("c:gapWidth")).set("val", str(FRONT_GAP))
    grounds.remove(grounds.findall(qn("c:ser"))[-1])
    for series in front.findall(qn("c:ser"))[:-1]:
        front.remove(series)
    grounds.addnext(front)
    for place, own in zip(front.findall(qn("c:axId")), SECOND_AXES, strict=True):
        place.set("val", str(own))
    for name, own, other in (("c:catAx", *SECOND_AXES), ("c:valAx", *SECOND_AXES[::-1])):
        axis = copy.deepcopy(area.find(qn(name)))
        axis.find(qn("c:axId")).set("val", str(own))
        axis.find(qn("c:crossAx")).set("val", str(other))
        area.findall(qn("c:valAx"))[-1].addnext(axis)


def _fill_box(chart: Any) -> None:
    """The plot fills the chart's frame, so that its bands are the rows of the table beneath."""
    area = chart._chartSpace.chart.plotArea
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    area.insert(0, parse_xml(INNER_ALL))


def _fill(fill: Any, colour: str | None) -> None:
    """A plain colour, or none at all."""
    if colour is None:
        fill.background()
        return
    fill.solid()
    fill.fore_color.rgb = rgb(colour)


def add_course(canvas: Canvas, box: Box, course: MonthCourse) -> None:
    """The year's line against the straight line to its target; a month without a return is a gap."""
    given = dict(course.points)
    done = [given.get(month) for month in MONTHS]
    series: Series = [(canvas.say("slide.done"), done)]
    if course.target:
        series.append((canvas.say("slide.straight"), [course.target * month / 12 for month in MONTHS]))
    chart = add_chart(canvas, box, XL_CHART_TYPE.LINE, [str(month) for month in MONTHS], series)
    chart.has_legend = False
    _course_axes(canvas, chart, course)
    _line(chart.plots[0].series[0], canvas.palette.ink, 2.5)
    _end_label(canvas, chart.plots[0].series[0], done, course)
    if course.target:
        straight = chart.plots[0].series[1]
        _line(straight, canvas.palette.quiet, 1.5)
        straight.format.line.dash_style = MSO_LINE.DASH
        _point_label(
            canvas, straight, 11, number(course.target, course.decimals if course.target % 1 else 0), is_done=False
        )


def _course_axes(canvas: Canvas, chart: Any, course: MonthCourse) -> None:
    known = [value for _, value in course.points if value is not None]
    values, months = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = 0, max([*known, course.target or 0, 1]) * 1.25
    values.has_major_gridlines, values.visible = False, False
    months.format.line.color.rgb = rgb(canvas.palette.line)
    months.tick_labels.font.size = Pt(SMALL)
    months.tick_labels.font.color.rgb = rgb(canvas.palette.text)


def _line(series: Any, colour: str, points: float) -> None:
    series.smooth = False
    series.format.line.width = Pt(points)
    series.format.line.color.rgb = rgb(colour)
    series.marker.style = None
    series.marker.format.fill.background()
    series.marker.size = 2


def _end_label(canvas: Canvas, series: Any, done: list[float | None], course: MonthCourse) -> None:
    """The newest figure beside its point."""
    at = max((at for at, value in enumerate(done) if value is not None), default=None)
    if at is not None:
        _point_label(canvas, series, at, number(done[at], course.decimals), is_done=True)


def _point_label(canvas: Canvas, series: Any, at: int, text: str, *, is_done: bool) -> None:
    label = series.points[at].data_label
    if is_done:
        label.position = XL_LABEL_POSITION.BELOW if at > LAST_BESIDE else XL_LABEL_POSITION.RIGHT
    else:
        label.position = XL_LABEL_POSITION.ABOVE
    paragraph = label.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(LABEL if is_done else SMALL), is_done
    run.font.color.rgb = rgb(canvas.palette.ink if is_done else canvas.palette.text)


def add_segments(canvas: Canvas, box: Box, bar: SegmentBar) -> None:
    """One bar in parts, the number of each in it and their names below."""
    shown = [part for part in bar.segments if part.value]
    series: Series = [(part.label, [part.value]) for part in shown]
    chart = add_chart(canvas, box, XL_CHART_TYPE.BAR_STACKED, [bar.label], series)
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.legend.font.size = Pt(SMALL + 2)
    chart.legend.font.color.rgb = rgb(canvas.palette.text)
    chart.plots[0].gap_width = 20
    _plain_axes(chart, sum(part.value for part in shown))
    for part, series_drawn in zip(shown, chart.plots[0].series, strict=True):
        colour = canvas.tone_colour(part.tone)
        _fill(series_drawn.format.fill, colour)
        labels = series_drawn.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = True, "#,##0", False
        labels.font.size, labels.font.bold = Pt(LABEL), True
        labels.font.color.rgb = rgb(text_on(colour))


def text_on(colour: str) -> str:
    """White or dark, whichever stands out more on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#14263D" if 0.299 * red + 0.587 * green + 0.114 * blue > 145 else "#FFFFFF"
