from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from world import NOT_FOUND, World, current, titles

from triage.errors import JournalError, QueryError
from triage.model import SourceFile, Verdict
from triage.scanning import Finished, Gone, Listed, Progress, Regrouped, Results, SkippedThing, item_of
from triage.session import Outcome, Plan, Session, reasons_for
from triage.session.likeness import facets
from triage.wording import kind_and_cause

ALL = ["Apples", "Bread", "Not found", "Cats", "Gone", "Robot?"]
END = Finished(found=6, done=6, skipped=0, cancelled=False)


def decide(session: Session, verdict: Verdict | None, reason: str | None = None) -> Outcome:
    return session.carry_out(session.plan_verdict(verdict, reason))


def verdicts(session: Session) -> dict[str, str | None]:
    return {item.title: item.decision.verdict for item in session.items}


# The list and the cursor.


def test_a_start_shows_what_the_library_holds_in_path_order_with_the_cursor_on_top(world: World) -> None:
    session = world.session()
    assert titles(session) == ALL
    assert current(session) == "Apples"


def test_a_folder_without_pages_has_no_current_item_and_every_key_is_harmless(empty: World) -> None:
    session = empty.session()
    assert session.current is None
    session.move(1)
    session.go(-1)
    assert decide(session, "keep").told
    assert session.next_undecided() == "The list is empty"
    assert session.undo().told == "Nothing to undo"
    assert session.alike() == []


def test_the_cursor_stops_at_both_ends(world: World) -> None:
    session = world.session()
    session.move(-1)
    assert current(session) == "Apples"
    session.move(100)
    assert current(session) == "Robot?"
    session.go(0)
    assert current(session) == "Apples"
    session.go(-1)
    assert current(session) == "Robot?"


