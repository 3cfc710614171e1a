"""The provider's process with what a browser does on its page."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import requests

CLIENT_ID, CLIENT_SECRET = "nazar", "client-secret-of-nazar"


PERSON = {"sub": "f3b1", "preferred_username": "zeynep", "name": "Zeynep Çelik"}


class ProviderProcess:
    """See `real_provider.py`."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("real_provider.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
        )
        self.address = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def order(self, **values):
        self._process.stdin.write(json.dumps(values) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "ok\n"

    def visit(self, url):
        """Follow `url` to the provider's page and back: the query it sends the browser back with."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(url, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        where = urlsplit(answer.headers["location"])
        return dict(parse_qsl(where.query))

    def stop(self):
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(20)
        self._process.stdout.close()
