-- Version 1 of the file of decisions. Nothing in steps, changes and moves is ever altered or deleted.

CREATE TABLE steps (
    -- One act of the analyst, bulk acts included; an undo and a redo are acts too.
    id          INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,               -- UTC, ISO 8601
    reviewer    TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('decide', 'undo', 'redo')),
    target      INTEGER REFERENCES steps (id),  -- the step undone or redone
    label       TEXT NOT NULL,               -- what was done, in words
    undo_next   INTEGER REFERENCES steps (id),  -- after this act, the step that undo would take back
    redo_next   INTEGER REFERENCES steps (id),  -- ... and the step that redo would bring again
    checksum    INTEGER NOT NULL,            -- CRC-32 of the columns above as a JSON array in ASCII
    CHECK ((kind = 'decide') = (target IS NULL))
) STRICT;

CREATE INDEX steps_target ON steps (target) WHERE target IS NOT NULL;

CREATE TABLE items (
    -- The pages that decisions were made on, where each stands now, and which change holds for it.
    id          INTEGER PRIMARY KEY,
    path        ANY NOT NULL,                -- relative to the folder, with /; a BLOB where the name is not UTF-8
    record      ANY,                         -- which record of a container; NULL for a file that is one page
    change      INTEGER NOT NULL REFERENCES changes (id) DEFERRABLE INITIALLY DEFERRED,
    checksum    INTEGER NOT NULL             -- as in steps
) STRICT;

CREATE UNIQUE INDEX items_place ON items (path, ifnull(record, ''));

CREATE TABLE changes (
    -- What one step made of one item: the whole decision as it stood afterwards.
    id          INTEGER PRIMARY KEY,
    step        INTEGER NOT NULL REFERENCES steps (id),
    item        INTEGER NOT NULL REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED,
    previous    INTEGER REFERENCES changes (id),  -- what held before; NULL where nothing did
    sha256      TEXT,                        -- the page's content when this was decided; NULL before it was scanned
    verdict     TEXT CHECK (verdict IN ('keep', 'discard', 'later')),
    reason      TEXT,
    tags        TEXT NOT NULL DEFAULT '[]',  -- JSON list
    note        TEXT NOT NULL DEFAULT '',
    reviewer    TEXT,
    decided_at  TEXT,                        -- UTC, ISO 8601
    marks       TEXT NOT NULL DEFAULT '[]',  -- JSON list of [key of a block, is noise]
    checksum    INTEGER NOT NULL             -- as in steps
) STRICT;

CREATE INDEX changes_step ON changes (step);
CREATE INDEX changes_item ON changes (item);

CREATE TABLE moves (
    -- Files that were found renamed or moved, and took their decisions along.
    id          INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    item        INTEGER NOT NULL REFERENCES items (id),
    old_path    ANY NOT NULL,
    old_record  ANY,
    new_path    ANY NOT NULL,
    new_record  ANY
) STRICT;

CREATE TABLE place (
    -- Where the analyst was: cursor, filter, sort. No decision hangs on it.
    name        TEXT PRIMARY KEY,
    value       ANY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW decisions AS
    -- What holds now, a row an item that has a verdict, tags or a note.
    SELECT items.path, items.record, changes.sha256, changes.verdict, changes.reason, changes.tags, changes.note,
           changes.reviewer, changes.decided_at
    FROM items JOIN changes ON changes.id = items.change
    WHERE changes.verdict IS NOT NULL OR changes.tags <> '[]' OR changes.note <> ''
    ORDER BY items.path, items.record;
