"""Where a file lies: on a drive of this computer, or on one that is reached over the network."""

from __future__ import annotations

import os
import re
from pathlib import Path

_OVER_NETWORK = re.compile(
    r"^(?:nfs\d?|cifs|smb\d?|smbfs|afs|afpfs|ncpfs|9p|ceph|glusterfs|lustre|gpfs|beegfs|davfs2?"
    r"|fuse\.(?:sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|gcsfuse|goofys|glusterfs|ceph-fuse))$"
)
_MOUNTS = Path("/proc/self/mountinfo")


def network_drive(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """The kind of network drive that `path` lies on; None for a drive of this computer, and where that is unknown.

    Linux tells in `mountinfo`, Windows by a name that begins with two backslashes; elsewhere it is unknown.
    """
    if os.name == "nt":
        return "smb" if str(path.absolute()).startswith("\\\\") else None
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    at, best, kind = os.path.realpath(path), -1, None
    for line in lines:
        before, _, after = line.partition(" - ")
        if not after or len(before.split(" ")) < 5:
            continue
        mount = _plain(before.split(" ")[4])
        if (at == mount or at.startswith(mount.rstrip("/") + "/")) and len(mount) >= best:  # a later mount hides one
            best, kind = len(mount), after.split(" ")[0]
    return kind if kind and _OVER_NETWORK.match(kind) else None


def warning(path: Path) -> str | None:
    """What to say of a file of decisions on a network drive, what matters most first; None where it lies on none."""
    kind = network_drive(path)
    if kind is None:
        return None
    return (
        f"Network drive ({kind}): one person at a time may decide here, since locks and writes can fail in silence; or "
        "use --db PATH to keep the decisions on a drive of this computer."
    )


def _plain(name: str) -> str:
    """A mount point as its path; the kernel writes blanks as three digits."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name)
