"""Near copies and shared error texts as the session knows them: what is planned, refused, and undone as one step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from copied import ERROR_TEXT, FERRY, GAZETTE, GROUP, LOST, MIRROR, TEASER, add_errors, copied
from world import World

from triage.errors import TriageError
from triage.model import Decision, Verdict
from triage.session import Session
from triage.session.groups import Copies, lost, spare
from triage.session.shared_errors import SharedError, plan_discard, shared_error

__all__ = ["copied"]


def copies_of(session: Session, path: str = GAZETTE) -> Copies:
    item = session.item((path, None))
    assert item is not None
    return Copies.read(session.group(item), session.scanned)


def verdicts(session: Session) -> dict[str, Verdict | None]:
    return {item.path: item.decision.verdict for item in session.items}


def decide(session: Session, path: str, verdict: Verdict, **marks: str) -> None:
    session.go_to((path, None))
    session.carry_out(session.plan_verdict(verdict))
    session.go_to((path, None))
    if "tag" in marks:
        session.carry_out(session.plan_tags(add=[marks["tag"]]))
    if "note" in marks:
        session.carry_out(session.plan_note(marks["note"]))


# Copies.


def test_members_stand_in_path_order_with_the_words_of_their_clean_text(copied: World) -> None:
    copies = copies_of(copied.session())
    assert [copy.item.path for copy in copies.members] == list(GROUP)
    assert [copy.words for copy in copies.members] == [79, 82, 39]


def test_the_page_on_its_own_site_is_proposed(copied: World) -> None:
    copies = copies_of(copied.session())
    assert copies.proposal is not None
    assert copies.members[copies.proposal.index].item.path == GAZETTE
    assert copies.proposal.reason == "not shortened, its own site, fewest flags"


def test_noise_counts_in_no_comparison(copied: World) -> None:
    copies = copies_of(copied.session())
    words = " ".join(p.text for paragraph in copies.differences(1) for p in paragraph)
    assert "sails" in words
    assert "human" not in words


def test_likeness_and_differences_follow_the_best_one(copied: World) -> None:
    copies = copies_of(copied.session())
    assert copies.likeness(2).here == 1.0
    copies.call_best(2)
    assert copies.likeness(0).here < 0.6
    assert copies.likeness(2).same


def test_members_are_called_by_their_sites_or_by_their_paths_where_sites_do_not_tell(copied: World) -> None:
    copies = copies_of(copied.session())
    assert copies.name(0) == "gazette.example"
    assert copies.named_by_site
    copies.members[1] = replace(copies.members[1], item=replace(copies.members[1].item, site="gazette.example"))
    assert [copies.name(0), copies.name(1)] == [GAZETTE, MIRROR]
    assert not copies.named_by_site


def test_keeping_one_discards_the_rest_as_one_step_that_undo_takes_back(copied: World) -> None:
    session = copied.session()
    plan = copies_of(session).plan_keep(1)
    assert plan.question == "Keep “Ferry back” of mirror.example and discard the other 2 copies?"
    session.carry_out(plan)
    assert verdicts(session) == {GAZETTE: "discard", MIRROR: "keep", TEASER: "discard"}
    assert len(session.history()) == 1
    session.undo()
    assert set(verdicts(session).values()) == {None}


def test_the_reason_of_those_discarded_names_the_one_kept(copied: World) -> None:
    session = copied.session()
    session.carry_out(copies_of(session).plan_keep(0))
    teaser = session.item((TEASER, None))
    assert teaser is not None
    assert teaser.decision.reason == f"copy of {GAZETTE}"


def test_a_member_discarded_before_keeps_its_own_reason(copied: World) -> None:
    session = copied.session()
    session.go_to((TEASER, None))
    session.carry_out(session.plan_verdict("discard", "too short"))
    session.carry_out(copies_of(session).plan_keep(0))
    teaser = session.item((TEASER, None))
    assert teaser is not None
    assert teaser.decision.reason == "too short"


def test_what_is_so_already_is_no_change(copied: World) -> None:
    session = copied.session()
    session.carry_out(copies_of(session).plan_keep(0))
    assert copies_of(session).plan_keep(0).changes == ()


def test_an_error_page_is_refused_as_the_one_to_keep(copied: World) -> None:
    copies = copies_of(copied.session())
    copies.members[0] = replace(copies.members[0], item=replace(copies.members[0].item, flags=(LOST,)))
    with pytest.raises(TriageError, match=r"gazette\.example .* flagged as an error"):
        copies.plan_keep(0)


def test_the_last_copy_left_is_not_discarded(copied: World) -> None:
    session = copied.session()
    copies = copies_of(session)
    for row in (0, 1):
        session.carry_out(copies.plan_verdict(row, "discard"))
        copies.refresh(session.item)
    with pytest.raises(TriageError, match="last copy left"):
        copies.plan_verdict(2, "discard")
    assert copies.plan_verdict(2, "keep").changes


def test_deciding_a_member_leaves_the_cursor_of_the_review_where_it_is(copied: World) -> None:
    session = copied.session()
    session.carry_out(copies_of(session).plan_verdict(0, "keep"))
    assert session.current is not None
    assert session.current.path == GAZETTE


def test_tags_and_notes_of_the_discarded_are_found_from_the_one_kept(copied: World) -> None:
    session = copied.session()
    decide(session, TEASER, "discard", tag="harbour", note="ask the baker")
    decide(session, MIRROR, "later", tag="unused")
    assert copies_of(session).left_behind() == [(2, ("harbour",), "ask the baker")]


def test_the_page_kept_tells_tags_and_notes_of_its_discarded_copies(copied: World) -> None:
    session = copied.session()
    decide(session, TEASER, "discard", tag="harbour", note="ask the baker")
    decide(session, MIRROR, "discard")
    gazette, teaser = session.item((GAZETTE, None)), session.item((TEASER, None))
    assert gazette is not None
    assert teaser is not None
    assert [item.path for item in session.left_behind(gazette)] == [TEASER]
    assert session.left_behind(teaser) == (), "a discarded page tells its own"


def test_next_undecided_goes_round_and_stays_where_none_is_left(copied: World) -> None:
    session = copied.session()
    decide(session, TEASER, "keep")
    assert copies_of(session).next_undecided(1) == 0
    session.carry_out(copies_of(session).plan_keep(2))
    assert copies_of(session).next_undecided(1) == 1


def test_a_page_whose_text_the_library_lost_is_compared_as_empty(copied: World) -> None:
    session = copied.session()
    items = [item for item in session.items if item.group]
    copies = Copies.read(items, lambda _: None)
    assert [copy.words for copy in copies.members] == [0, 0, 0]
    assert copies.likeness(1).here == 0.0


# No rule discards a whole group.


def test_a_group_is_lost_only_where_no_copy_would_be_left(copied: World) -> None:
    session = copied.session()
    items = session.items
    assert lost(items, items) == [GAZETTE]
    assert lost(items[1:], items) == []
    decide(session, GAZETTE, "discard")
    assert lost(session.items[1:], session.items) == [GAZETTE]


def test_pages_that_stand_alone_are_never_a_lost_group(world: World) -> None:
    items = world.session().items
    assert lost(items, items) == []


def select_all(session: Session) -> None:
    session.select([item.key for item in session.items])


def test_several_at_once_leave_the_best_copy_as_it_is_and_say_so(copied: World) -> None:
    session = copied.session()
    select_all(session)
    plan = session.plan_verdict("discard", "copies")
    assert plan.question == "Discard 2 items: copies, and leave 1 last copy?"
    assert [item.path for item in plan.spared] == [GAZETTE]
    session.carry_out(plan)
    assert verdicts(session) == {GAZETTE: None, MIRROR: "discard", TEASER: "discard"}
    assert session.history()[0].label == "discarded 2 items: copies, left 1 last copy"


def test_keeping_or_setting_aside_several_leaves_none_out(copied: World) -> None:
    session = copied.session()
    select_all(session)
    for verdict in ("keep", "later", None):
        assert session.plan_verdict(verdict).spared == ()


def test_what_is_left_of_a_group_after_single_decisions_is_still_left_by_a_bulk_one(copied: World) -> None:
    session = copied.session()
    decide(session, GAZETTE, "discard")
    select_all(session)
    plan = session.plan_verdict("discard")
    assert [item.path for item in plan.spared] == [MIRROR]


def test_where_only_last_copies_were_meant_nothing_is_planned(copied: World) -> None:
    items = copied.session().items
    gone = [replace(item, decision=Decision("discard")) for item in items[1:]]
    rest, spared = spare([items[0]], [items[0], *gone])
    assert rest == []
    assert spared == [items[0]]


def test_one_page_can_always_be_discarded(copied: World) -> None:
    session = copied.session()
    for path in GROUP:
        session.go_to((path, None))
        plan = session.plan_verdict("discard")
        assert not plan.spared
        session.carry_out(plan)
    assert set(verdicts(session).values()) == {"discard"}


# Error texts that a site shares.


def shared_by(session: Session, path: str = "archive.example/0.html") -> SharedError:
    item = session.item((path, None))
    assert item is not None
    return shared_error(item, session.scanned(item), session.items, session.holding)


def test_error_pages_of_one_site_with_one_text_are_found_whatever_else_they_say(empty: World) -> None:
    add_errors(empty, 7)
    shared = shared_by(empty.session())
    assert [item.path for item in shared.items] == [f"archive.example/{number}.html" for number in range(7)]
    assert shared.lines == ERROR_TEXT


def test_pages_of_other_sites_with_other_texts_or_without_the_flag_are_none_of_them(empty: World) -> None:
    add_errors(empty, 2)
    add_errors(empty, 2, site="attic.example")
    page = empty.scanned
    empty.add(
        page(
            "archive.example/other.html",
            "Gone",
            ["The cellar is flooded until Thursday."],
            [LOST],
            site="archive.example",
        ),
        page("archive.example/story.html", "Story", (*ERROR_TEXT, *FERRY), [LOST], site="archive.example"),
        page("archive.example/unflagged.html", "Empty", ERROR_TEXT, site="archive.example"),
    )
    shared = shared_by(empty.session())
    assert [item.path for item in shared.items] == ["archive.example/0.html", "archive.example/1.html"]


def test_all_undecided_pages_are_discarded_as_one_step_that_undo_takes_back(empty: World) -> None:
    add_errors(empty, 7)
    session = empty.session()
    plan = plan_discard(shared_by(session), session.items)
    assert plan.question == "7 pages share this error text on archive.example: discard all?"
    session.carry_out(plan)
    assert set(verdicts(session).values()) == {"discard"}
    assert {item.decision.reason for item in session.items} == {"error page: page not found (404)"}
    session.undo()
    assert set(verdicts(session).values()) == {None}


def test_decided_pages_stay_as_they_are_and_the_question_says_so(empty: World) -> None:
    add_errors(empty, 7)
    session = empty.session()
    decide(session, "archive.example/3.html", "keep")
    plan = plan_discard(shared_by(session), session.items)
    assert plan.question == "7 pages share this error text on archive.example: discard the 6 undecided?"
    session.carry_out(plan)
    assert verdicts(session)["archive.example/3.html"] == "keep"


@pytest.mark.parametrize("fault", ["not flagged", "site .* unknown", "No other error page", "decided already"])
def test_what_cannot_be_done_is_refused_with_the_reason(empty: World, fault: str) -> None:
    add_errors(empty, 1)
    empty.add(
        empty.scanned("a.html", "A", ERROR_TEXT),
        empty.scanned("b.html", "B", ERROR_TEXT, [LOST]),
        *(empty.scanned(f"{n}.html", "C", ["There is no such shanty."], [LOST], site="s.example") for n in "cd"),
    )
    session = empty.session()
    for path in ("c.html", "d.html"):
        decide(session, path, "keep")
    path = {"not": "a.html", "sit": "b.html", "No ": "archive.example/0.html", "dec": "c.html"}[fault[:3]]
    with pytest.raises(TriageError, match=fault):
        plan_discard(shared_by(session, path), session.items)


def test_it_is_refused_where_no_copy_of_an_article_would_be_left(empty: World) -> None:
    add_errors(empty, 3)
    keys = [(f"archive.example/{number}.html", None) for number in range(2)]
    empty.library.set_groups(dict.fromkeys(keys, "archive.example/0.html"), {})
    session = empty.session()
    with pytest.raises(TriageError, match=r"no copy of archive\.example/0\.html would be left"):
        plan_discard(shared_by(session), session.items)


def test_copies_beside_error_pages_are_left_alone(copied: World) -> None:
    add_errors(copied, 3)
    session = copied.session()
    session.carry_out(plan_discard(shared_by(session), session.items))
    assert {verdicts(session)[path] for path in GROUP} == {None}
