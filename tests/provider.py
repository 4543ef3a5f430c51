"""An OIDC provider on this machine, and the settings by which a served dashboard lets it sign people in."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from browser import Program, free_port, wait_until_idle
from playwright.sync_api import Page


class Provider(Program):
    """oidc-provider-mock on a free port; it signs in whoever types a name. Use it in a `with` statement."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self.log_path = folder / "provider.log"
        self.metadata = f"http://127.0.0.1:{self.port}/.well-known/openid-configuration"

    def settings(self, url: str, secret: str) -> dict[str, str]:
        """What a server at ``url`` is started with so that this provider signs people in."""
        path = self.folder / "secrets.toml"
        lines = {
            "redirect_uri": f"{url}/oauth2callback",
            "cookie_secret": secret,
            "client_id": "monitor",
            "client_secret": "any",
            "server_metadata_url": self.metadata,
        }
        path.write_text("\n".join(["[auth]", *(f'{name} = "{value}"' for name, value in lines.items())]), encoding="utf-8")
        return {"STREAMLIT_SECRETS_FILES": str(path), "STREAMLIT_SERVER_COOKIE_SECRET": secret}

    def _start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _wait_until_open(self) -> None:
        for _ in range(150):
            try:
                with urlopen(self.metadata, timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"no answer from the provider:\n{self.log()}")


def by_provider(page: Page, name: str) -> None:
    """From the button of ours over the provider's form back to the page."""
    page.get_by_role("button", name="登录").click()
    page.get_by_placeholder("sub").fill(name)
    page.get_by_role("button", name="Authorize").click()
    wait_until_idle(page)
