"""The filter language: text in, a condition on items out.

    flood "heavy rain"             both in text or title; a word may end in * (rain*)
    flag:error-page cause:captcha  names may be cut short (flag:error)
    is:undecided -tag:seen         - for not
    (site:example.com or lang:fr) words:>300 date:2024-01..2024-06

What stands side by side must all hold; `or` binds weaker; brackets group. The same language filters the list on the
screen and serves the commands.
"""

from triage.query.parsing import parse
from triage.query.tree import Query

__all__ = ["Query", "parse"]
