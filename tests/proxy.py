"""The real nginx before a served dashboard, set up by deploy/nginx.conf with only ports and paths filled in."""

from __future__ import annotations

import datetime
import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Self

from browser import ROOT, Program, free_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SHIPPED = ROOT / "deploy" / "nginx.conf"
HOST = "monitor.example.gov.cn"
NGINX_NAMES = ("nginx", "/usr/sbin/nginx", str(ROOT / "build" / "nginx" / "usr" / "sbin" / "nginx"))
# What Debian's nginx.conf says around the file; the folders are those of the test.
FRAME = """
{user}
daemon off;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    types {{ text/html html; application/javascript js; }}
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    include {folder}/monitor.conf;
}}
"""


def find_nginx() -> str | None:
    """The nginx that $NGINX names, or one in its usual places; scripts/find_nginx.sh also unpacks one."""
    found = (shutil.which(name) for name in (os.environ.get("NGINX", ""), *NGINX_NAMES) if name)
    return next((path for path in found if path), None)


@dataclass(frozen=True)
class Answer:
    """What came back: the state, each header with all its values by lower-case name, the body."""

    state: int
    headers: Mapping[str, list[str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The one value of a header, or None; a header that is sent twice is an error of the proxy."""
        values = self.headers.get(name.lower(), [])
        assert len(values) <= 1, f"{name} is sent {len(values)} times: {values}"
        return values[0] if values else None


class Proxy(Program):
    """nginx on free ports of this machine before a server on ``port``; use it in a `with` statement.

    ``edit`` changes the shipped text as README tells an office to. Browsers come by ``url``, with ``browser_arguments``.
    """

    url = f"https://{HOST}"

    def __init__(self, port: int, folder: Path, edit: Callable[[str], str] = str) -> None:
        self.folder, self.tls, self.plain = folder, free_port(), free_port()
        folder.mkdir(parents=True, exist_ok=True)
        write_certificate(folder)
        text = filled(edit(SHIPPED.read_text(encoding="utf-8")), port, self.tls, self.plain, folder)
        (folder / "monitor.conf").write_text(text, encoding="utf-8")
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(FRAME.format(user=user, folder=folder), encoding="utf-8")
        self.log_path = folder / "nginx.log"

    @property
    def browser_arguments(self) -> list[str]:
        """The name and the ports of an office lead to the ports of this test."""
        rules = f"MAP {HOST}:443 127.0.0.1:{self.tls}, MAP {HOST}:80 127.0.0.1:{self.plain}"
        return [f"--host-resolver-rules={rules}", "--ignore-certificate-errors"]

    def _start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [find_nginx() or "nginx", "-p", str(self.folder), "-e", "stderr", "-c", str(self.folder / "nginx.conf")]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def connect(self, *, name: str | None = HOST, is_plain: bool = False) -> socket.socket:
        """A connection as a browser makes it that was told ``name``; its certificate is the test's own."""
        bare = socket.create_connection(("127.0.0.1", self.plain if is_plain else self.tls), timeout=60)
        if is_plain:
            return bare
        trusting = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        trusting.check_hostname = name is not None
        return trusting.wrap_socket(bare, server_hostname=name)

    def ask(
        self, path: str, method: str = "GET", *, host: str = HOST, is_plain: bool = False, body: bytes | None = None, **headers: str
    ) -> Answer:
        """One request; an underscore in the name of a header stands for a hyphen."""
        link = http.client.HTTPConnection("127.0.0.1")
        link.sock = self.connect(is_plain=is_plain)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, body=body, headers={"Host": host, **named})
            got = link.getresponse()
            values: dict[str, list[str]] = {}
            for name, value in got.getheaders():
                values.setdefault(name.lower(), []).append(value)
            return Answer(got.status, values, got.read())
        finally:
            link.close()

    def ask_for_socket(self, *, host: str = HOST, cookie: str = "", origin: str | None = f"https://{HOST}") -> int:
        """The state with which the handshake of a page's connection is answered: 101 where it is let in."""
        headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
        headers |= {"Sec_WebSocket_Protocol": "streamlit", "Cookie": cookie} | ({"Origin": origin} if origin else {})
        return self.ask("/_stcore/stream", host=host, **headers).state

    def _wait_until_open(self) -> None:
        for _ in range(300):
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"nginx ended while starting:\n{self.log()}")
            try:
                self.connect(is_plain=True).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"nginx does not listen:\n{self.log()}")


def filled(text: str, port: int, tls: int, plain: int, folder: Path) -> str:
    """The shipped configuration with this machine's ports and paths; each must have its place."""
    for pattern, replacement in (
        (r"127\.0\.0\.1:8501", f"127.0.0.1:{port}"),
        (r"listen 443 ", f"listen 127.0.0.1:{tls} "),
        (r"listen 80\b", f"listen 127.0.0.1:{plain}"),
        (r"/etc/nginx/monitor/", f"{folder}/"),
    ):
        text, count = re.subn(pattern, replacement, text)
        assert count, f"deploy/nginx.conf has no {pattern}"
    return text


def write_certificate(folder: Path) -> None:
    """A key and a certificate that signs itself, for HOST, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(own)


class Echo:
    """A server that answers with the headers it was sent, as JSON, and sets a cookie of each kind."""

    cookies = ("_streamlit_xsrf=1; Path=/", "_streamlit_user=2; HttpOnly; Path=/; SameSite=Lax", "monitor_session=3; HttpOnly; Path=/; SameSite=lax")

    def __enter__(self) -> Self:
        cookies = self.cookies

        class Echoing(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                said = json.dumps([[name.lower(), value] for name, value in self.headers.items()]).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.send_header("X-Frame-Options", "DENY")
                for cookie in cookies:
                    self.send_header("Set-Cookie", cookie)
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Echoing)
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
