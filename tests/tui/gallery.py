"""A folder that shows much on one screen, for pictures of the screens; all of it invented."""

from __future__ import annotations

from world import World

from triage.model import Flag

_HARBOUR = (
    "The harbour council voted last night to dredge the inner basin before the winter storms set in.",
    "Two of nine members spoke against it: the mud, they said, is older than the town and has its rights.",
    "Work begins on the first dry Monday. The ferry will land at the fish quay until the buoys are back.",
)


def fill(world: World) -> World:
    """Twelve pages of four sites with flags of every kind."""
    page = world.scanned
    noise = Flag("error-noise", "http-error", "the first lines say “403” and “Sorry!!”", "noise.head", 0.97, 0, 1)
    repeat = Flag("repeated-section", None, "three paragraphs stand twice, word for word", "repeat", 0.99, 5, 7, (2, 4))
    stub = Flag("boilerplate", "comment-stub", "“Leave a comment”", "stub.comment", 0.92, 8, 8)
    missing = Flag("error-page", "not-found", "the title says “404”, and the text has 9 words", "title", 0.99)
    wall = Flag("error-page", "bot-wall", "“Just a moment” and nothing else", "wall", 0.98)
    thin = Flag("thin", None, "only 6 words of text", "length", 0.8)
    harbour = {"site": "harbour-news.example.com", "date": "2024-03-08", "language": "en", "author": "Mara Lind"}
    coast = {"site": "coast.example.org", "language": "en"}
    world.add(
        page("coast/bells.html", "The bell founder's last casting", ["It must sing in the rain."], **coast),
        page(
            "coast/lost.html", "404 - page not found", ["Sorry, there is nothing at this address."], [missing], **coast
        ),
        page("coast/moment.html", "Just a moment...", ["Checking that you are no machine."], [wall], **coast),
        page(
            "harbour/dredger.html",
            "Harbour council votes to dredge the inner basin before winter",
            ("403", "Sorry!!", *_HARBOUR, *_HARBOUR, "Leave a comment. You must be logged in."),
            [noise, repeat, stub],
            **harbour,
        ),
        page("harbour/ferry.html", "The night ferry returns after eleven years", [_HARBOUR[2]], **harbour),
        page(
            "harbour/swan.html", "A swan on the runway delays nine flights", ["It would not move."], [thin], **harbour
        ),
        page("machi/kissaten.html", "灯台の下の小さな喫茶店", ["灯台の下に小さな喫茶店がある。"], language="ja"),
        page("rynok/rynok.html", "Как зимний рынок пережил пожар", ["Рынок стоит."], language="ru", date="2023-12-01"),
    )
    return world
