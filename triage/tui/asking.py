"""What the analyst is asked, and what is made of the answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from triage.session import SORTS, Plan, reasons_for
from triage.session.deciding import tidy_tags
from triage.session.likeness import facets, narrowed
from triage.session.words import these
from triage.store.journal import Step
from triage.text import clean_line
from triage.tui import outside
from triage.tui.render import Run
from triage.tui.screens.help import HelpScreen
from triage.tui.screens.history import HistoryScreen, history_lines
from triage.tui.screens.junk import FILTER, JunkScreen
from triage.tui.screens.pick import ConfirmScreen, PickScreen, numbered, previews
from triage.tui.screens.prompt import FilterPrompt, PromptScreen, TagPrompt
from triage.tui.screens.summary import SummaryScreen
from triage.tui.widgets.menu import MenuLine
from triage.wording import counted

if TYPE_CHECKING:
    from triage.tui.screens.acts import Acts
    from triage.tui.screens.review import ReviewScreen

_OTHER = object()
"""The answer that asks for a reason of the analyst's own words."""


def notice(review: Acts, told: str) -> PickScreen:
    """Something to be read before going on."""
    return PickScreen(told, [], signs=review.signs, hint="{leave} goes on")


async def agree(review: Acts, plan: Plan) -> None:
    """Carry a plan for several items out once its number was seen and agreed to."""

    async def answered(yes: bool | None) -> None:
        if yes:
            await review.behind.decide(partial(review.write, plan), f"Saving: {plan.label}…")
        else:
            review.tell("Nothing was changed")

    await review.app.push_screen(ConfirmScreen(plan.question, previews(plan), signs=review.signs), answered)


async def reason(review: ReviewScreen) -> None:
    """Discard with a reason from a list, or in the analyst's own words."""
    targets = review.session.targets()
    if not targets:
        return
    usual = review.app.settings.discard_reasons
    proposed = [text for text in reasons_for(targets) if text not in usual]
    lines = [MenuLine((("   ", ""), (clean_line(text), ""), ("  as flagged", "dim")), text) for text in proposed]
    lines += [
        *numbered([(text, [(text, "")]) for text in usual]),
        MenuLine((("   ", ""), ("another reason…", "dim")), _OTHER),
    ]

    async def typed(text: str | None) -> None:
        if text is not None:
            because = clean_line(text) or None
            await review.decide(lambda items: review.session.plan_verdict("discard", because, items), targets)

    async def answered(answer: Any) -> None:
        if answer is _OTHER:
            await review.app.push_screen(PromptScreen(f"Why discard {these(targets)}?"), typed)
        else:
            await typed(answer)

    await review.app.push_screen(PickScreen(f"Discard {these(targets)} because", lines, signs=review.signs), answered)


async def tags(review: ReviewScreen) -> None:
    """Edit the tags of one item; add tags to several."""
    targets = review.session.targets()
    if not targets:
        return
    single = targets[0] if len(targets) == 1 else None
    had = single.decision.tags if single else ()

    async def answered(text: str | None) -> None:
        if text is not None:
            wanted = [word for word in text.split(",") if word.strip()]
            gone = [tag for tag in had if tag not in {word.strip().lstrip("#") for word in wanted}]
            await review.decide(lambda items: review.session.plan_tags(wanted, gone, items), targets)

    value = "".join(f"{tag}, " for tag in had)
    title = f"Tags of {these(targets)}" if single else f"Add tags to {these(targets)}"
    await review.app.push_screen(TagPrompt(title, value, review.session.tags), answered)


async def note(review: ReviewScreen) -> None:
    """Write a note of one line."""
    targets = review.session.targets()
    if not targets:
        return

    async def answered(text: str | None) -> None:
        if text is not None:
            await review.decide(lambda items: review.session.plan_note(text, items), targets)

    value = targets[0].decision.note if len(targets) == 1 else ""
    await review.app.push_screen(PromptScreen(f"Note on {these(targets)}", value), answered)


