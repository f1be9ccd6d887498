"""What is seen of the session: list, text and evidence between three lines."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import MouseDown, MouseMove
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Static

from triage.errors import TriageError
from triage.model import Block, Item, ItemKey, Scanned
from triage.session import Outcome, Session
from triage.text import clean_line
from triage.tui.arranging import Arrangement
from triage.tui.behind import Behind
from triage.tui.keys import Keys
from triage.tui.messages import ScanTold
from triage.tui.painting import Shown, greeting, hints, status_runs, title_runs, why_empty
from triage.tui.reading_lines import found_in
from triage.tui.render import ASCII, Line, Run, Signs, matcher
from triage.tui.tidying import tidy_from_now_on
from triage.tui.widgets.bars import Bar, Hints, counts_line, scan_line
from triage.tui.widgets.evidence import EvidencePanel
from triage.tui.widgets.reader import Mode, Reader
from triage.tui.widgets.worklist import WorkList
from triage.wording import counted

if TYPE_CHECKING:
    from triage.scanning.events import Finished
    from triage.tui.app import TriageApp

_PATIENCE = 1.0
"""Seconds that a key waits for the first item of a folder that is just being listed."""
_ABOVE, _BELOW = 1, 2
"""Lines of the screen over and under the panes."""
_EVIDENCE_FROM = (100, 32)
"""From this size on the evidence is open when the program starts."""


class Panes(Screen[None]):
    """Paints what the session holds; what keys do is told in `review`."""

    app: TriageApp
    AUTO_FOCUS = "WorkList"

    def __init__(self, session: Session, keys: Keys, signs: Signs) -> None:
        super().__init__()
        self.session = session
        self.keys = keys
        self.signs = signs
        self._item: Item | None = None
        self._scanned: Scanned | None = None
        self._mode: Mode = "marked"
        self._saving = False
        self._told: Sequence[Run] = ()
        self._whole = 0
        """How many runs at the end of what was told are cut last."""
        self._preferred: Sequence[str] = ()
        self._words: tuple[int, int] | None = None
        self._dragging = False
        self._listed = asyncio.Event()
        self._first: ExitStack | None = ExitStack()
        """Holds back all painting until the first that is whole; None from then on."""
        self.behind = Behind(self, self.tell)
        self.arrangement = Arrangement()
        self._shared: tuple[float, bool] | None = None
        """How the panes stand beside each other where that is not left to the styles."""
        self.heard: Signal[None] = Signal(self, "heard")
        """The scan told something, which may have changed the current item: for what stands over the panes."""

    def compose(self) -> ComposeResult:
        """Three panes between three lines; their styles are worked out once, so what decides on them comes first."""
        width, height = self.app.size
        least_width, least_height = _EVIDENCE_FROM
        self.set_class(self.signs == ASCII, "-ascii")
        self.set_class(width >= least_width and height >= least_height, "-evidence")
        self.set_class(not self.session.rows, "-empty")
        self.place_panes()
        self.greet()
        yield Bar(signs=self.signs, id="title")
        with Container(id="panes"):
            with Container(id="left"):
                yield WorkList(signs=self.signs, id="list")
                yield Static(id="empty")
            with Container(id="right"):
                fold_key = self.keys.shown("fold")
                yield Reader(opened=self.session.opened, fold_key=fold_key, signs=self.signs, id="reader")
                yield EvidencePanel(signs=self.signs, id="evidence")
        yield Static(Content(greeting(self.keys)), id="greeting")
        yield Bar(signs=self.signs, id="status")
        yield Hints(signs=self.signs, id="hints")

    def on_screen_resume(self) -> None:
        """The first time, what the session holds is painted as soon as the panes have their sizes, and not before."""
        if self._first is not None:
            self._first.enter_context(self.app.batch_update())
            self.call_next(self._paint_first)

    def _paint_first(self) -> None:
        if self._first is None:
            return
        self.mark_words()
        self.paint()
        first, self._first = self._first, None
        first.close()
        self.call_after_refresh(self.app.list_stands)

    def on_resize(self) -> None:
        """Panes stand as the width has it, the hints are cut to it."""
        self.place_panes()
        self.call_after_refresh(self.paint_bars)

    def on_descendant_focus(self) -> None:
        """Each pane has keys of its own to be hinted at."""
        self.set_class(self.focused is not None and self.focused is not self.list, "-in-text")
        self.paint_bars()

    def place_panes(self) -> None:
        """Put the panes where they belong at this width."""
        width, share = self.app.size.width, self.arrangement.share
        shape = self.arrangement.shape(width)
        self.set_class(shape == "one", "-one")
        self.set_class(shape in ("beside", "three"), "-beside")
        self.set_class(shape == "three", "-three")
        across = shape in ("beside", "three")
        shared = None if share is None else (share, across)
        if shared == self._shared:  # to set a style lays everything out anew, also to what it was
            return
        self._shared = shared
        for left in self.query("#left"):  # none yet while the panes are being made
            left.styles.width = f"{share}%" if share is not None and across else None
            left.styles.max_width = "100%" if share is not None and across else None
            left.styles.height = f"{share}%" if share is not None and not across else None

    @property
    def pane(self) -> str:
        """Which pane has the keys, in a word."""
        return {self.reader: "text", self.evidence: "why"}.get(self.focused, "list")  # type: ignore[call-overload, no-any-return]

    def greet(self, *, off: bool = False) -> None:
        """On the very first start, the keys that matter until a key is pressed."""
        if off:
            self.session.greeted = True
        self.set_class(not self.session.greeted, "-greeting")

    def mark_words(self) -> None:
        """Mark the words of the filter and of the analyst's lists, in the list and in the text."""
        words = (self.session.query.words, self.session.keep_words, self.session.discard_words)
        self.list.set_matches(*words, self.session.word_counts)
        self.reader.set_matches(*words)
        self._count_words()
        self.reader.set_mode(self._mode)

    def _count_words(self) -> None:
        session, article = self.session, self._scanned.article if self._scanned else None
        pattern = matcher(session.query.words, session.keep_words, session.discard_words)
        self.reader.found = found_in(article, pattern)
        self._words = None
        if (session.keep_words or session.discard_words) and article is not None:
            counts: Counter[str] = Counter()
            for found in self.reader.found:
                counts[found.role] += found.number
            self._words = (counts["keepword"], counts["discardword"])

    # Painting.

    @property
    def list(self) -> WorkList:
        """The list of items."""
        return self.query_one(WorkList)

    @property
    def reader(self) -> Reader:
        """The text."""
        return self.query_one(Reader)

    @property
    def evidence(self) -> EvidencePanel:
        """The flags of the item."""
        return self.query_one(EvidencePanel)

    @property
    def blocks(self) -> Sequence[Block]:
        """The paragraphs of the item shown."""
        return self._scanned.article.blocks if self._scanned else ()

    def paint(self, rows: Sequence[int] | None = None) -> None:
        """Paint the list anew, or `rows` of it and the cursor alone; then the item and the bars."""
        session = self.session
        if rows is None:
            self.list.show(session.rows, session.cursor, session.group_sizes, session.heads)
        else:
            for row in rows:
                self.list.refresh_row(row)
            self.list.move(session.cursor)
        selected = session.selected
        if selected != self.list.selected:
            self.list.selected = selected
        self.set_class(not session.rows, "-empty")
        if not session.rows:
            self.query_one("#empty", Static).update(Content(why_empty(session, self.keys)))
        self.paint_item()
        self.paint_bars()

    def paint_item(self) -> None:
        """Show the current item, unless it is what is shown; the place in the text stays while it is the same page."""
        item = self.session.current
        left = () if item is None else self.session.left_behind(item)
        if item is self._item and left == self.reader.left:
            return
        self.reader.left = left
        self.reader.copies = self.session.group_sizes.get(item.group, 0) if item is not None and item.group else 0
        if item is None or self._item is None or _content(item) != _content(self._item):
            self._scanned = None if item is None else self._read(item)
            self._count_words()
        self._item = item
        source = self.session.source(item) if item is not None and self._mode == "source" else None
        self.reader.show(item, self._scanned, self._mode, source)
        self.evidence.show(item, item.flags if item else ())
        self._prefer()

    def _read(self, item: Item) -> Scanned | None:
        try:
            return self.session.scanned(item)
        except TriageError as fault:
            self.tell(str(fault), alarm=True)
            return None

    def paint_bars(self) -> None:
        """What is shown, how far it is, which keys there are."""
        session, width = self.session, self.size.width
        shown = Shown(
            self._mode,
            self.pane,
            session.in_range,
            len(session.selected),
            bool(session.query.text),
            self._words,
            empty=not session.rows,
        )
        title, place = title_runs(session, shown)
        self.query_one("#title", Bar).say(title, place)
        scan = scan_line(session.progress, session.finished, self.signs)
        counts = counts_line(session.counts(), self.signs, words=width >= 120)
        right = (*scan, ("   ", ""), *counts) if scan else counts
        told = status_runs(self._told, saving=self._saving)
        self.query_one("#status", Bar).say(told, right, whole=0 if self._saving else self._whole)
        self.query_one("#hints", Hints).offer(hints(shown), self.keys, width)

    def tell(self, told: str, reverse: str = "", *, alarm: bool = False) -> None:
        """Say what was done, with the action that reverses it."""
        self._told, self._whole = [(clean_line(told), "alarm" if alarm else "")], 0
        if reverse:
            self.offer(reverse)
        self.paint_bars()

    def offer(self, name: str, more: str = "") -> None:
        """Add to what was said last the key of an action, which is cut last; `more`: what is to say of it."""
        key, label = self.keys.hint(name)
        if key:
            hint: list[Run] = [("  ", ""), (key, "key"), (f" {label}{': ' if more else ''}{more}", "dim")]
            self._told, self._whole = [*self._told, *hint], len(hint)
            self.paint_bars()

    @property
    def last_told(self) -> Line:
        """What was said last."""
        return tuple(self._told)

    def saving(self, slow: bool) -> None:
        """A decision is still being written, or is no longer."""
        if slow != self._saving:
            self._saving = slow
            self.paint_bars()

    def _prefer(self) -> None:
        """The pages in view are to be scanned first, the one under the cursor before all."""
        if self.app.scan is None or self.session.finished is not None:
            return
        rows = self.session.rows
        near = [rows[row] for row in self.list.visible_rows if row < len(rows)]
        wanted = [item.path for item in (self._item, *near) if item is not None and not item.scanned]
        if wanted and wanted != self._preferred:
            self._preferred = wanted
            self.app.scan.prefer(wanted)

    # What others tell.

    async def first_listed(self) -> None:
        """The first item is there, or it is known that there is none; soon at any rate."""
        if self.app.scan is not None and self.session.finished is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._listed.wait(), _PATIENCE)

    def on_scan_told(self, event: ScanTold) -> None:
        """Take over what the scan found."""
        from triage.scanning.events import Finished, Known, Regrouped  # noqa: PLC0415 - the list stands before

        changed = self.session.apply(event.event)
        if self.session.rows or isinstance(event.event, Finished):
            self._listed.set()
        if isinstance(event.event, Finished):
            self.app.write_moves()
            self.mark_words()
            self._tell_end(event.event)
        if isinstance(event.event, Finished | Regrouped) or (isinstance(event.event, Known) and event.event.last):
            tidy_from_now_on()
        if changed or (isinstance(event.event, Finished) and not self.session.rows):  # then it is said why
            self.paint()
            self.heard.publish(None)
        else:
            self.paint_bars()

    def _tell_end(self, end: Finished) -> None:
        if end.fault:
            self.tell(f"The scan stopped: {end.fault}", alarm=True)
        elif self.session.doubts:
            self.tell(self.session.doubts[0], alarm=True)
        elif end.skipped:
            self.tell(counted(end.skipped, "file was skipped", "files were skipped"), "skipped")

    # The line between list and text, moved with the mouse.

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of the line between list and text; no text is selected thereby."""
        if self._on_the_line(event):
            event.stop()
            self._dragging = True
            self.capture_mouse()
            self.clear_selection()

    def on_mouse_move(self, event: MouseMove) -> None:
        """The line goes with the mouse."""
        if self._dragging:
            if self.has_class("-beside"):
                self.arrangement.drag_to(event.screen_x, self.size.width)
            else:
                self.arrangement.drag_to(event.screen_y - _ABOVE, self.size.height - _ABOVE - _BELOW)
            self.place_panes()

    def on_mouse_up(self) -> None:
        """Let go of it."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _on_the_line(self, event: MouseDown) -> bool:
        text = self.reader.region
        if self.has_class("-zoom") or self.has_class("-one") or not text.area:
            return False
        if self.has_class("-beside"):
            return event.screen_x == text.x and _ABOVE <= event.screen_y < self.size.height - _BELOW
        return event.screen_y == text.y

    def on_work_list_clicked(self, event: WorkList.Clicked) -> None:
        """A click puts the cursor on the row."""
        self.session.go(event.index)
        self.paint(())

    def on_evidence_panel_chosen(self, event: EvidencePanel.Chosen) -> None:
        """The text goes to the flag."""
        if event.flag.first is not None:
            self.reader.jump_to_block(event.flag.first)

    def show_outcome(self, outcome: Outcome, reverse: str) -> None:
        """Paint what came of an act, and tell it."""
        self.paint(outcome.rows)
        self.tell(outcome.told, reverse)


def _content(item: Item) -> tuple[ItemKey, str | None]:
    return item.key, item.sha256
