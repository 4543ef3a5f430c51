"""What words of progress say of the stage, and what they do not say."""

from __future__ import annotations

import pytest

from domain.progress_words import COMPLETED, NOT_STARTED, STARTED, STOPPED, said_of_stage

# text, what it says of the stage
TABLE: list[tuple[str, set[str]]] = [
    ("竣工验收", {COMPLETED}),
    ("已通过竣工验收", {COMPLETED}),
    ("项目已竣工", {COMPLETED}),
    ("已竣工,正在调试", {COMPLETED}),
    ("已竣工投产", {COMPLETED}),
    ("已建成，正式投产", {COMPLETED}),
    ("全部建成", {COMPLETED}),
    ("尚未开工", {NOT_STARTED}),
    ("因拆迁滞后，至今未开工", {NOT_STARTED}),
    ("施工单位未进场", {NOT_STARTED}),
    ("未能按期开工", {NOT_STARTED}),
    ("受环保影响已停工", {STOPPED}),
    ("项目暂停施工", {STOPPED}),
    ("企业缓建", {STOPPED}),
    ("已进场施工", {STARTED}),
    ("场地平整,桩基施工", {STARTED}),
    ("厂房主体封顶", {STARTED}),
    ("主体施工，完成总工程量40%", {STARTED}),
    ("设备安装", {STARTED}),
    # Near misses: promised, prepared, denied, or of a part.
    ("预计12月竣工验收", set()),
    ("计划年底竣工", set()),
    ("力争6月建成投产", set()),
    ("准备竣工验收", set()),
    ("正在办理竣工验收", set()),
    ("竣工验收资料整理", set()),
    ("具备竣工验收条件", set()),
    ("尚未竣工验收", set()),
    ("预验收已完成", set()),
    ("一期已建成，二期前期工作", set()),
    ("二期已竣工", set()),
    ("先导工程部分竣工验收,游客服务中心消防改造进场", set()),
    ("滨海段基本建成,响水段待土地解押", set()),
    ("预验收已完成,专业验收结束,正在推进地方验收", set()),
    ("基本建成", set()),
    ("厂房已竣工", set()),
    ("已试投产", set()),
    ("即将完成", set()),
    ("设备未进场", set()),
    ("二期未开工", set()),
    ("厂房主体未施工", set()),
    ("拟于9月开工", set()),
    ("准备开工", set()),
    ("未停工", set()),
    ("避免停工", set()),
    ("停工整改已完成，恢复施工", set()),
    ("春节期间停工，现已复工", set()),
    ("停电检修", set()),
    ("场地平整", set()),
    ("桩基检测方案编制", set()),
    ("主体施工招标", set()),
    ("设备采购", set()),
    ("环评能评编制", set()),
    ("办理用地手续", set()),
    ("已签约,正在注册公司", set()),
    ("按计划推进", set()),
    ("", set()),
    # What contradicts itself says nothing.
    ("尚未开工，桩基施工", set()),
    ("未开工，已竣工", set()),
]


@pytest.mark.parametrize(("text", "said"), TABLE)
def test_words_say_the_stage(text: str, said: set[str]) -> None:
    """A clause that promises, denies or speaks of a part says nothing of the project."""
    assert said_of_stage(text) == said
