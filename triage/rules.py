"""Every rule that can stand behind a flag, with what it looks for in a sentence for the analyst.

A flag's `reason` tells what was found on its page; the sentence here tells what the rule is about on any page.
`triage explain` prints both. The tests hold this table against the rules themselves, and ask each for a page or a text
that it must leave alone.
"""

from __future__ import annotations

_ERROR_CLUES = {
    "title-is-message": "The title is an error message and nothing else.",
    "title-has-message": "The title holds an error message beside other words, such as the site's name.",
    "title-mentions": "The title mentions an error among words of its own.",
    "title-hints": "The title has words that error pages use, and others do too.",
    "heading-is-message": "A heading is an error message and nothing else.",
    "heading-has-message": "A heading holds an error message beside other words.",
    "heading-worded": "A heading is worded as an error message is, in words that no list of them has.",
    "heading-mentions": "A heading mentions an error among words of its own.",
    "heading-hints": "A heading has words that error pages use, and others do too.",
    "block-is-message": "A paragraph is an error message and nothing else.",
    "block-has-message": "A paragraph begins with an error message or is mostly one.",
    "block-worded": "A paragraph is worded as an error message is, in words that no list of them has.",
    "block-mentions": "A paragraph mentions an error among words of its own.",
    "block-hints": "A paragraph has words that error pages use, and others do too.",
    "noscript-asks": "The page has hardly any text and asks to switch JavaScript on.",
    "wall-mark": "The markup has the marks of a service that puts a page of its own before the site's.",
    "server-mark": "The markup is that of a server's own error page.",
    "mark-hints": "The markup has the marks of a service that walls use, and good pages do too.",
    "status": "The server answered with the status of an error.",
    "address": "The page's address is one to which sites send readers for an error or a wall.",
    "empty-shell": "The page shows nothing before its scripts have run.",
    "login-form": "The page has a field for a password and few words.",
    "login-form-alone": "The page is a field for a password and hardly anything else.",
    "captcha-form": "The page has a captcha and few words.",
    "article-withheld": "The page has an article's date and author and a paywall, but not the article.",
    "refreshes": "The page sends its reader on by itself.",
}

RULES: dict[str, str] = {
    **{f"error-page/{clue}": sentence for clue, sentence in _ERROR_CLUES.items()},
    "noise-at-head": "Lines of an error message stand above the article.",
    "noise-at-tail": "Lines of an error message stand below the article.",
    "noise-inside": "Lines of an error message stand between paragraphs of the article.",
    "disclaimer": "The text says who answers for it, what it is no advice on, or whose it is.",
    "comments": "The comment section speaks, not the article: how many there are, how to write one.",
    "consent": "The text asks for consent to cookies or the like.",
    "share": "The line offers to pass the page on.",
    "subscribe": "The line calls for subscribing, following or signing up.",
    "related": "The lines are links to other pages, with their label.",
    "author": "The text below the article introduces its author.",
    "copyright": "The line says whose the rights are.",
    "navigation": "The line leads round the site or the page.",
    "login": "The line asks to log in, beside an article that needs no log-in.",
    "placeholder": "The line stands for something that is not there: an advertisement, a video, a picture.",
    "repeat-exact": "Paragraphs stand in the text a second time, word for word.",
    "repeat-edited": "Paragraphs stand in the text a second time, with some words changed.",
    "repeat-inside": "One paragraph holds the same words twice; no block of it can be folded away.",
    "repeat-standfirst": "A short paragraph at the head stands again, word for word, inside a longer one.",
    "repeat-on-page": "The saved page has the article's text more than once; the text shown here holds it once.",
    "thin/empty": "There is no text.",
    "thin/few-words": "There are fewer words than an article in brief has.",
    "unreadable/trouble": "The page's bytes could not be read whole: undecodable, too large, or cut by the parser.",
    "scan-limit": "Reading the page took more time or memory than the settings allow, or ended the reader.",
    "recurring-block": "The paragraph stands on several different pages of the site, so it is none of the article's.",
    "recurring-error-text": "Several short pages of the site have this same text, and errors are among them.",
    "near-duplicate": "Most of the text stands in another page of the folder too.",
}
"""Rule to sentence."""
