"""How long `./dev demo` takes from an empty folder to the first page, and again: run on a fresh copy of this checkout.

Keys: `start.first_s` (empty virtualenv and instance), `start.again_s` (everything there).
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.harness import arguments, write_json

ROOT = Path(__file__).parents[1]
PORT = 8765
BARS = {"start.first_s": 90.0, "start.again_s": 15.0}
_PATIENCE_SECONDS = 300


def main() -> bool:
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory(prefix="causeway-start-") as folder:
        clone = Path(folder) / "causeway"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        figures = {"start.first_s": until_first_page(clone), "start.again_s": until_first_page(clone)}
    for name, seconds in figures.items():
        print(f"{name:16}{seconds:7.1f} s  bar {BARS[name]:.0f}{'' if seconds <= BARS[name] else '  EXCEEDED'}")
    if options.json:
        write_json(options.json, figures)
    return all(seconds <= BARS[name] for name, seconds in figures.items())


def until_first_page(clone: Path) -> float:
    """Seconds until the front page answers."""
    begun = time.monotonic()
    process = subprocess.Popen(
        ["./dev", "demo", "--port", str(PORT)], cwd=clone, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        while time.monotonic() - begun < _PATIENCE_SECONDS:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5) as answer:
                    if answer.status == 200:
                        return round(time.monotonic() - begun, 1)
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the page never came")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(not main())