async def rename_tag(review: ReviewScreen) -> None:
    """Rename a tag on all items; a name in use merges the two."""
    session = review.session
    items = session.items
    counts = await review.behind.work_out(
        lambda: Counter(tag for item in items for tag in item.decision.tags), "Counting tags…"
    )
    if not counts:
        review.tell("No item has a tag", "tag")
        return
    choices: list[tuple[Any, list[Run]]] = [
        (tag, [(f"{count:>6,}  ", "count"), (clean_line(tag), "")]) for tag, count in counts.most_common()
    ]

    async def chosen(old: str | None) -> None:
        async def typed(new: str | None) -> None:
            if new is not None and new.strip() != old:
                await review.carry_out(session.plan_rename_tag(old or "", new))

        if old is not None:
            prompt = PromptScreen(f"New name of the tag {old}; one in use merges them, none takes it off", old)
            await review.app.push_screen(prompt, typed)

    await review.app.push_screen(PickScreen("Rename which tag?", numbered(choices), signs=review.signs), chosen)


async def filter_text(review: ReviewScreen) -> None:
    """Filter the list."""
    session = review.session

    async def answered(text: str | None) -> None:
        if text is not None and text != session.query.text:
            await review.apply_filter(text)

    prompt = FilterPrompt(
        session.query.text, session.understand, session.count, lambda: session.items, session.complete
    )
    await review.app.push_screen(prompt, answered)


async def facet(review: ReviewScreen) -> None:
    """Count the items that the filter shows by what they have in common, and narrow it to one."""
    session = review.session
    query = session.query
    lines: list[MenuLine] = []
    group = ""
    items = session.rows[:] if query.text else session.items
    for one in await review.behind.work_out(lambda: facets(items), f"Counting {these(items)}…"):
        if one.group != group:
            group = one.group
            lines.append(MenuLine(((group, "heading"),)))
        lines.append(MenuLine(((f"{one.count:>7,}  ", "count"), (clean_line(one.label), "")), one.filter))

    async def answered(text: str | None) -> None:
        if text is not None:
            await review.apply_filter(narrowed(query, text))

    hint = "{pick} shows these items · {leave} closes"
    title = f"The {counted(len(session.rows), 'item')} shown, by" if query.text else "Items by"
    await review.app.push_screen(PickScreen(title, lines, signs=review.signs, hint=hint), answered)


async def order(review: ReviewScreen) -> None:
    """Sort the list; the order it has, chosen again, runs backwards."""
    now = review.session.order
    choices: list[tuple[Any, list[Run]]] = [
        (by, [(by, ""), (f"  {'↓' if now.backwards else '↑'} again: backwards" if by == now.by else "", "dim")])
        for by in SORTS
    ]

    async def answered(by: str | None) -> None:
        if by is not None:
            await review.sort(by, backwards=by == now.by and not now.backwards)

    await review.app.push_screen(PickScreen("Sort by", numbered(choices), signs=review.signs), answered)


async def alike(review: ReviewScreen) -> None:
    """Select the items like this one; how many is shown before."""
    ways = await review.behind.work_out(review.session.alike, "Looking for items like this one…")
    if not ways:
        review.tell("No other undecided item is like this one")
        return

    async def answered(way: Any) -> None:
        if way is not None:
            review.session.select(way.keys)
            review.paint(())
            review.tell(f"{len(way.keys):,} items selected; the next deciding key acts on all of them", "back")

    choices: list[tuple[Any, list[Run]]] = [
        (way, [(f"{len(way.keys):>6,}  ", "count"), (clean_line(way.label), "")]) for way in ways
    ]
    await review.app.push_screen(PickScreen("Select undecided items", numbered(choices), signs=review.signs), answered)


async def history(review: ReviewScreen) -> None:
    """Show who decided what; undo back to a step, after the number of steps was agreed to."""
    steps = await review.read(review.session.history)
    if steps is None:
        return

    async def answered(step: Step | None) -> None:
        if step is None:
            return
        meant = [one for one in steps if not one.undone and one.id >= step.id]
        lines = [MenuLine(((clean_line(one.label), ""),)) for one in meant[:5]]
        question = f"Undo {len(meant):,} step{'s' if len(meant) > 1 else ''}, back to before this one?"
        await review.app.push_screen(ConfirmScreen(question, lines, signs=review.signs), _undo_to(review, step))

    await review.app.push_screen(HistoryScreen("History", steps, signs=review.signs), answered)


