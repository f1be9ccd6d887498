"""Lines that servers and templates print as they are, told by their shape: warnings, stack traces, unfilled slots."""

from __future__ import annotations

import re

from triage.text import clean_line

_MARKS = ":(/'"
"""One of these stands in every line of a server."""
_LONGEST = 80
"""Characters of such a line that are told."""
_TEMPLATE = re.compile(
    r"\{\{.*\}\}|\{%.*%\}|<%.*%>|%%[\w.:-]+%%|\$\{[\w.]+\}|\[object Object\]"
    r"|\[/?(?:vc|et_pb|fusion|wpforms|gallery|caption)[_ ].*\]"
    r"|\[/?[a-z][\w-]*(?:\s+[\w-]+\s*=\s*[\"'][^\"']*[\"'])+\s*/?\]"
)
"""What a template leaves where nothing filled it in."""
_OPENING = frozenset("{<%$[")
"""How each of these begins."""
_SERVER_LINE = re.compile(
    r"""(?:
        (?:PHP\s)?(?:Warning|Notice|Fatal\serror|Parse\serror|Deprecated|Strict\sStandards|Catchable\sfatal\serror|
            Recoverable\sfatal\serror|User\s(?:Warning|Notice|Error))\s*:\s.{3,1500}?\s(?:on|in)\s+(?:line\s+\d+|/\S+|\S+\.php\S*).*
      | \#\d+\s+(?:\{main\}|\S+\(\d+\):\s.*|/\S+.*)
      | (?:PHP\s)?Stack\strace:.* | .{0,40}thrown\sin\s\S+\son\sline\s\d+.*
      | Traceback\s\(most\srecent\scall\slast\):.* | File\s"[^"]+",\sline\s\d+.*
      | at\s[\w.$<>]+\([\w.$]*(?::\d+)?\)
      | (?:Caused\sby:\s)?(?:java|javax|org|com|net|System|Microsoft)(?:\.\w+)+(?:Exception|Error)\b.*
      | ORA-\d{5}\b.* | SQLSTATE\[\w+\].* | \[?(?:Microsoft|MySQL)\]?\[?\s?(?:OLE\sDB|ODBC|VBScript|JET)\b.*error.*
      | (?:Liquid|Smarty|Twig|Template|Sass|Compile)\s(?:syntax\s)?error\b.{0,60}:.*
      | HTTP/\d(?:\.\d)?\s[45]\d\d\b.*
      | (?:Uncaught\s|Unhandled\s)?(?:\w+(?:\.|::|\\))*[A-Z]\w*[a-z](?:Error|Exception)(?:\sat\s/|\sin\s|\s?[(:]\s?).*
      | (?:\w+::)+Error\s\(.* | panic:\s(?:runtime|interface|assignment|sql|http|open)\b.*
      | .{0,200}\sat\s/\S+\.(?:pl|pm|cgi)\sline\s\d+.*
      | (?:Compiler|Parser)\sError(?:\sMessage)?:.* | Exception\sDetails:\s.*
      | .{0,300}\(line\s\d+\sof\s/\S+\)\.? | .{0,30}\bWordPress\b.{0,30}[:：]\s*\[.+\].*
      | ERROR\s\d{3,5}\s\(\w{5}\).* | Table\s'[^']+'\s(?:doesn't\sexist|is\smarked\sas\scrashed).*
      | (?:Unknown\scolumn|Unknown\sdatabase|Duplicate\sentry)\s'.* | Access\sdenied\sfor\suser\s'.*
      | (?:ERROR|FATAL):\s+(?:relation|column|role|database|syntax\serror|duplicate\skey|password|remaining\sconn)\b.*
      | SQLITE_\w+(?:\[\d+\])?:\s.* | cURL\serror(?:\s\d+)?:\s.*
      | Server\sError\sin\s'.*'\sApplication.* | You\shave\san\serror\sin\syour\sSQL\ssyntax.*
      | .{0,60}\bwp-content/\S+\.php\b.{0,80} | /\S+\.(?:asp|aspx|php|jsp|cfm),\sline\s\d+
    )$""",
    re.VERBOSE,
)


def server_line(text: str) -> str:
    """The beginning of what a server or an interpreter printed; empty where a text is no such line."""
    found = _SERVER_LINE.match(text) if any(mark in text for mark in _MARKS) else None
    return clean_line(found.group())[:_LONGEST] if found else ""


def is_template(text: str) -> bool:
    """Whether a text is all a slot or a call of a template that nothing filled in."""
    text = text.strip()
    return text[:1] in _OPENING and _TEMPLATE.fullmatch(text) is not None
