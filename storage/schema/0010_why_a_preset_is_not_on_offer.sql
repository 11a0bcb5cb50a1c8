-- Presets that the engine knows and can't render, written by it at its start and when a load fails.
CREATE TABLE withheld (
    preset      TEXT PRIMARY KEY,
    reason      TEXT NOT NULL,              -- see storage/offers.py
    gb          REAL NOT NULL               -- memory of the device that it needs
) STRICT, WITHOUT ROWID;
