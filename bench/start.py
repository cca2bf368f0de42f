"""How long `./dev demo` takes to the first page, on fresh copies of this checkout.

Keys: `start.cold_s` (the caches are empty too), `start.warm_s` (a fresh copy, caches filled by the first),
`start.again_s` (everything there).
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
BARS = {"start.cold_s": 90.0, "start.warm_s": 15.0, "start.again_s": 15.0}
_PATIENCE_SECONDS = 300


def main() -> bool:
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory(prefix="causeway-start-") as folder:
        caches = {"UV_CACHE_DIR": f"{folder}/uv", "PIP_CACHE_DIR": f"{folder}/pip", "XDG_CACHE_HOME": f"{folder}/cache"}
        figures = {"start.cold_s": until_first_page(fresh(Path(folder, "cold")), caches)}
        clone = fresh(Path(folder, "warm"))
        figures["start.warm_s"] = until_first_page(clone, caches)
        figures["start.again_s"] = until_first_page(clone, caches)
    for name, seconds in figures.items():
        print(f"{name:16}{seconds:7.1f} s  bar {BARS[name]:.0f}{'' if seconds <= BARS[name] else '  EXCEEDED'}")
    if options.json:
        write_json(options.json, figures)
    return all(seconds <= BARS[name] for name, seconds in figures.items())


def fresh(clone: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    return clone


def until_first_page(clone: Path, caches: dict[str, str]) -> float:
    """Seconds until the front page answers."""
    begun = time.monotonic()
    process = subprocess.Popen(
        ["./dev", "demo", "--port", str(PORT)],
        cwd=clone,
        env={**os.environ, **caches},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
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
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(not main())
