"""A visitor without a browser: speaks Streamlit's own protocol and times a run of a page from asking to its end."""

from __future__ import annotations

import socket
import time
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect


class Visitor:
    """One open session of a served dashboard; use it in a `with` statement."""

    def __init__(self, url: str) -> None:
        self._socket_url = url.replace("http://", "ws://") + "/_stcore/stream"
        self._origin = url

    def __enter__(self) -> Self:
        self._socket = connect(self._socket_url, subprotocols=["streamlit"], origin=self._origin, max_size=None)  # type: ignore[list-item, arg-type]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def run(self, page: str = "", query: str = "") -> float:
        """Seconds from asking for a run of a page until its last message has come. Raises RuntimeError if it fails."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = calc_hash(page)
        asked.rerun_script.page_name = page
        start = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        while True:
            # The bare page is served by Streamlit as it is, which waits for acknowledgements; Linux gives them late.
            self._socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            message = ForwardMsg.FromString(self._socket.recv())
            if message.HasField("delta") and message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.message)
            if message.WhichOneof("type") == "script_finished":
                return time.perf_counter() - start