def test_next_undecided_passes_over_decided_items_and_wraps_with_a_word(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    assert current(session) == "Bread"
    session.go(0)
    assert session.next_undecided() == ""
    assert current(session) == "Bread"
    session.go(-1)
    assert session.next_undecided() == "None below: went on from the top"
    assert current(session) == "Bread"
    assert session.next_undecided(backwards=True) == "None above: went on from the end"
    assert current(session) == "Robot?"


def test_next_undecided_says_when_nothing_is_left(world: World) -> None:
    session = world.session()
    for _ in ALL:
        told = decide(session, "keep").told
    assert told.endswith("All items are decided")
    assert session.next_undecided() == "All items are decided"


def test_next_undecided_says_when_the_rest_is_hidden_by_the_filter(world: World) -> None:
    session = world.session()
    session.filter("apples")
    assert decide(session, "keep").told.endswith("All shown are decided; 5 undecided elsewhere")


# Deciding.


def test_a_decision_is_on_disk_with_reviewer_and_time_and_the_cursor_goes_on(world: World) -> None:
    session = world.session("bea")
    outcome = decide(session, "keep")
    assert outcome.told == "Kept “Apples”"
    assert outcome.rows == (0,)
    assert current(session) == "Bread"
    again = world.session().rows[0].decision
    assert (again.verdict, again.reviewer) == ("keep", "bea")
    assert again.decided_at


def test_deciding_sets_and_never_toggles(world: World) -> None:
    session = world.session()
    session.advance = False
    decide(session, "keep")
    outcome = decide(session, "keep")
    assert outcome.told == "Already so: kept “Apples”"
    assert session.rows[0].decision.verdict == "keep"
    assert len(session.history()) == 1


def test_a_verdict_replaces_another_and_can_be_taken_away(world: World) -> None:
    session = world.session()
    session.advance = False
    decide(session, "keep")
    decide(session, "discard")
    assert session.rows[0].decision.verdict == "discard"
    assert decide(session, None).told == "Made undecided “Apples”"
    assert session.rows[0].decision.verdict is None
    assert session.counts().undecided == 6


def test_advance_can_be_switched_off(world: World) -> None:
    session = world.session()
    session.advance = False
    decide(session, "later")
    assert current(session) == "Apples"


def test_a_decided_row_stays_until_the_list_is_refreshed(world: World) -> None:
    session = world.session()
    session.filter("is:undecided")
    decide(session, "discard")
    assert titles(session) == ALL
    session.refresh()
    assert titles(session) == ALL[1:]
    assert current(session) == "Bread"


def test_a_discard_can_carry_a_reason(world: World) -> None:
    session = world.session()
    assert decide(session, "discard", "off topic").told == "Discarded “Apples”: off topic"
    assert session.rows[0].decision.reason == "off topic"


def test_reasons_are_proposed_from_flags_of_the_whole_page_and_the_usual_ones_follow(world: World) -> None:
    robot = world.session().rows[5]
    assert reasons_for([robot]) == ("error page: captcha", "too little text")


def test_what_a_commit_did_not_write_is_not_shown_as_decided(world: World) -> None:
    session = world.session()
    plan = session.plan_verdict("keep")
    world.database.rename(world.database.with_suffix(".away"))
    with pytest.raises(JournalError):
        session.carry_out(plan)
    assert session.rows[0].decision.verdict is None
    assert current(session) == "Apples"


def test_a_plan_changes_nothing_until_it_is_carried_out(world: World) -> None:
    session = world.session()
    session.plan_verdict("discard")
    assert session.history() == []
    assert session.counts().undecided == 6


def test_counts_follow_every_act(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    decide(session, "discard")
    decide(session, "later")
    counts = session.counts()
    assert (counts.kept, counts.discarded, counts.later, counts.undecided) == (1, 1, 1, 3)
    assert counts.total == 6
    session.undo()
    assert (session.counts().later, session.counts().undecided) == (0, 4)


# Tags and notes.


def test_several_tags_are_added_at_once_tidied_and_each_once(world: World) -> None:
    session = world.session()
    outcome = session.carry_out(session.plan_tags(add=["#fruit", " red ", "fruit", ""]))
    assert outcome.told == "Tagged “Apples” with fruit and red"
    assert session.rows[0].decision.tags == ("fruit", "red")
    assert current(session) == "Apples"


def test_tags_are_taken_off_and_the_others_keep_their_order(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["a", "b", "c"]))
    session.carry_out(session.plan_tags(add=["d"], remove=["b"]))
    assert session.rows[0].decision.tags == ("a", "c", "d")


def test_digits_hold_the_most_recent_tags_of_the_start_and_then_stay_put(world: World) -> None:
    session = world.session()
    for tag in ("old", "new"):
        session.carry_out(session.plan_tags(add=[tag]))
    session = world.session()
    assert list(session.quick_tags) == ["new", "old"]
    session.carry_out(session.plan_tags(add=["third"]))
    session.move(1)
    session.carry_out(session.plan_tags(add=["old"]))
    assert list(session.quick_tags) == ["new", "old", "third"]


def test_a_note_is_written_replaced_and_taken_off_without_a_verdict(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_note("ask Tom "))
    assert session.rows[0].decision.note == "ask Tom"
    session.carry_out(session.plan_note(""))
    assert session.rows[0].decision.note == ""
    assert session.counts().undecided == 6


def test_a_verdict_keeps_tags_and_note(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["fruit"]))
    session.carry_out(session.plan_note("ripe"))
    decide(session, "keep")
    decision = session.rows[0].decision
    assert (decision.tags, decision.note) == (("fruit",), "ripe")


# Undo and redo.


