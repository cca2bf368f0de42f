import json

from bench.harness import Result, measure, report


def test_call_that_does_ten_times_the_work_costs_several_times_as_much():
    results = measure({"one": lambda: sum(range(2_000)), "ten": lambda: sum(range(20_000))}, rounds=5)

    assert results["ten"].median_ms > 3 * results["one"].median_ms


def test_report_says_which_bar_is_exceeded_and_writes_flat_figures(tmp_path, capsys):
    results = {"bare": Result(2.0, 0.1), "home": Result(3.0, 0.2), "search": Result(20.0, 0.3)}
    file = tmp_path / "figures.json"

    holds = report("pages", results, base="bare", bars={"home": 2, "search": 7}, json_file=file)

    rows = capsys.readouterr().out.splitlines()
    assert not holds
    assert [row.endswith("EXCEEDED") for row in rows] == [False, False, False, True]
    assert json.loads(file.read_text())["pages.search.ratio"] == 10.0
    assert all(isinstance(value, float) for value in json.loads(file.read_text()).values())


def test_report_holds_when_every_bar_is_met():
    assert report("pages", {"bare": Result(2.0, 0), "home": Result(4.0, 0)}, base="bare", bars={"home": 2})
