"""What permits and progress in words tell of the nodes: done, not done, or nothing."""

from __future__ import annotations

import pytest

from domain.node_words import nodes_of_permits, nodes_of_progress

R, L, V, W = "registration", "land_supply", "environmental_approval", "construction_permit"
M, E, P = "main_structure", "equipment", "production"
PERMITS = [
    ("备案√ 环评√ 施工许可√", {R: True, V: True, W: True}),
    ("备案√ 环评办理中 施工许可×", {R: True, V: False, W: False}),
    ("备案√环评×施工许可√", {R: True, V: False, W: True}),
    ("已备案、环评批复、施工许可证已办", {R: True, V: True, W: True}),
    ("施工许可证办理完毕", {W: True}),
    ("环评批复办理中", {V: False}),
    ("环评报告编制完成", {V: False}),
    ("已取得土地证，环评待审批", {L: True, V: False}),
    ("不动产权证已办理", {L: True}),
    ("土地已摘牌", {L: True}),
    ("土地平整已完成", {}),
    ("用地规划许可证已取得", {}),
    ("消防备案√", {}),
    ("环评备案已完成", {V: True}),
    ("无需环评", {}),
    ("备案", {}),
    ("", {}),
]
PROGRESS = [
    ("项目备案中", {R: False}),
    ("环评能评编制", {V: False}),
    ("办理用地手续", {L: False}),
    ("方案设计", {}),
    ("已签约,正在注册公司", {}),
    ("场地平整,桩基施工", {M: False}),
    ("主体施工,完成总工程量33%", {M: False}),
    ("基础施工完成总工程量19%", {M: False}),
    ("主体施工完成50%", {M: False}),
    ("桩基施工完成,主体封顶", {M: True, E: False}),
    ("桩基施工完成", {}),
    ("厂房主体封顶", {M: True, E: False}),
    ("厂房装修,设备采购,完成总工程量59%", {M: True, E: False}),
    ("1#厂房封顶,2#厂房主体施工", {M: False, E: False}),
    ("设备安装,完成总工程量72%", {M: True, E: False}),
    ("安装调试", {M: True, E: False}),
    ("设备安装已完成", {M: True, E: True, P: False}),
    ("设备调试,完成总工程量90%", {M: True, E: True, P: False}),
    ("已竣工,正在调试", {M: True, E: True, P: False}),
    ("试投产", {M: True, E: True, P: False}),
    ("部分投产", {P: False}),
    ("已竣工投产", {M: True, E: True, P: True}),
    ("投产", {M: True, E: True, P: True}),
    ("即将投产", {}),
    ("具备投产条件", {}),
    ("预计6月封顶", {}),
    ("未封顶", {}),
    ("基础设施配套", {}),
]


@pytest.mark.parametrize(("text", "expected"), PERMITS)
def test_permits_by_their_signs(text: str, expected: dict[str, bool]) -> None:
    """A mark or a word behind the permit's name; both signs or a step on the way is not granted; no sign tells nothing."""
    assert nodes_of_permits(text) == expected


@pytest.mark.parametrize(("text", "expected"), PROGRESS)
def test_progress_by_its_steps(text: str, expected: dict[str, bool]) -> None:
    """A step says that those before it are done and those after it are not; what is promised or denied tells nothing."""
    assert nodes_of_progress(text) == expected
