"""The flow of pages through a review as Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from triage import __version__
from triage.export import defused
from triage.reading import OWN_FILE
from triage.session import Session
from triage.session.flow import STAGES, Flow, Stage
from triage.session.words import STATES, State
from triage.text import clean_line
from triage.wording import CAUSE_WORDS, counted

_STAGE_WORDS: Mapping[Stage, str] = {
    "error page": "error pages",
    "unreadable": "unreadable",
    "copy": "copies of another page",
    "to judge": "left to judge",
}


def about(folder: Path, db: Path | None, session: Session) -> dict[str, str]:
    """What the figures were computed from."""
    return {
        "folder": clean_line(str(folder)),
        "decisions": clean_line(str(db or folder / OWN_FILE)),
        "pages": f"{counted(len(session.items), 'page')}, as the last scan found; none was opened for this report",
        "program": f"triage {__version__}",
    }


def _markdown(flow: Flow, told: Mapping[str, str]) -> str:
    lines = ["# Flow of pages", ""]
    lines += ["| | pages | " + " | ".join(STATES) + " |", "| --- |" + " ---: |" * (len(STATES) + 1)]
    lines.append(_row("**found**", flow.total()))
    for stage in STAGES:
        lines.append(_row(_STAGE_WORDS[stage], flow.total(stage)))
        if stage == "error page":
            lines += [_row(f"— {CAUSE_WORDS.get(row.cause, row.cause)}", row.states) for row in flow.rows if row.cause]
    judged = flow.total("to judge")
    found, kept = flow.total().total(), flow.total()["kept"]
    decided = judged.total() - judged["undecided"]
    told_so = (
        f"Of {counted(found, 'page')} found, "
        f"{counted(flow.total('error page').total(), 'is an error page', 'are error pages')}, "
        f"{counted(flow.total('unreadable').total(), 'is unreadable', 'are unreadable')} and "
        f"{counted(flow.total('copy').total(), 'is a copy', 'are copies')}. "
        f"Of the {counted(judged.total(), 'other')} {counted(decided, 'was', 'were')} judged: "
        f"{judged['kept']:,} kept, {judged['discarded']:,} discarded, {judged['later']:,} set aside. "
        f"In all {counted(kept, 'page was', 'pages were')} kept."
    )
    lines += ["", told_so]
    if flow.reasons:
        lines += ["", "| reason for discarding | pages |", "| --- | ---: |"]
        lines += [f"| {_cell(reason) or 'none given'} | {count:,} |" for reason, count in flow.reasons]
    lines += ["", "Computed from:", ""]
    lines += [f"- {name}: {_cell(value)}" for name, value in {**told, **_decided(flow)}.items()]
    return "\n".join(lines) + "\n"


def _csv(flow: Flow, told: Mapping[str, str]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["stage", "cause", "pages", *STATES])
    total = flow.total()
    writer.writerow(["found", "", total.total(), *(total[state] for state in STATES)])
    for row in flow.rows:
        writer.writerow([row.stage, row.cause, row.pages, *(row.states[state] for state in STATES)])
    for reason, count in flow.reasons:
        writer.writerow(["discarded because", defused(reason), count, "", "", count, ""])
    for name, value in {**told, **_decided(flow)}.items():
        writer.writerow([f"computed from: {name}", defused(value), "", *("" for _ in STATES)])
    return buffer.getvalue()


def _json(flow: Flow, told: Mapping[str, str]) -> str:
    def states(found: Mapping[State, int]) -> dict[str, int]:
        return {state: found.get(state, 0) for state in STATES}

    value = {
        "found": flow.total().total(),
        "by_state": states(flow.total()),
        "stages": [
            {"stage": row.stage, "cause": row.cause or None, "pages": row.pages, **states(row.states)}
            for row in flow.rows
        ],
        "discarded_because": dict(flow.reasons),
        "computed_from": {**told, **_decided(flow)},
    }
    return json.dumps(value, ensure_ascii=True, indent=2) + "\n"


FORMS: Mapping[str, Callable[[Flow, Mapping[str, str]], str]] = {"markdown": _markdown, "csv": _csv, "json": _json}


def _decided(flow: Flow) -> dict[str, str]:
    found = {"reviewers": ", ".join(flow.reviewers)}
    if flow.first and flow.last:
        found["decided"] = f"{flow.first} to {flow.last}"
    return {name: value for name, value in found.items() if value}


def _row(name: str, found: Mapping[State, int]) -> str:
    total = sum(found.values())
    return f"| {name} | {total:,} | " + " | ".join(f"{found.get(state, 0):,}" for state in STATES) + " |"


def _cell(text: str) -> str:
    return clean_line(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
