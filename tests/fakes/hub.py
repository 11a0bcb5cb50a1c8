"""A model hub on loopback, as huggingface.co's library speaks to it: listing, HEAD, GET, ranges."""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "c0ffee" * 6 + "cafe"


@dataclass
class Hub:
    """What the hub holds and what it was asked."""

    #: "owner/name" → path → content.
    repositories: Mapping[str, Mapping[str, bytes]]
    #: Repositories that ask for an agreement.
    gated: set[str] = field(default_factory=set)
    #: Paths whose first answer breaks off half-way, once.
    broken: set[str] = field(default_factory=set)
    #: Paths that are sent with other bytes than listed.
    forged: set[str] = field(default_factory=set)
    #: "GET path" and the range asked for, in order.
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    #: What `main` is.
    commit: str = COMMIT
    #: Commit → what the repositories held then.
    older: Mapping[str, Mapping[str, Mapping[str, bytes]]] = field(default_factory=dict)
    address: str = ""

    def at(self, commit: str) -> Mapping[str, Mapping[str, bytes]]:
        """What the repositories hold at a commit."""
        return self.repositories if commit == self.commit else self.older.get(commit, {})


@contextmanager
def a_hub(hub: Hub) -> Iterator[Hub]:
    """Serve the hub on a free port of loopback."""

    class Handler(_Handler):
        here = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    here: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/api/models/"):
            owner, name, *named = path.removeprefix("/api/models/").split("/")
            revision = named[1] if named[:1] == ["revision"] else "main"
            self._list(f"{owner}/{name}", self.here.commit if revision == "main" else revision)
            return
        owner, _, rest = path.removeprefix("/").partition("/")
        name, _, rest = rest.partition("/resolve/")
        commit, _, rest = rest.partition("/")
        content = self.here.at(commit).get(f"{owner}/{name}", {}).get(rest)
        if content is None:
            self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        self._file(rest, content, commit, body=body)

    def _list(self, repository: str, commit: str) -> None:
        if repository not in self.here.at(commit):
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
            return
        if repository in self.here.gated:
            self._send(403, b"{}", {"X-Error-Code": "GatedRepo"})
            return
        siblings = []
        for path, content in self.here.at(commit)[repository].items():
            entry: dict[str, object] = {"rfilename": path, "size": len(content), "blobId": "0"}
            if path.endswith(".safetensors"):
                entry["lfs"] = {"sha256": _sha256(content), "size": len(content), "pointerSize": 1}
            siblings.append(entry)
        shown = {"id": repository, "sha": commit, "siblings": siblings, "private": False}
        self._send(200, json.dumps(shown).encode(), {"Content-Type": "application/json"})

    def _file(self, path: str, content: bytes, commit: str, *, body: bool) -> None:
        asked = self.headers.get("Range")
        headers = {
            "ETag": f'"{_sha256(content)}"',
            "X-Repo-Commit": commit,
            "X-Linked-Size": str(len(content)),
            "Accept-Ranges": "bytes",
        }
        if not body:
            self._send(200, content, headers, body=False)
            return
        self.here.asked.append((path, asked))
        if path in self.here.forged:
            content = bytes(len(content))
        if path in self.here.broken:
            self.here.broken.discard(path)
            self._send(200, content, headers, cut=len(content) // 2)
            return
        if asked:
            start = int(asked.removeprefix("bytes=").split("-")[0])
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            self._send(206, content[start:], headers)
            return
        self._send(200, content, headers)

    def _send(
        self, status: int, content: bytes, headers: Mapping[str, str], *, body: bool = True,
        cut: int | None = None,
    ) -> None:  # fmt: skip
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content[:cut])
        if cut is not None:
            self.wfile.flush()
            self.connection.close()
            self.close_connection = True


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
