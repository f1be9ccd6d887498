from __future__ import annotations

from pathlib import Path

import pytest

from triage.store.places import network_drive

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /mnt/share rw shared:2 - nfs4 server:/pages rw
31 22 0:41 / /mnt/with\\040blank rw - cifs //server/x rw
32 30 8:2 / /mnt/share/local rw - ext4 /dev/sdb1 rw
33 22 0:50 / /home/ann/remote rw master:3 - fuse.sshfs ann@server: rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/share/pages/triage.sqlite", "nfs4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/shared/triage.sqlite", None),
        ("/mnt/with blank/triage.sqlite", "cifs"),
        ("/mnt/share/local/triage.sqlite", None),
        ("/home/ann/remote/triage.sqlite", "fuse.sshfs"),
        ("/home/ann/triage.sqlite", None),
    ],
)
def test_the_mount_that_a_file_lies_on_tells(tmp_path: Path, path: str, kind: str | None) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    assert network_drive(Path(path), mounts) == kind


def test_without_a_list_of_mounts_nothing_is_claimed(tmp_path: Path) -> None:
    assert network_drive(tmp_path, tmp_path / "none") is None
