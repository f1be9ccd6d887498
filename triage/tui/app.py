"""The app: themes, keys, the scan behind the screen, and what happens at its beginning and its end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.events import Event as TextualEvent
from textual.events import Key
from textual.filter import LineFilter, NoColor
from textual.screen import Screen
from textual.worker import WorkerFailed

from triage.actions import keymap
from triage.config import Settings
from triage.errors import ConfigError, JournalError, TriageError
from triage.faults import log_fault
from triage.scanning.processes import start_tracker
from triage.session import Session
from triage.store.library import Library
from triage.tui import remembered
from triage.tui.guard import Guard
from triage.tui.keys import Keys
from triage.tui.messages import ScanTold
from triage.tui.render import ASCII, signs_for_terminal, terminal_encoding
from triage.tui.screens.review import ReviewScreen
from triage.tui.stopping import Stopping
from triage.tui.themes import DARK, PANE_LINE, THEMES, WITHOUT_COLOUR
from triage.tui.tidying import tidy_from_now_on
from triage.tui.writing import Writer

if TYPE_CHECKING:
    from triage.scanning import Event, Limits
    from triage.tui.palette import ActionProvider

_log = logging.getLogger(__name__)
_END_SECONDS = 5.0
"""How long the program waits at its end for the scan to let go."""


class Scanning(Protocol):
    """What the screen asks of a scan."""

    def start(self) -> None: ...
    def prefer(self, paths: Sequence[str]) -> None: ...
    def cancel(self) -> None: ...
    def join(self, timeout: float | None = None) -> bool: ...


ScanFactory: TypeAlias = "Callable[[Callable[[Event], None]], Scanning]"
"""Makes a scan that tells what it finds to the function given."""


@dataclass(frozen=True, slots=True)
class Start:
    """What goes with the start of the app."""

    notices: Sequence[str] = ()
    """What was done before that must be read, such as the mending of a file."""
    chore: Callable[[], str | None] = lambda: None
    """Carried out in a thread of its own once the list stands; what it returns, or raises as TriageError, is told."""


def _palette_provider() -> type[ActionProvider]:
    from triage.tui.palette import ActionProvider  # noqa: PLC0415 - loaded when the palette is opened

    return ActionProvider


class TriageApp(App[int]):
    """Draws a session."""

    CSS_PATH = "triage.tcss"
    TITLE = "triage"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Callable[[], type[ActionProvider]]]] = {_palette_provider}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012 (as Textual declares it)

    def __init__(
        self,
        session: Session,
        scanning: ScanFactory | None = None,
        settings: Settings | None = None,
        environment: Mapping[str, str] = os.environ,
        start: Start | None = None,
    ) -> None:
        colourless = bool(environment.get("NO_COLOR"))  # asked first: Textual takes it out of the environment
        super().__init__()
        self.session = session
        self.settings = settings or Settings()
        self.keys = Keys(keymap(self.settings.keys, self.settings.preset))
        self.scan: Scanning | None = None
        self.fault: BaseException | None = None
        self.keys_pressed = 0
        self._scanning = scanning
        self._scan_waits = False
        """The scan begins once the items that are known are painted."""
        self._start = start or Start()
        self._signs = ASCII if self.settings.ascii else signs_for_terminal(environment)
        self._colourless = colourless
        self._without_colour = NoColor()
        self._guard = Guard(terminal_encoding() if self._signs == ASCII else "")
        self._review = ReviewScreen(session, self.keys, self._signs)
        self.writer = Writer(self._review.saving)
        self.stopping = Stopping(self)
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(WITHOUT_COLOUR if colourless else self._known_theme(self.settings.theme or DARK.name))

    def _begin_with(self, name: str) -> None:
        """The theme from the start; to change to it later, as setting `theme` does, reads all styles a second time."""
        theme = self.available_themes[name]
        if theme.ansi:
            self.theme = name
            return
        self.set_reactive(TriageApp.theme, name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def _known_theme(self, name: str) -> str:
        if name in self.available_themes:
            return name
        near = get_close_matches(name, self.available_themes, n=1)
        meant = f"; did you mean “{near[0]}”?" if near else f"; there are {', '.join(sorted(self.available_themes))}"
        raise ConfigError(f"theme: there is none called “{name}”{meant}")

    def begin_with(self, theme: str | None) -> None:
        """Another theme than that of the settings, where it is known and there are colours."""
        if theme in self.available_themes and not self._colourless:
            self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables of our styles that a theme may not have."""
        return {"pane-line": PANE_LINE}

    def get_default_screen(self) -> Screen[Any]:
        """The review screen is the first and the last."""
        return self._review

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The second wall against what a page could do to the terminal comes last."""
        others = (self._without_colour,) if self._colourless else tuple(super().get_line_filters())
        if others != self._guard.others:
            self._guard = Guard(terminal_encoding() if self._signs == ASCII else "", others)
        return (self._guard,)

    def on_mount(self) -> None:
        """Begin to scan behind the screen; a request to end is a quit."""
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not on every system, nor in every thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.call_later, self.leave)
        self.stopping.listen()
        self._scan_waits = bool(self.session.rows)
        if not self._scan_waits:
            self._scan()

    def list_stands(self) -> None:
        """The first items are painted: now begins what may take a while, and what is to be read before going on."""
        tidy_from_now_on()
        if self._scan_waits:
            self._scan()
        for told in reversed(self._start.notices):
            self._review.notice(told)
        self.run_worker(self._do_chore(), exit_on_error=False)

    def _scan(self) -> None:
        if self._scanning is not None:
            self.scan = self._scanning(self._tell)
            self.scan.start()

    async def _do_chore(self) -> None:
        try:
            told = await asyncio.to_thread(self._start.chore)
        except TriageError as fault:
            told = str(fault)
        if told:
            self._review.tell(told, alarm=True)

    def _tell(self, event: Event) -> None:
        with suppress(RuntimeError):  # the app has ended meanwhile
            self._review.post_message(ScanTold(event))

    async def on_event(self, event: TextualEvent) -> None:
        """Keys of the table come before all else, one after another: the next is read when the action has ended."""
        if isinstance(event, Key) and not event.is_forwarded:
            self.keys_pressed += 1
            self.session.keys += 1
            screen = self.screen
            where = getattr(screen, "where", None)
            meant = self.keys.action(where, event) if where else None
            if meant is not None:
                await screen.act(*meant)  # type: ignore[attr-defined]
                return
        await super().on_event(event)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette holds our actions alone."""
        del screen
        return ()

    def action_command_palette(self) -> None:
        """Find any action by name."""
        from triage.tui.palette import Palette  # noqa: PLC0415 - loaded when it is opened

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def write_moves(self) -> None:
        """Note in the journal which decisions went along with renamed files."""
        self.run_worker(self._write_moves(), exit_on_error=False)

    async def _write_moves(self) -> None:
        try:
            await self.writer.write(self.session.commit_moves)
        except JournalError as fault:
            self._review.tell(str(fault), alarm=True)

    async def leave(self) -> None:
        """End the scan, note where the analyst was, and go."""
        if self.scan is not None:
            self.scan.cancel()
        try:
            await self.writer.write(self.session.save_place)
        except JournalError as fault:
            _log.warning("where the analyst was is not noted: %s", fault)
        self.exit(0)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours ends the app; what it is goes to the log, since a traceback may hold a page's text."""
        if isinstance(error, WorkerFailed) and isinstance(error.error, NoMatches):
            # A worker that outlived its screen finds the widgets gone; there is nobody left to tell.
            _log.warning("a worker found its screen closed: %s", error.error)
            return
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            error = error.error  # what went on behind the screen fails as what is awaited does
        self.fault = self.fault or error  # the first is the cause of those that follow
        self._exception = error
        self._exception_event.set()
        self.exit(1)

    def lose_terminal(self) -> None:
        """The terminal is gone: finish what is being written, note the place, and end without drawing once more.

        Drawing to a terminal that is gone blocks for ever, so nothing of the app's own end can be waited for.
        """
        self.end()
        with suppress(JournalError):
            self.session.save_place()
        os._exit(1)

    def end(self) -> None:
        """Wait for what is being written, and for the scan to let go."""
        self.writer.close()
        if self.scan is not None:
            self.scan.cancel()
            self.scan.join(_END_SECONDS)


