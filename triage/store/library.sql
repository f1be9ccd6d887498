CREATE TABLE files (
    -- What the walk found; a file of the same size, time and inode is not opened again.
    path        ANY PRIMARY KEY,             -- a BLOB where the name is not UTF-8
    stamp       TEXT NOT NULL,               -- size, time of change in nanoseconds, inode; '' while it is being read
    detector    TEXT NOT NULL,               -- version of what read and extracted it
    rules       TEXT NOT NULL,               -- version of what found its flags
    note        TEXT                         -- what of it is no page, where that is to be told
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- of no other page later on: who knows whose it is need not ask again
    path        ANY NOT NULL REFERENCES files (path),
    record      ANY,
    sha256      TEXT NOT NULL,
    title       TEXT NOT NULL,
    author      TEXT,
    site        TEXT,
    date        TEXT,
    language    TEXT,
    words       INTEGER NOT NULL,
    flags       TEXT NOT NULL,               -- JSON, of the page itself
    near        TEXT NOT NULL DEFAULT '[]',  -- JSON, flags found by looking across pages
    page_group  ANY,
    fingerprint BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX items_key ON items (path, ifnull(record, ''));

CREATE TABLE bodies (
    -- The scanned page whole, as JSON, packed; apart, so that listing the items does not read it.
    item        INTEGER PRIMARY KEY REFERENCES items (id),
    body        BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE texts USING fts5 (
    -- Words in normal form with a space between them; characters apart where words are not spaced.
    title, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE grouped (
    -- One row when the looking across pages has seen every item as it is; none when items came or went since.
    rules       TEXT NOT NULL
) STRICT;
