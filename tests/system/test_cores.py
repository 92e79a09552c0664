"""Counting cores: by the system's lists, never less than one, never more than hardware threads."""

from __future__ import annotations

import os

import pytest

from lastmile_desktop.system.cores import linux_cores, physical_cores, search_workers


def test_this_computer_has_a_plausible_number():
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)
    assert search_workers() == max(1, physical_cores() - 1)


@pytest.mark.parametrize(
    ("siblings", "usable", "cores"),
    [
        (["0-1", "0-1", "2-3", "2-3"], {0, 1, 2, 3}, 2),
        (["0,4", "1,5", "2", "3", "0,4", "1,5"], {0, 1, 2, 3, 4, 5}, 4),
        (["0-1", "0-1", "2-3", "2-3"], {0, 1}, 1),
    ],
)
def test_hardware_threads_of_one_core_count_once(tmp_path, siblings, usable, cores):
    for number, text in enumerate(siblings):
        place = tmp_path / f"cpu{number}" / "topology"
        place.mkdir(parents=True)
        (place / "thread_siblings_list").write_text(text + "\n")
    assert linux_cores(tmp_path, usable) == cores