def test_undo_takes_the_cursor_back_and_says_what_it_undid(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    session.go(-1)
    outcome = session.undo()
    assert outcome.told == "Undone: kept “Apples”"
    assert current(session) == "Apples"
    assert session.rows[0].decision.verdict is None


def test_redo_brings_it_again_and_undo_after_a_new_decision_leaves_nothing_to_redo(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    session.undo()
    assert session.redo().told == "Redone: kept “Apples”"
    assert session.rows[0].decision.verdict == "keep"
    session.undo()
    decide(session, "discard")
    assert session.redo().told == "Nothing to redo"


def test_undo_and_redo_survive_a_restart(world: World) -> None:
    decide(world.session(), "keep")
    session = world.session()
    assert session.undo().told == "Undone: kept “Apples”"
    assert world.session().redo().told == "Redone: kept “Apples”"


def test_undo_shows_an_item_that_the_filter_hides(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    session.filter("cats")
    outcome = session.undo()
    assert outcome.rows is None
    assert titles(session) == ["Apples", "Cats"]
    assert current(session) == "Apples"


def test_undo_back_to_a_step_takes_that_step_and_all_after_it(world: World) -> None:
    session = world.session()
    for verdict in ("keep", "discard", "later"):
        decide(session, verdict)
    second = session.history()[1]
    outcome = session.settle_back(*session.commit_undo_to(second.id))
    assert outcome.told == "Undone: 2 steps, back to before: discarded “Bread”"
    assert verdicts(session) == dict.fromkeys(ALL) | {"Apples": "keep"}
    assert current(session) == "Bread"


def test_history_tells_of_all_or_of_one_item(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    decide(session, "discard")
    assert [step.label for step in session.history()] == ["discarded “Bread”", "kept “Apples”"]
    assert [step.label for step in session.history(session.rows[1])] == ["discarded “Bread”"]


# Several at once.


def test_a_range_is_decided_as_one_step_after_its_number_was_asked(world: World) -> None:
    session = world.session()
    session.toggle_range()
    session.move(2)
    assert sorted(session.selected) == [0, 1, 2]
    plan = session.plan_verdict("discard")
    assert plan.asks
    assert plan.label == "discarded 3 items"
    outcome = session.carry_out(plan)
    assert outcome.rows is None
    assert not session.in_range
    assert current(session) == "Cats"
    assert session.counts().discarded == 3
    assert session.undo().told == "Undone: discarded 3 items"
    assert session.counts().discarded == 0


def test_a_range_can_be_drawn_upwards_and_given_up(world: World) -> None:
    session = world.session()
    session.go(3)
    session.toggle_range()
    session.move(-2)
    assert sorted(session.selected) == [1, 2, 3]
    assert session.unselect()
    assert not session.unselect()
    assert [item.title for item in session.targets()] == ["Bread"]


def test_a_range_stays_on_its_items_while_the_scan_adds_and_takes_rows(world: World) -> None:
    session = world.session()
    session.go(1)
    session.toggle_range()
    session.move(1)
    first = replace(world.library.items()[0], path="a/aaa.html", title="New")
    session.apply(Results((first,)))
    assert [item.title for item in session.targets()] == ["Bread", "Not found"]
    session.apply(Gone(("a/aaa.html",)))
    assert [item.title for item in session.targets()] == ["Bread", "Not found"]


def test_a_tag_with_quotes_in_its_name_is_a_facet_like_any_other(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=['the "good" one']))
    found = next(facet for facet in facets(session.items) if facet.group == "Tag")
    session.filter(found.filter)
    assert len(session.rows) == found.count == 1


def test_a_range_of_one_item_ends_with_its_decision(world: World) -> None:
    session = world.session()
    session.toggle_range()
    session.carry_out(session.plan_verdict("keep"))
    assert not session.in_range
    assert session.cursor == 1
    assert not session.selected


def test_a_single_decision_never_asks(world: World) -> None:
    session = world.session()
    assert not session.plan_verdict("discard").asks


def test_a_plan_tells_how_many_earlier_verdicts_it_would_overwrite(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    decide(session, "discard")
    session.select([item.key for item in session.rows])
    plan = session.plan_verdict("discard")
    assert plan.overwrites == 1
    assert len(plan.changes) == 5


def test_alike_goes_from_the_narrow_to_the_wide_and_means_undecided_items_alone(world: World) -> None:
    session = world.session()
    session.go(2)
    ways = {way.label: [path for path, _ in way.keys] for way in session.alike()}
    assert ways == {
        kind_and_cause(NOT_FOUND): ["a/lost.html", "b/gone.html"],
        "pages of a.example": ["a/apples.html", "a/bread.html", "a/lost.html"],
        "everything the list shows": [item.path for item in session.rows],
    }
    session.go(0)
    decide(session, "keep")
    session.go(2)
    assert "a/apples.html" not in dict(next(w for w in session.alike() if w.label == "pages of a.example").keys)


def test_alike_reaches_no_further_than_the_list_shows(world: World) -> None:
    session = world.session()
    session.filter("site:b.example")
    session.go(1)
    assert all(path.startswith("b/") for way in session.alike() for path, _ in way.keys)


def test_a_selection_is_decided_wherever_the_cursor_is_and_stays_on_its_items(world: World) -> None:
    session = world.session()
    session.go(2)
    session.select(session.alike()[0].keys)
    session.go(0)
    assert sorted(session.selected) == [2, 4]
    session.sort("title", backwards=True)
    assert session.selected == ()
    session.select([("a/lost.html", None), ("b/gone.html", None)])
    session.carry_out(session.plan_verdict("discard"))
    assert [title for title, verdict in verdicts(session).items() if verdict] == ["Not found", "Gone"]


# Filter and order.


def test_a_filter_finds_words_of_the_text_and_conditions(world: World) -> None:
    session = world.session()
    assert session.filter("ripe").told == "1 of 6 items"
    assert titles(session) == ["Apples"]
    session.filter("flag:error-page site:b.example")
    assert titles(session) == ["Gone", "Robot?"]
    assert session.filter("").told == "All 6 items"


def test_a_filter_that_cannot_be_understood_leaves_the_list_as_it_was(world: World) -> None:
    session = world.session()
    session.filter("ripe")
    with pytest.raises(QueryError):
        session.filter("ripe (")
    assert titles(session) == ["Apples"]
    assert session.query.text == "ripe"


def test_counting_a_filter_changes_nothing(world: World) -> None:
    session = world.session()
    assert session.count(session.understand("lang:fr"), session.items) == (2, 0)
    assert titles(session) == ALL


def test_the_cursor_stays_on_its_item_across_filter_and_order(world: World) -> None:
    session = world.session()
    session.go(4)
    session.filter("flag:error-page")
    assert current(session) == "Gone"
    session.sort("title", backwards=True)
    assert current(session) == "Gone"
    assert titles(session) == ["Robot?", "Not found", "Gone"]


def test_the_cursor_goes_to_the_next_item_still_there(world: World) -> None:
    session = world.session()
    session.go(1)
    session.filter("flag:error-page or cats")
    assert current(session) == "Not found"
    session.go(-1)
    session.filter("cats")
    assert current(session) == "Cats"


def test_items_without_the_fact_stand_last_whichever_way_the_list_runs(world: World) -> None:
    session = world.session()
    session.sort("date")
    assert titles(session)[:2] == ["Cats", "Bread"]
    session.sort("date", backwards=True)
    assert titles(session)[:2] == ["Bread", "Cats"]


def test_the_gravest_flags_come_first(world: World) -> None:
    session = world.session()
    session.sort("flags")
    assert titles(session)[:3] == ["Not found", "Gone", "Robot?"]


# What the scan tells.


def test_files_stand_in_the_list_by_name_before_they_are_scanned(world: World) -> None:
    session = world.session()
    session.go(3)
    files = (SourceFile("a/aardvark.txt", 1, 1, 1), SourceFile("a/apples.html", 1, 1, 0))
    assert session.apply(Listed(files))
    assert titles(session) == ["a/aardvark.txt", *ALL]
    assert current(session) == "Cats"
    assert session.apply(Results((item_of(world.scanned("a/aardvark.txt", "Aardvark")),)))
    assert titles(session) == ["Aardvark", *ALL]


def test_a_page_scanned_while_it_is_decided_keeps_its_decision(empty: World) -> None:
    session = empty.session()
    session.apply(Listed((SourceFile("one.html", 1, 1, 1), SourceFile("two.html", 1, 1, 2))))
    decide(session, "keep")
    session.apply(Results((item_of(empty.scanned("one.html", "One")),)))
    assert verdicts(session) == {"One": "keep", "": None}
    assert session.counts().kept == 1


def test_results_that_fit_the_filter_appear_and_those_that_do_not_leave(empty: World) -> None:
    session = empty.session()
    session.apply(Listed((SourceFile("one.html", 1, 1, 1), SourceFile("two.html", 1, 1, 2))))
    session.filter("-flag:error-page")
    assert len(session.rows) == 2
    session.apply(Results((item_of(empty.scanned("one.html", "One", flags=[NOT_FOUND])),)))
    assert titles(session) == ["two.html"]


def test_a_decided_item_does_not_leave_when_it_is_scanned_again(world: World) -> None:
    session = world.session()
    session.filter("is:undecided")
    decide(session, "keep")
    session.apply(Results((session.rows[0],)))
    assert titles(session) == ALL


def test_a_record_of_a_container_is_an_item_of_its_own(empty: World) -> None:
    session = empty.session()
    page = empty.scanned("all.warc", "One")
    records = [item_of(page), item_of(page)]
    object.__setattr__(records[0], "record", "0")
    object.__setattr__(records[1], "record", "1")
    session.apply(Results(tuple(records)))
    decide(session, "keep")
    assert [item.decision.verdict for item in session.rows] == ["keep", None]


def test_files_that_are_gone_leave_the_list_and_their_decisions_come_back_with_them(world: World) -> None:
    session = world.session()
    decide(session, "keep")
    assert session.apply(Gone(("a/apples.html",)))
    assert titles(session) == ALL[1:]
    assert session.counts().kept == 0
    again = world.session()
    assert again.rows[0].decision.verdict == "keep"


def test_a_renamed_file_takes_its_decision_along_and_the_journal_follows(empty: World) -> None:
    page = empty.scanned("old.html", "Page")
    empty.add(page)
    decide(empty.session(), "keep")
    empty.library.forget(["old.html"])
    empty.add(empty.scanned("new.html", "Page"))
    session = empty.session()
    assert session.rows[0].decision.verdict is None
    assert session.apply(END)
    assert session.rows[0].decision.verdict == "keep"
    session.commit_moves()
    assert empty.session().rows[0].decision.verdict == "keep"
    assert session.undo().told == "Undone: kept “Page”"
    assert session.rows[0].decision.verdict is None


def test_a_changed_page_keeps_its_decision_and_is_marked_until_it_is_decided_anew(empty: World) -> None:
    empty.add(empty.scanned("page.html", "Page", ["Before."]))
    decide(empty.session(), "keep")
    empty.add(empty.scanned("page.html", "Page", ["After."]))
    session = empty.session()
    assert session.rows[0].changed
    assert session.rows[0].decision.verdict == "keep"
    assert decide(session, "keep").told.startswith("Kept “Page”")
    assert not session.rows[0].changed
    assert not empty.session().rows[0].changed


def test_only_a_verdict_takes_the_mark_of_change_away(empty: World) -> None:
    empty.add(empty.scanned("page.html", "Page", ["Before."]))
    decide(empty.session(), "keep")
    empty.add(empty.scanned("page.html", "Page", ["After."]))
    session = empty.session()
    plans: list[Callable[[], Plan | None]] = [
        lambda: session.plan_tags(add=["seen"]),
        lambda: session.plan_note("ask"),
        lambda: session.plan_rename_tag("seen", "read"),
        lambda: session.plan_marks([0], noise=True),
    ]
    for plan in plans:
        made = plan()
        assert made is not None
        session.carry_out(made)
        assert session.rows[0].changed
        assert empty.session().rows[0].changed
    decide(session, "discard")
    assert not session.rows[0].changed
    assert not empty.session().rows[0].changed


def test_undo_and_redo_of_a_verdict_on_a_changed_page_bring_the_mark_back_and_take_it_away(empty: World) -> None:
    empty.add(empty.scanned("page.html", "Page", ["Before."]))
    decide(empty.session(), "keep")
    empty.add(empty.scanned("page.html", "Page", ["After."]))
    session = empty.session()
    decide(session, "discard")
    session.undo()
    assert session.rows[0].changed
    assert empty.session().rows[0].changed
    session.redo()
    assert not session.rows[0].changed
    assert not empty.session().rows[0].changed


def test_doubts_about_whose_a_decision_is_are_told_and_nobody_takes_it(empty: World) -> None:
    empty.add(empty.scanned("old.html", "Page"))
    decide(empty.session(), "keep")
    empty.library.forget(["old.html"])
    empty.add(empty.scanned("one.html", "Page"), empty.scanned("two.html", "Page"))
    session = empty.session()
    session.apply(END)
    assert [item.decision.verdict for item in session.rows] == [None, None]
    assert "old.html is gone" in session.doubts[0]


def test_groups_found_across_pages_are_taken_over(world: World) -> None:
    session = world.session()
    grouped = []
    for item in session.rows[:2]:
        grouped.append(item_of(world.scanned(item.path, item.title)))
        object.__setattr__(grouped[-1], "group", "a/apples.html")
    assert session.apply(Regrouped(tuple(grouped)))
    assert session.group_sizes["a/apples.html"] == 2
    assert [item.title for item in session.group(session.rows[0])] == ["Apples", "Bread"]
    session.apply(Regrouped((item_of(world.scanned("a/bread.html", "Bread")),)))
    assert session.group_sizes["a/apples.html"] == 1


def test_progress_and_what_was_skipped_are_kept_for_the_screen(world: World) -> None:
    session = world.session()
    assert not session.apply(Progress(found=9, done=3, walking=False))
    session.apply(SkippedThing("pipe", "a named pipe"))
    session.apply(END)
    assert session.progress == Progress(9, 3, walking=False)
    assert [thing.path for thing in session.skipped] == ["pipe"]
    assert session.finished == END


def test_the_words_of_a_filter_find_pages_scanned_since_when_the_scan_ends(empty: World) -> None:
    session = empty.session()
    session.filter("ripe")
    page = empty.scanned("page.html", "Page", ["Now it is ripe."])
    empty.add(page)
    session.apply(Results((item_of(page),)))
    session.apply(END)
    assert titles(session) == ["Page"]


# Where the analyst was.


def test_a_restart_goes_on_where_the_analyst_was(world: World) -> None:
    session = world.session()
    session.advance = False
    session.filter("flag:error-page")
    session.sort("title", backwards=True)
    session.go(1)
    session.save_place()
    again = world.session()
    assert titles(again) == ["Robot?", "Not found", "Gone"]
    assert current(again) == "Not found"
    assert str(again.order) == "title ↓"
    assert not again.advance


def test_the_place_is_found_again_when_its_page_is_listed_later(empty: World) -> None:
    session = empty.session()
    files = tuple(SourceFile(f"{name}.html", 1, 1, 1) for name in "abc")
    session.apply(Listed(files))
    session.go(2)
    session.save_place()
    again = empty.session()
    again.apply(Listed(files[:1]))
    again.apply(Listed(files[1:]))
    assert current(again) == "c.html"


def test_an_analyst_who_moved_meanwhile_is_not_pulled_away(empty: World) -> None:
    session = empty.session()
    files = tuple(SourceFile(f"{name}.html", 1, 1, 1) for name in "abc")
    session.apply(Listed(files))
    session.go(2)
    session.save_place()
    again = empty.session()
    again.apply(Listed(files[:2]))
    again.move(1)
    again.apply(Listed(files[2:]))
    assert current(again) == "b.html"


def test_a_place_that_cannot_be_understood_is_no_fault(world: World) -> None:
    session = world.session()
    session.save_place()
    world._journals[-1].set_place({"filter": "flag:", "sort": "phase of the moon", "path": "nowhere"})
    assert titles(world.session()) == ALL


# Further acts.


def test_a_tag_is_renamed_on_all_items_as_one_step_whatever_the_list_shows(world: World) -> None:
    session = world.session()
    for row in (0, 3):
        session.go(row)
        session.carry_out(session.plan_tags(add=["frut", "red"]))
    session.filter("bread")
    plan = session.plan_rename_tag("frut", "fruit")
    assert plan.question == "Rename tag frut to fruit on 2 items?"
    session.carry_out(plan)
    session.filter("")
    assert [session.rows[row].decision.tags for row in (0, 3)] == [("fruit", "red")] * 2
    session.undo()
    assert session.rows[3].decision.tags == ("frut", "red")


def test_a_tag_renamed_to_one_in_use_is_merged_and_renamed_to_nothing_is_taken_off(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["a", "b"]))
    session.carry_out(session.plan_rename_tag("a", "b"))
    assert session.rows[0].decision.tags == ("b",)
    session.carry_out(session.plan_rename_tag("b", " "))
    assert session.rows[0].decision.tags == ()


def test_paragraphs_are_marked_as_noise_or_not_and_the_last_word_holds(world: World) -> None:
    session = world.session()
    plan = session.plan_marks([1], noise=True)
    assert plan is not None
    outcome = session.carry_out(plan)
    assert outcome.told == "Marked 1 paragraph of “Apples” as noise"
    assert [noise for _, noise in session.rows[0].decision.marks] == [True]
    plan = session.plan_marks([0, 1], noise=False)
    assert plan is not None
    session.carry_out(plan)
    assert [noise for _, noise in world.session().rows[0].decision.marks] == [False, False]
    assert session.counts().undecided == 6


def test_saved_views_and_the_greeting_last_over_a_restart(world: World) -> None:
    session = world.session()
    assert not session.greeted
    session.greeted = True
    session.views["mine"] = "ripe"
    session.save_place()
    again = world.session()
    assert again.greeted
    assert again.views == {"mine": "ripe"}


def test_pinned_tags_come_first_on_the_digits(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["used"]))
    session.pin_tags(["#one", "used"])
    assert list(session.quick_tags) == ["one", "used"]


def test_a_search_for_words_leaves_error_pages_out_where_it_is_asked_to_and_tells_their_number(world: World) -> None:
    session = world.session()
    session.errors_left_out = True
    assert session.filter("here or ripe").told == "1 of 6 items · 2 error pages left out"
    assert titles(session) == ["Apples"]
    session.errors_left_out = False
    session.refresh()
    assert session.shown() == "3 of 6 items"


def test_a_filter_that_speaks_of_flags_leaves_nothing_out(world: World) -> None:
    session = world.session()
    session.errors_left_out = True
    session.filter("here flag:error")
    assert titles(session) == ["Not found", "Gone"]
    assert session.left_out == 0
    session.filter("site:b.example")
    assert len(session.rows) == 3


def test_in_the_queue_of_what_was_set_aside_the_next_such_item_is_next(world: World) -> None:
    session = world.session()
    for _ in range(3):
        session.carry_out(session.plan_verdict("later"))
    session.filter("site:a.example")
    session.filter(session.queue_filter() or "")
    assert session.begin_queue() == "3 set aside for later, from the first"
    assert (session.in_queue, current(session)) == (True, "Apples")
    session.carry_out(session.plan_verdict("keep"))
    assert current(session) == "Bread"
    session.carry_out(session.plan_verdict("later"))
    assert current(session) == "Not found"
    session.carry_out(session.plan_verdict("discard"))
    assert current(session) == "Bread"
    assert session.carry_out(session.plan_verdict("keep")).told.endswith("Nothing is set aside any more")
    assert session.queue_filter() == "site:a.example"
