"""Python loads this at its start in every process of the tests, by `PYTHONPATH`: none reaches the network.

What is tried raises, and is written to the file that `OFFLINE_LOG` names, so that a program which swallows the
fault is found out all the same. Local sockets and this machine itself may be spoken to.
"""

import os
import sys

_HERE = ("127.", "::1", "localhost", "0.0.0.0", "")  # noqa: S104
_NAMES = {
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
}
"""Events of Python's audit, and which of their arguments is the host or the address."""


def _is_far(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode("utf-8", "replace")
    if not isinstance(host, str) or (address is host and "/" in host):  # None, or the path of a local socket
        return False
    return not any(host == one or (one.endswith(".") and host.startswith(one)) for one in _HERE)


def _refuse(event: str, arguments: tuple) -> None:
    if event in _NAMES and _is_far(arguments[_NAMES[event]]):
        log = os.environ.get("OFFLINE_LOG")
        if log:
            with open(log, "a", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123 - each start pays for imports
                file.write(f"{event} {arguments[_NAMES[event]]} by {' '.join(sys.argv)[:200]}\n")
        raise ConnectionRefusedError(f"the tests reach for no network: {event} {arguments[_NAMES[event]]}")


sys.addaudithook(_refuse)
