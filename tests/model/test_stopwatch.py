from __future__ import annotations

from archive.model.stopwatch import Stopwatch, Timing


def test_laps_add_up_by_step_and_are_measured_anew_once_they_were_taken():
    watch = Stopwatch(is_running=True)
    watch.start()
    for step in ("read", "label", "read"):
        watch.lap(step)
    watch.add([("label", 1.0), ("write", 2.0)])
    assert [one["step"] for one in watch.as_json()] == ["read", "label", "write"]
    assert dict(watch.taken())["write"] == 2.0
    assert watch.taken() == ()


def test_nothing_is_measured_unasked():
    timing = Timing()
    timing.lead.start()
    timing.lead.lap("plan")
    assert timing.as_json() == {"lead": [], "workers": []}
