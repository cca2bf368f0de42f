"""Measures calls side by side and tells the result as ratios.

results = measure({"bare": bare, "home": home})
report("pages", results, base="bare", bars={"home": 2.0}, json_file=arguments(__doc__).json)
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

BATCH_SECONDS = 0.02  # a batch is long enough that reading the clock does not count


@dataclass(frozen=True)
class Result:
    """CPU time of one call, in milliseconds, over all threads of this process."""

    median_ms: float
    spread_ms: float  # between the quartiles


def arguments(description: str | None, *, folder: str = "") -> argparse.Namespace:
    """The options that every measurement takes; `json` is a path or None, and so is `folder` where its help is given."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as one flat object")
    if folder:
        parser.add_argument("--folder", type=Path, help=folder)
    return parser.parse_args()


def measure(calls: Mapping[str, Callable[[], object]], *, rounds: int = 21) -> dict[str, Result]:
    """Median CPU time of each call.

    The calls take turns, one batch each a round, so that a busy spell of the machine meets them all.
    """
    sizes = {name: _batch_size(call) for name, call in calls.items()}
    samples: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            samples[name].append(_batch(call, sizes[name]) / sizes[name] * 1000)
    return {name: _result(taken) for name, taken in samples.items()}


def report(
    name: str,
    results: Mapping[str, Result],
    *,
    base: str,
    bars: Mapping[str, float] | None = None,
    json_file: Path | None = None,
) -> bool:
    """Print a table with each result as a multiple of `base`, and write it where asked.

    Args:
        name: the measurement; first part of every key in the file.
        bars: the highest ratio allowed to a result.

    Returns:
        Whether every bar holds.
    """
    bars = bars or {}
    ratios = {key: result.median_ms / results[base].median_ms for key, result in results.items()}
    width = max(map(len, results))
    print(f"{name:{width}}  CPU ms   ±      ratio  bar")
    for key, result in results.items():
        bar = f"{bars[key]:4.1f}{'' if ratios[key] <= bars[key] else '  EXCEEDED'}" if key in bars else ""
        print(f"{key:{width}}  {result.median_ms:7.3f}  {result.spread_ms:5.3f}  {ratios[key]:5.2f}  {bar}".rstrip())
    if json_file:
        figures = {f"{name}.{key}.cpu_ms": round(result.median_ms, 4) for key, result in results.items()}
        figures |= {f"{name}.{key}.ratio": round(ratio, 3) for key, ratio in ratios.items()}
        write_json(json_file, figures)
    return all(ratios[key] <= bar for key, bar in bars.items())


def write_json(path: Path, figures: Mapping[str, float]) -> None:
    """One flat object, sorted, so that two runs can be compared line by line."""
    path.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _batch_size(call: Callable[[], object]) -> int:
    """How many calls fill a batch; the calls made to find out are the warm-up."""
    size = 1
    while (spent := _batch(call, size)) < BATCH_SECONDS:
        size = max(size * 2, int(size * BATCH_SECONDS / max(spent, 1e-6)))
    return size


def _batch(call: Callable[[], object], size: int) -> float:
    gc.collect()
    started = time.process_time()
    for _ in range(size):
        call()
    return time.process_time() - started


def _result(samples: list[float]) -> Result:
    low, median, high = statistics.quantiles(samples, n=4)
    return Result(median, high - low)
