-- A key may open the moderation of the whole room too.

ALTER TABLE keys ADD COLUMN moderates INTEGER NOT NULL DEFAULT 0;
