"""The app: themes, keys, the scan behind the screen, and what happens at its beginning and its end."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Protocol

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.events import Event as TextualEvent
from textual.events import Key
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from triage.errors import JournalError
from triage.scanning.events import Event
from triage.session import Session
from triage.tui.guard import Guard
from triage.tui.keys import Keys
from triage.tui.messages import ScanTold, in_portions
from triage.tui.palette import ActionProvider
from triage.tui.preferences import Preferences
from triage.tui.render import signs_for_terminal
from triage.tui.screens.review import ReviewScreen
from triage.tui.themes import THEMES, WITHOUT_COLOUR
from triage.tui.writing import Writer

_log = logging.getLogger(__name__)


class Scanning(Protocol):
    """What the screen asks of a scan."""

    def start(self) -> None: ...
    def prefer(self, paths: Sequence[str]) -> None: ...
    def cancel(self) -> None: ...
    def join(self, timeout: float | None = None) -> bool: ...


ScanFactory = Callable[[Callable[[Event], None]], Scanning]
"""Makes a scan that tells what it finds to the function given."""


class TriageApp(App[int]):
    """Draws a session."""

    CSS_PATH = "triage.tcss"
    TITLE = "triage"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[ActionProvider]]] = {ActionProvider}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = []
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        session: Session,
        scanning: ScanFactory | None = None,
        preferences: Preferences | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        environment = dict(os.environ) if environment is None else environment
        super().__init__()
        self.session = session
        self.preferences = preferences or Preferences()
        self.keys = Keys(self.preferences.keys)
        self.scan: Scanning | None = None
        self.fault: BaseException | None = None
        self._scanning = scanning
        self._signs = signs_for_terminal(environment)
        self._colourless = "NO_COLOR" in environment
        self._review = ReviewScreen(session, self.keys, self._signs)
        self.writer = Writer(self._review.saving)
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = WITHOUT_COLOUR if self._colourless else self.preferences.theme

    def get_default_screen(self) -> Screen[Any]:
        """The review screen is the first and the last."""
        return self._review

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The second wall against what a page could do to the terminal comes last."""
        filters = [NoColor()] if self._colourless else list(super().get_line_filters())
        return [*filters, Guard()]

    def on_mount(self) -> None:
        """Begin to scan behind the screen."""
        if self._scanning is not None:
            self.scan = self._scanning(self._tell)
            self.scan.start()

    def _tell(self, event: Event) -> None:
        for portion in in_portions(event):
            self._review.post_message(ScanTold(portion))

    async def on_event(self, event: TextualEvent) -> None:
        """Keys of the table come before all else, one after another: the next is read when the action has ended."""
        if isinstance(event, Key) and not event.is_forwarded:
            screen = self.screen
            where = getattr(screen, "where", None)
            name = self.keys.action(where, event) if where else None
            if name is not None:
                await screen.act(name, event.character or event.key)  # type: ignore[attr-defined]
                return
        await super().on_event(event)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette holds our actions alone."""
        del screen
        return ()

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
        """A fault of ours ends the app without a traceback, which would hold a page's text, on the terminal."""
        self.fault = error
        self._return_code = 1
        self._exception = error
        self._exception_event.set()
        self.exit(1)
