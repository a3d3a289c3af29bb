-- For D1 and for SQLite alike. AUTOINCREMENT: the number of a deleted to-do never becomes another's, so a chat that still
-- shows the old one can't delete the wrong one.
CREATE TABLE todos (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    done_at TEXT
);
