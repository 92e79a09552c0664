"""The program's own files lie in one private folder of the user."""

from __future__ import annotations

import os

import pytest

from lastmile_desktop.store import Folders, app_data_folder, default_folders


def test_the_variable_moves_everything(monkeypatch, tmp_path):
    monkeypatch.setenv("LASTMILE_HOME", str(tmp_path / "portable"))
    assert app_data_folder() == tmp_path / "portable"
    assert default_folders().root == tmp_path / "portable"
    assert not (tmp_path / "portable").exists()


def test_without_it_the_users_data_folder_is_taken(monkeypatch, tmp_path):
    monkeypatch.delenv("LASTMILE_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert app_data_folder().name == "Lastmile"
    assert app_data_folder().is_absolute()


@pytest.mark.skipif(os.name == "nt", reason="Windows profiles are private by themselves")
def test_folders_are_made_private(tmp_path):
    folders = Folders(tmp_path / "data")
    for folder in (folders.working_copies, folders.open_files, folders.backups, folders.logs):
        assert folder.is_dir()
        assert folder.stat().st_mode & 0o077 == 0