async def page_history(review: ReviewScreen) -> None:
    """Show who decided what on the current page."""
    item = review.session.current
    if item is None:
        return
    steps = await review.read(lambda: review.session.history(item))
    if steps is None:
        return
    lines = [MenuLine(line.runs) for line in history_lines(steps)] or [MenuLine((("Nothing was decided yet", "dim"),))]
    screen = PickScreen(f"History of {these([item])}", lines, signs=review.signs, hint="{leave} closes")
    await review.app.push_screen(screen)


def _undo_to(review: ReviewScreen, step: Step) -> Callable[[bool | None], Any]:
    async def agreed(yes: bool | None) -> None:
        if yes:
            await review.write_back_to(step)

    return agreed


async def junk(review: ReviewScreen) -> None:
    """Go through the undecided error pages as cards; the filter from before comes back afterwards."""
    before = review.session.query.text
    await review.apply_filter(FILTER, whole=True)
    if not review.session.rows:
        await review.apply_filter(before, whole=True)
        review.notice("No error page is undecided.")  # to be put away: a key meant for a card would decide a page
        return

    async def left(answer: None) -> None:
        del answer
        await review.apply_filter(before, whole=True)

    await review.app.push_screen(JunkScreen(review), left)


async def word_lists(review: ReviewScreen) -> None:
    """Edit the words that speak for keeping, or those that speak for discarding."""
    session = review.session
    lists = {"keep": session.keep_words, "discard": session.discard_words}
    choices: list[tuple[Any, list[Run]]] = [
        (what, [(f"words for {what}ing".ljust(22), ""), (clean_line(", ".join(words)), "dim")])
        for what, words in lists.items()
    ]

    async def chosen(what: str | None) -> None:
        async def typed(text: str | None) -> None:
            if text is None:
                return
            words = tidy_tags(text.split(","))
            if what == "keep":
                session.keep_words = words
            else:
                session.discard_words = words
            await asyncio.to_thread(session.count_words)
            review.mark_words()
            told = counted(len(words), f"word for {what}ing is", f"words for {what}ing are")
            await review.keep_place(f"{told} marked wherever they stand")

        if what is not None:
            title = f"Words for {what}ing, with commas; * stands for any letters"
            await review.app.push_screen(PromptScreen(title, ", ".join(lists[what])), typed)

    await review.app.push_screen(PickScreen("Word lists", numbered(choices), signs=review.signs), chosen)


async def summary(review: ReviewScreen) -> None:
    """Show how far it is, and how fast."""
    stats = await review.read(review.session.stats)
    if stats is not None:
        await review.app.push_screen(SummaryScreen(stats, signs=review.signs))


async def skipped(review: ReviewScreen) -> None:
    """List what the scan did not read."""
    lines = [
        MenuLine(((clean_line(thing.path), ""), (f"  {clean_line(thing.reason)}", "dim")))
        for thing in review.session.skipped
    ] or [MenuLine((("Nothing was skipped", "dim"),))]
    screen = PickScreen("Skipped files", lines, signs=review.signs, hint="{leave} closes")
    await review.app.push_screen(screen)


async def copy(review: ReviewScreen) -> None:
    """Copy something of the item to the clipboard."""
    item = review.session.current
    if item is None:
        return
    choices: list[tuple[Any, list[Run]]] = [
        ((what, text), [(f"{what:<13}", ""), (clean_line(text[:200]), "dim")])
        for what, text in outside.copyable(review, item)
    ]

    async def answered(answer: Any) -> None:
        if answer is not None:
            outside.copy(review, *answer)

    hint = f"{{pick}} copies · {outside.clipboard_hint()}"
    await review.app.push_screen(PickScreen("Copy", numbered(choices), signs=review.signs, hint=hint), answered)


async def help_with_keys(review: ReviewScreen) -> None:
    """All keys; the action chosen there is carried out."""

    async def answered(name: str | None) -> None:
        if name is not None:
            keys = review.keys.all(name)
            await review.act(name, keys[0] if keys else "")

    await review.app.push_screen(HelpScreen(review.keys, signs=review.signs), answered)