def run(session: Session, library: Library, limits: Limits, settings: Settings, start: Start) -> int:
    """Review on this terminal until the analyst quits; the exit code.

    Raises TriageError where the terminal cannot show a screen, and ConfigError for keys or a theme that are none.
    """
    _check_terminal(os.environ, at_terminal=sys.stdin.isatty() and sys.stdout.isatty())
    _keep_tracebacks_off_the_terminal()
    # Before the app has taken over standard error: a process pool started later could not begin its own tracker.
    start_tracker()

    def scanning(tell: Callable[[Event], None]) -> Scanning:
        from triage.scanning.behind import ScanBehind  # noqa: PLC0415 - loaded once the list stands

        return ScanBehind(session.folder, library, tell, limits)

    app = TriageApp(session, scanning, settings, start=start)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda _signal, _frame: app.lose_terminal())
    app.begin_with(remembered.theme(settings.theme))
    session.greeted = session.greeted or remembered.greeted()
    session.pin_tags(settings.tags)
    session.advance = session.advance and settings.advance
    session.errors_left_out = True
    try:
        code = app.run()
    finally:
        app.end()
        if session.greeted:
            remembered.note_greeting()
    if app.fault is not None:
        print(f"triage: {log_fault(app.fault)}", file=sys.stderr)  # noqa: T201 (the app has given the terminal back)
        return 1
    return 0 if code is None else code


def _keep_tracebacks_off_the_terminal() -> None:
    """What fails beside the app goes to the log: Python would print it over the screen, with a page's text."""

    def log(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            log_fault(failed.exc_value)

    threading.excepthook = log
    logging.getLogger().addHandler(logging.NullHandler())  # else asyncio's complaints are printed


def _check_terminal(environment: Mapping[str, str], *, at_terminal: bool) -> None:
    if not at_terminal:
        raise TriageError(
            "The review needs a terminal; without one, use `triage list`, `triage set` and `triage export`."
        )
    if environment.get("TERM", "") in ("", "dumb", "unknown"):
        raise TriageError(
            "This terminal (TERM is dumb or not set) cannot show a screen; use `triage list` and `triage set`, or "
            "set TERM to what the terminal is, such as xterm-256color."
        )
