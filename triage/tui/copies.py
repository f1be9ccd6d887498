"""Near copies and shared error texts: what is looked up off the screen's loop, then shown or asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from triage.errors import TriageError
from triage.session.groups import Copies
from triage.session.shared_errors import SharedError, error_flag, plan_discard, shared_error
from triage.text import clean_line
from triage.tui.screens.compare import CompareScreen
from triage.tui.screens.pick import ConfirmScreen
from triage.tui.screens.twins import LEAST_WIDTH, TwinsScreen
from triage.tui.widgets.menu import MenuLine

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen

_PREVIEWS = 5
_LINES = 3


async def compare(review: ReviewScreen) -> None:
    """Compare the copies of the current item, or where it has none, of the next undecided one that has some."""
    session = review.session
    if session.current is None or len(session.group(session.current)) < 2:
        if not session.next_copies():
            review.tell("This page has no copies, nor has any undecided one shown")
            return
        review.paint(())
    item = session.current
    if item is None:
        return
    try:
        copies = await asyncio.to_thread(Copies.read, session.group(item), session.scanned)
    except TriageError as fault:
        review.tell(str(fault), alarm=True)
        return
    await review.app.push_screen(CompareScreen(review, copies, copies.row_of(item.key)))


async def repeat_beside_first(review: ReviewScreen) -> None:
    """Show a repeated section beside its first copy; where the screen is too narrow for two, go to the first copy."""
    flag, blocks = review.reader.repeat, review.blocks
    if flag is None or not blocks:
        review.tell("No section of this page stands twice")
        return
    if review.app.size.width < LEAST_WIDTH:
        review.reader.jump_to_first_copy()
        review.tell(f"{LEAST_WIDTH} columns are needed for both side by side")
        return

    async def answered(go_there: bool | None) -> None:
        if go_there and flag.same_as is not None:
            review.reader.jump_to_block(flag.same_as[0])

    await review.app.push_screen(TwinsScreen(flag, blocks, review.keys, signs=review.signs), answered)


async def discard_shared_error(review: ReviewScreen, done: Callable[[], None] = lambda: None) -> None:
    """Discard all error pages of the site with the text of the current one, after a look at some of them.

    `done` is called once the answer is carried out.
    """
    session, item = review.session, review.session.current
    if item is None:
        return
    if error_flag(item) is None:
        review.tell("This page is not flagged as an error page")
        return
    try:
        shared = await asyncio.to_thread(shared_error, item, session.scanned(item), session.items, session.holding)
        plan = plan_discard(shared, session.items)
    except TriageError as fault:
        review.tell(str(fault))
        return

    async def answered(yes: bool | None) -> None:
        if yes:
            await review.write(plan)
        else:
            review.tell("Nothing was changed")
        done()

    await review.app.push_screen(ConfirmScreen(plan.question, _preview(shared), signs=review.signs), answered)


def _preview(shared: SharedError) -> list[MenuLine]:
    """The text, and the first of the pages that have it."""
    lines = [MenuLine(((f"“{clean_line(line)}”", "dim"),)) for line in shared.lines[:_LINES]]
    lines.append(MenuLine((("", ""),)))
    pages = shared.undecided
    lines += [
        MenuLine(((clean_line(item.name), ""), (f"  {clean_line(item.title)}", "dim"))) for item in pages[:_PREVIEWS]
    ]
    if len(pages) > _PREVIEWS:
        lines.append(MenuLine(((f"… and {len(pages) - _PREVIEWS:,} more", "dim"),)))
    return lines
