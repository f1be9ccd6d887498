"""Saved filters: show one, save the one in use, forget one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.actions import shown
from triage.session.views import VIEWS, on_keys
from triage.text import clean_line
from triage.tui.render import Run
from triage.tui.screens.pick import PickScreen, numbered
from triage.tui.screens.prompt import PromptScreen
from triage.tui.widgets.menu import MenuLine

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen

_SAVE, _FORGET = object(), object()


async def choose(review: ReviewScreen) -> None:
    """Show a saved filter, save the one in use, or forget one."""
    session = review.session
    known = VIEWS | session.views
    quick = {name: key for key, name in _on_keys(review).items()}
    lines = numbered([(name, _line(name, known[name], quick.get(name, ""))) for name in known])
    if session.query.text and session.query.text not in known.values():
        lines.append(MenuLine((("   ", ""), (f"save {clean_line(session.query.text)} as…", "dim")), _SAVE))
    if session.views:
        lines.append(MenuLine((("   ", ""), ("forget one…", "dim")), _FORGET))

    async def answered(answer: Any) -> None:
        if answer is _SAVE:
            await _save(review)
        elif answer is _FORGET:
            await _forget(review)
        elif answer is not None:
            await review.apply_filter(known[answer])

    await review.app.push_screen(PickScreen("Views", lines, signs=review.signs), answered)


async def show_quick(review: ReviewScreen, key: str) -> None:
    """Show the analyst's own view that stands on a key."""
    name = _on_keys(review).get(key)
    if name is not None:
        await review.apply_filter(review.session.views[name])
    else:
        review.tell(f"No filter of yours is on {shown(key)} yet: save one", "views")


def _line(name: str, text: str, key: str) -> list[Run]:
    return [(clean_line(name), ""), (f"  {shown(key)}" if key else "", "key"), (f"  {clean_line(text)}", "dim")]


async def _save(review: ReviewScreen) -> None:
    async def named(name: str | None) -> None:
        if name is not None and (name := clean_line(name)):
            review.session.views[name] = review.session.query.text
            await _choose_key(review, name)

    await review.app.push_screen(PromptScreen("Save this filter as"), named)


async def _choose_key(review: ReviewScreen, name: str) -> None:
    """Which key shows the filter just saved: the one it has, another, or none."""
    session = review.session
    now = _on_keys(review)
    had = next((key for key, other in now.items() if other == name), None)
    keys = sorted(review.keys.all("quick-view"), key=lambda key: key != had)
    choices: list[tuple[Any, list[Run]]] = [(key, _key_line(key, now.get(key, name), name)) for key in keys]

    async def chosen(key: str | None) -> None:
        if key is not None:
            session.view_keys = {other: on for other, on in session.view_keys.items() if on != key} | {name: key}
        quick = next((key for key, other in _on_keys(review).items() if other == name), None)
        await review.keep_place(f"Saved this filter as {name}" + (f", on {shown(quick)}" if quick else ""))

    await review.app.push_screen(PickScreen(f"Which key shows {name}?", numbered(choices), signs=review.signs), chosen)


def _key_line(key: str, other: str, name: str) -> list[Run]:
    return [(f"{shown(key):<8}", "key"), ("" if other == name else f"shows {clean_line(other)} now", "dim")]


def _on_keys(review: ReviewScreen) -> dict[str, str]:
    return on_keys(review.session.views, review.session.view_keys, review.keys.all("quick-view"))


async def _forget(review: ReviewScreen) -> None:
    async def chosen(name: str | None) -> None:
        if name is not None:
            del review.session.views[name]
            review.session.view_keys.pop(name, None)
            await review.keep_place(f"Forgot {name}")

    own = numbered([(name, [(clean_line(name), "")]) for name in review.session.views])
    await review.app.push_screen(PickScreen("Forget which view?", own, signs=review.signs), chosen)
