"""What a key costs in queries, so that one that asks for more fails a test without a clock."""

from __future__ import annotations

from driving import driving
from world import World


async def test_a_key_that_moves_asks_the_library_for_one_page_and_the_journal_for_nothing(world: World) -> None:
    session = world.session()
    async with driving(session) as drive:
        asked: list[str] = []
        written: list[str] = []
        world.library._reader.set_trace_callback(asked.append)
        session._journal._ledger._connection.set_trace_callback(written.append)  # type: ignore[attr-defined]
        for _ in range(3):
            await drive.press("j")
        assert len(asked) == 3
        assert all("WHERE path = " in query for query in asked)
        assert written == []


async def test_a_decision_is_one_transaction_whose_queries_do_not_grow_with_the_folder(empty: World) -> None:
    counted = []
    for number in (3, 60):
        empty.add(*(empty.scanned(f"{number}-{page}.html", f"Page {page}") for page in range(number)))
        session = empty.session()
        async with driving(session) as drive:
            written: list[str] = []
            session._journal._ledger._connection.set_trace_callback(written.append)  # type: ignore[attr-defined]
            await drive.press("a")
            counted.append([query.split("(")[0].split(" WHERE")[0] for query in written])
            await drive.press("u")
    assert sum(query == "COMMIT" for query in counted[0]) == 1
    assert len(counted[0]) == len(counted[1])
