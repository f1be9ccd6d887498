import os
from pathlib import Path

import pytest

from triage.errors import FolderError
from triage.model import SourceFile
from triage.reading import Skipped, check_folder, walk


def pages_of(folder: Path) -> list[str]:
    return [found.path for found in walk(folder) if isinstance(found, SourceFile)]


def skipped_of(folder: Path) -> dict[str, str]:
    return {found.path: found.reason for found in walk(folder) if isinstance(found, Skipped)}


def test_all_formats_are_found_in_sub_folders_too(tmp_path: Path) -> None:
    names = ["a.html", "b.htm", "c.XHTML", "d.txt", "e.md", "f.html.gz", "deep/er/g.txt.gz"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert pages_of(tmp_path) == names


def test_hidden_things_and_our_own_file_are_left_out_in_silence(tmp_path: Path) -> None:
    for name in (".hidden.html", "triage.sqlite", "triage.sqlite-journal", ".git/x.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(walk(tmp_path)) == []


def test_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.html").write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    (folder / "file.html").symlink_to(outside / "secret.html")
    assert pages_of(folder) == []
    assert set(skipped_of(folder)) == {"out", "round", "file.html"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_what_is_no_regular_file_is_skipped_with_its_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert skipped_of(tmp_path) == {"pipe.html": "not a regular file"}


def test_files_without_a_reader_are_skipped_with_their_reason(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert skipped_of(tmp_path) == {"photo.jpg": "no reader for this kind of file"}


@pytest.mark.parametrize("name", ["pages.zip", "crawl.WACZ", "pages.tar.gz", "pages.html.zst"])
def test_what_can_be_read_once_it_is_unpacked_is_skipped_with_the_remedy(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert skipped_of(tmp_path) == {name: "packed; unpack it here"}


@pytest.mark.skipif(os.name == "nt", reason="names are text on this system")
def test_names_that_are_not_utf8_or_hold_a_newline_are_found(tmp_path: Path) -> None:
    for name in (b"caf\xe9.html", b"two\nlines.html"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    assert sorted(map(os.fsencode, pages_of(tmp_path))) == [b"caf\xe9.html", b"two\nlines.html"]


def test_a_missing_folder_and_a_file_are_told_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("x")
    with pytest.raises(FolderError, match="no such folder"):
        check_folder(tmp_path / "nowhere")
    with pytest.raises(FolderError, match="not a folder; give the folder"):
        check_folder(file)
