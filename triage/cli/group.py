"""The group of commands: which one is meant, how the help lists them, and how a fault is told."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

import click

from triage.errors import QueryError, TriageError

_SECTIONS = {
    "Review": ("review",),
    "Look": ("scan", "list", "show", "counts", "groups", "shared-errors", "explain"),
    "Decide": ("set", "tag", "note", "mark", "undo", "redo", "history", "import"),
    "Tell": ("stats", "report", "export"),
    "Set up": ("views", "words", "config", "completion", "restore", "doctor"),
}
"""Commands as the help groups them; those not named come last."""


class Later(MutableMapping[str, click.Command]):
    """Commands by name; of one that is told by `module.function` the module is loaded when it is asked for."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._found: dict[str, click.Command | str] = dict(places)

    def __getitem__(self, name: str) -> click.Command:
        found = self._found[name]
        if isinstance(found, str):
            module, function = found.split(".")
            found = self._found[name] = getattr(import_module(f"triage.cli.{module}"), function)
        return cast("click.Command", found)

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._found[name] = command

    def __delitem__(self, name: str) -> None:
        del self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class Commands(click.Group):
    """`triage FOLDER` is `triage review FOLDER`; faults are told in one line."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is no command is the folder to review."""
        if ctx.resilient_parsing and not args:  # the shell completes the first word
            return super().parse_args(ctx, args)
        if not args or args[0] not in {*self.commands, "--help", "-h", "--version"}:
            self._refuse_mistyped(ctx, args)
            args = ["review", *args]
        return super().parse_args(ctx, args)

    def _refuse_mistyped(self, ctx: click.Context, args: list[str]) -> None:
        """A word that is nearly a command and no folder is taken for the command; else its folder would be blamed."""
        if not args or args[0].startswith("-") or os.path.lexists(args[0]):
            return
        from difflib import get_close_matches

        if near := get_close_matches(args[0], self.commands, 1):
            raise click.UsageError(f"There is no command and no folder “{args[0]}”; is it {near[0]}?", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By section, each with its whole first sentence."""
        named = {name for names in _SECTIONS.values() for name in names}
        others = {"Other": tuple(name for name in self.list_commands(ctx) if name not in named)}
        for section, names in (_SECTIONS | others).items():
            found = [(name, self.commands[name]) for name in names if name in self.commands]
            if found:
                with formatter.section(section):
                    formatter.write_dl([(name, _first_sentence(command)) for name, command in found])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """As click's, with streams that can be written to."""
        _ready_streams()
        if "_TRIAGE_COMPLETE" in os.environ:
            import triage.cli.completing  # noqa: F401 (what the shells need beside click's own)
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's, with faults in one line."""
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort) as stop:
            if isinstance(stop.__context__, EOFError):
                raise _Fault("several items are decided only when agreed to: answer y, or give --yes") from stop
            raise _Stopped("stopped; what was done is kept") from stop
        except QueryError as fault:
            raise _Fault(f"the filter cannot be understood, at character {fault.at + 1}: {fault}") from fault
        except TriageError as fault:
            raise _Fault(str(fault)) from fault
        except OSError as fault:  # a name that the system refuses, a full disk behind standard output
            if fault.errno == errno.EPIPE:
                raise  # who read has read enough: click ends in silence
            if fault.filename:
                raise _Fault(f"{fault.filename}: {fault.strerror}") from fault
            sys.stdout = _nowhere()  # else what waits in it fails once more at the end
            raise _Fault(str(fault.strerror or fault)) from fault
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as fault:  # a fault of ours: its traceback may hold a page's text
            from triage.faults import log_fault

            raise _Fault(log_fault(fault)) from fault


def _first_sentence(command: click.Command) -> str:
    return " ".join((command.help or "").partition("\n\n")[0].split()).removesuffix(".")


class _Fault(click.ClickException):
    """One line on standard error."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002  # the signature is click's
        from triage.cli.printing import narrate

        narrate(f"triage: {self.message}")


class _Stopped(_Fault):
    """Ended by Ctrl-C, and told as a shell tells it: 128 and the signal's number."""

    exit_code = 130


def _nowhere(mode: str = "w") -> IO[str]:
    return Path(os.devnull).open(mode, encoding="utf-8")


def _ready_streams() -> None:
    """Streams that were closed by the caller lead nowhere; letters that one cannot print come as escapes."""
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
