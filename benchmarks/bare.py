"""The bare counterpart of a page: a script that draws the same frame, texts, charts, tables and selectors from ready values.

A page is run once with Streamlit's drawing functions watched; what they were given is kept, and the bare script gives
it to them again: no query, no rule, no text of ours is left in it. Charts are given as ready dicts, as an app would
that keeps what it draws; the links of the menu as addresses, since the bare script has one page.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

DRAWN = ("html", "plotly_chart", "dataframe", "selectbox", "segmented_control", "multiselect", "text_input", "button", "text_area",
         "date_input", "caption", "page_link")  # fmt: skip
# What binds a widget to our code or to the page around it.
LEFT_OUT = ("on_change", "on_click", "args", "kwargs", "format_func")
SCRIPT = """
import gc
import pickle
import streamlit as st

@st.cache_resource
def calls():
    with open({path!r}, "rb") as file:
        found = pickle.load(file)
    gc.collect()
    gc.freeze()  # as our server does: Streamlit collects garbage after each run, which alone takes longer than a page
    return found

st.set_page_config(layout="wide")
for name, arguments, more in calls():
    getattr(st, name)(*arguments, **more)
"""
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def write_bare_page(page: str, query: dict[str, str], database: Path, folder: Path) -> Path:
    """Run a page of the dashboard on a database and write the script that draws the same."""
    os.environ["MONITOR_DATABASE"] = str(database)
    calls: list[Call] = []
    begin = PagesManager.__init__
    originals = {name: getattr(DeltaGenerator, name) for name in DRAWN}
    modules = {name: getattr(st, name) for name in DRAWN}
    try:
        PagesManager.__init__ = partialmethod(_begin_framed, begin)  # type: ignore[method-assign, assignment]
        for name in DRAWN:
            setattr(DeltaGenerator, name, _watched(name, originals[name], calls))
            setattr(st, name, _watched(name, modules[name], calls, is_bound=True))
        app = AppTest.from_file(str(Path(__file__).parent.parent / "app.py"), default_timeout=300)
        app.query_params.update(query)
        app._page_hash = calc_hash(page)
        app.run()
    finally:
        PagesManager.__init__ = begin  # type: ignore[method-assign]
        for name in DRAWN:
            setattr(DeltaGenerator, name, originals[name])
            setattr(st, name, modules[name])
        st.cache_resource.clear()
    if app.exception or "page_link" not in {name for name, _, _ in calls}:
        raise RuntimeError(f"the page {page!r} drew nothing: {app.exception}")
    data, script = folder / f"{page or 'overview'}.pickle", folder / f"{page or 'overview'}.py"
    data.write_bytes(pickle.dumps(calls))
    script.write_text(SCRIPT.format(path=str(data)), encoding="utf-8")
    return script


def _begin_framed(manager: PagesManager, begin: Callable[..., None], *arguments: Any, **more: Any) -> None:
    """As server.py has it: else a page that is asked for first would be run without the frame around it."""
    begin(manager, *arguments, **more)
    PagesManager.uses_pages_directory = False


def _watched(name: str, draw: Callable[..., Any], calls: list[Call], *, is_bound: bool = False) -> Callable[..., Any]:
    def watched(*arguments: Any, **more: Any) -> Any:
        calls.append((name, *_kept(arguments if is_bound else arguments[1:], more)))
        return draw(*arguments, **more)

    return watched


def _kept(arguments: tuple[Any, ...], more: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments without our functions; a selector's options as the texts that it showed."""
    kept = {name: value for name, value in more.items() if name not in LEFT_OUT}
    if "format_func" in more:
        arguments = (arguments[0], [more["format_func"](option) for option in arguments[1]])
    return tuple(_ready(each) for each in arguments), kept


def _ready(argument: Any) -> Any:
    if isinstance(argument, Figure):
        return argument.to_dict()
    return f"https://monitor.example/{argument.url_path}" if isinstance(argument, st.Page) else argument
