"""All groups of copies in which it is clear which one is best: resolved together, after a look at their number."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from triage.comparing import percent
from triage.errors import TriageError
from triage.session.resolving import Resolving, groups_of, keep_best, read_groups
from triage.session.words import name
from triage.tui.render import Signs
from triage.tui.screens.pick import ConfirmScreen
from triage.tui.widgets.menu import MenuLine
from triage.wording import counted

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen

_PREVIEWS = 5


async def keep_clear(review: ReviewScreen, done: Callable[[], Awaitable[None]] | None = None) -> None:
    """Keep the best copy of every group shown in which it is clear, and discard the others, after a look at them.

    `done` is called once the answer is carried out.
    """
    session = review.session
    waiting = [item for item in session.rows if item.decision.verdict is None and item.group is not None]
    groups = groups_of(session, waiting)
    if not groups:
        review.tell("No page shown that waits to be decided has copies")
    else:
        review.tell(f"Reading {counted(len(groups), 'group')} of copies…")
        try:
            resolving = await asyncio.to_thread(lambda: keep_best(read_groups(session, waiting), clear_only=True))
        except TriageError as fault:
            review.tell(str(fault), alarm=True)
            return
        left = len(resolving.left)
        if resolving.plan is not None:
            await _ask_clear(review, resolving, done)
            return
        review.tell(
            f"Which copy is best needs a look in {'the one group' if left == 1 else f'all {left:,} groups'}", "compare"
        )
    if done is not None:
        await done()


async def _ask_clear(review: ReviewScreen, resolving: Resolving, done: Callable[[], Awaitable[None]] | None) -> None:
    plan, left = resolving.plan, len(resolving.left)
    if plan is None:
        return

    async def answered(yes: bool | None) -> None:
        if yes:
            await review.write(plan)
            if left:
                review.offer("compare", f"{left:,} more group{'s' if left > 1 else ''}")
        else:
            review.tell("Nothing was changed")
        if done is not None:
            await done()

    screen = ConfirmScreen(plan.question, _clear_preview(resolving, review.signs), signs=review.signs)
    await review.app.push_screen(screen, answered)


def _clear_preview(resolving: Resolving, signs: Signs) -> list[MenuLine]:
    """The first groups, and how many are left because they need a look."""
    lines: list[MenuLine] = []
    for one in resolving.groups[:_PREVIEWS]:
        copies = counted(one.discarded, "copy", "copies")
        share = f"  {signs.discard} {copies}, {percent(one.least)} in it"
        lines.append(MenuLine(((f"{signs.keep} ", "keep"), (name(one.kept, 48), ""), (share, "dim"))))
    more = len(resolving.groups) - _PREVIEWS
    if more > 0:
        lines.append(MenuLine(((f"… and {more:,} more group{'s' if more > 1 else ''}", "dim"),)))
    if resolving.left:
        left = len(resolving.left)
        told = "1 group is left: its copies differ, or one was decided before"
        if left > 1:
            told = f"{left:,} groups are left: their copies differ, or one was decided before"
        lines.append(MenuLine(((told, "later"),)))
    return lines
