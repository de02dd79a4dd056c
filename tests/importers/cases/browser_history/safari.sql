-- History.db as Safari lays it out. Invented addresses.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT NULL, visit_count INTEGER NOT NULL);
INSERT INTO history_items VALUES (1, 'https://www.example.com/profil', 'example', 1);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL, title TEXT NULL, load_successful BOOLEAN NOT NULL DEFAULT 1);
INSERT INTO history_visits VALUES (1, 1, 521692800.5, 'Profil', 1);
