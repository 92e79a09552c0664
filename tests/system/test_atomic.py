"""A user's file is replaced whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lastmile_desktop.system.atomic import files_together, replaced_file, write_bytes, write_text


def test_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "Plan – Łódź 🚚.txt"
    target.write_text("old", encoding="utf-8")
    write_text(target, "new ż")
    assert target.read_text(encoding="utf-8") == "new ż"
    assert os.listdir(tmp_path) == [target.name]


def test_a_failure_halfway_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    target.write_text("old", encoding="utf-8")

    def write_half() -> None:
        with replaced_file(target) as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write_half()
    assert target.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["plan.txt"]


def test_the_folder_is_made_when_it_is_missing(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a" / "b" / "file.bin", b"\x00\x01")
    assert (tmp_path / "a" / "b" / "file.bin").read_bytes() == b"\x00\x01"


def test_files_that_belong_together_change_together(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("old", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("the user's", encoding="utf-8")
    with files_together(tmp_path) as staging:
        (staging / "plan.json").write_text("new", encoding="utf-8")
        (staging / "plan.pdf").write_text("new", encoding="utf-8")
        assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "old"
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "plan.json": "new", "plan.pdf": "new", "notes.txt": "the user's",
    }  # fmt: skip


def test_a_set_that_fails_halfway_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("old", encoding="utf-8")

    def write_half() -> None:
        with files_together(tmp_path) as staging:
            (staging / "plan.json").write_text("new", encoding="utf-8")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_half()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_new_file_is_as_readable_as_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "shared.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    write_text(target, "new")
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="needs a file size limit of POSIX")
def test_a_full_disk_destroys_nothing(tmp_path: Path) -> None:
    target = tmp_path / "plan.bin"
    target.write_bytes(b"old" * 100)
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from lastmile_desktop.system.atomic import write_bytes\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_bytes(Path(sys.argv[1]), b'x' * 5000)\n"
        "except OSError:\n"
        "    sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(target)], check=False)
    assert done.returncode == 7
    assert target.read_bytes() == b"old" * 100
    assert os.listdir(tmp_path) == ["plan.bin"]
