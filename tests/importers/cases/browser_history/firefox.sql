-- places.sqlite as Firefox lays it out. Invented addresses.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, last_visit_date INTEGER);
INSERT INTO moz_places VALUES (1, 'https://www.example.com/profil', 'Profil', 'moc.elpmaxe.www.', 1, 1500000000000000), (2, 'https://example.net/', NULL, 'ten.elpmaxe.', 0, NULL);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER);
INSERT INTO moz_historyvisits VALUES (1, 0, 1, 1500000000000000, 1, 0);
