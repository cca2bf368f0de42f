"""Kills the portal under load, again and again: no acknowledged write may be lost, and the index must catch up in five seconds.

Keys: `lost`, `acknowledged`, `kills`, `index_lag_s` (the longest time until index and database were equal after a restart),
`start_s` (the longest start).
"""

import argparse
import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.corpus import a_portal
from bench.harness import write_json
from bench.pages import cookie
from portal.accounts.actions import open_session
from portal.accounts.models import User
from portal.kernel.db import Database, transaction
from portal.listings.models import Listing
from portal.search.engine.errors import IndexBroken
from portal.search.engine.index import WhooshIndex
from portal.search.indexing import differences
from portal.threads.models import Message

_LAG_BAR = 5.0
_PATIENCE = 180  # seconds
_SERVER = """
import sys
from pathlib import Path
from portal.app import create_app, serve_embedded
from portal.kernel.settings import Settings
folder, port, address = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
app = create_app(
    Settings(
        instance=folder,
        database_url=address,
        secret_key="for measuring",
        durable=True,
        rate_limits=False,
        require_second_factor=False,
    )
)
serve_embedded(app, "127.0.0.1", port)
"""


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as one flat object")
    parser.add_argument("--kills", type=int, default=20, help="how often the server is killed")
    parser.add_argument("--database", default="", metavar="URL", help="an empty PostgreSQL database; else SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="causeway-durability-") as name:
        figures = run(Path(name), options.kills, options.database)
    fine = figures["lost"] == 0 and figures["index_lag_s"] <= _LAG_BAR
    print(
        f"{figures['kills']:.0f} kills, {figures['acknowledged']:.0f} acknowledged writes, {figures['lost']:.0f} lost, "
        f"started within {figures['start_s']:.1f} s, index equal within {figures['index_lag_s']:.1f} s"
        f"{'' if fine else '  EXCEEDED'}"
    )
    if options.json:
        write_json(options.json, figures)
    return fine


def run(folder: Path, kills: int, address: str = "") -> dict[str, float]:
    """Write and kill in turn; count what was acknowledged and is not there, and how long the index lags."""
    app = a_portal(folder, durable=True, address=address)
    database: Database = app.extensions["database"]
    with database.writing() as session, transaction(session):
        account = session.scalars(select(User).where(User.email.startswith("helena@"))).one()
        who = cookie(app, open_session(session, account))
        listing = session.scalars(select(Listing).where(Listing.title.startswith("Predict pump"))).one().href
    acknowledged: list[str] = []
    lag = start = 0.0
    for number in range(kills):
        port = free_port()
        command = [sys.executable, "-W", "ignore", "-c", _SERVER, str(folder), str(port), address]
        server = subprocess.Popen(command, start_new_session=True)
        start = max(start, seconds_until_answers(server, port))
        lag = max(lag, seconds_until_equal(app, database))
        print(f"\r{number} of {kills} kills", end="", file=sys.stderr, flush=True)
        stop, form = threading.Event(), form_token(port, who)  # the first page of a process takes longest
        writers = [threading.Thread(target=write, args=(port, form, f"{number}-{n}", acknowledged, stop)) for n in range(4)]
        writers.append(threading.Thread(target=close_and_reopen, args=(port, form, listing, stop)))
        for writer in writers:
            writer.start()
        time.sleep(2.0 + (number % 7) * 0.23)
        os.killpg(server.pid, signal.SIGKILL)
        stop.set()
        for writer in writers:
            writer.join()
        server.wait()
    with database.reading() as session:
        there = set(session.scalars(select(Message.body)))
    lost = [text for text in acknowledged if text not in there]
    return {
        "lost": len(lost),
        "acknowledged": len(acknowledged),
        "kills": kills,
        "index_lag_s": round(lag, 2),
        "start_s": round(start, 2),
    }


def write(port: int, form: tuple[str, str], name: str, acknowledged: list[str], stop: threading.Event) -> None:
    """Post messages; what the server answered with a redirect is acknowledged."""
    token, jar = form
    for number in range(10_000):
        if stop.is_set():
            return
        text = f"message {name}-{number}"
        body = urllib.parse.urlencode({"csrf_token": token, "text": text})
        if ask(port, "POST", "/threads/collaboration/1", jar, body) == 303:
            acknowledged.append(text)


def close_and_reopen(port: int, form: tuple[str, str], listing: str, stop: threading.Event) -> None:
    """Change what the index should hold, all the time."""
    token, jar = form
    for number in range(10_000):
        if stop.is_set():
            return
        action = "reopen" if number % 2 else "close"
        ask(port, "POST", f"{listing}/steps/{action}", jar, urllib.parse.urlencode({"csrf_token": token}))


def form_token(port: int, who: str) -> tuple[str, str]:
    """The form token of a page, and the cookie that belongs to it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/collaborations/CO-0001", headers={"Cookie": who})
    answer = connection.getresponse()
    found = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    if found is None:
        raise SystemExit(f"the page has no form: {answer.status}")
    return found[1], answer.headers.get("Set-Cookie", who).partition(";")[0]


def ask(port: int, method: str, path: str, jar: str, body: str) -> int:
    """The status of one request; 0 where the server died on it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {"Cookie": jar, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def seconds_until_equal(app: Any, database: Database) -> float:
    """How long after a start every open listing of the database is in the index as it is, and nothing else."""
    begun = time.monotonic()
    index = WhooshIndex(app.extensions["settings"].instance / "index")
    while time.monotonic() - begun < 60:
        with contextlib.suppress(IndexBroken):
            if not differences(database, index, app.extensions["searched"]):
                break
        time.sleep(0.05)
    return time.monotonic() - begun


def seconds_until_answers(server: subprocess.Popen[bytes], port: int) -> float:
    """How long after its start the server takes connections. A server that never does is killed, and the run ends."""
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return time.monotonic() - begun
        time.sleep(0.05)
    server.kill()
    raise SystemExit("the server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(not main())
