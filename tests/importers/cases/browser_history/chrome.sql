-- History as Chrome 59 lays it out. Invented addresses.
CREATE TABLE urls (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
INSERT INTO urls VALUES (1, 'https://chat.example.com/rom/1', 'Rom 1', 2, 1, 13146444399432149, 0), (2, 'https://bank.example.net/', 'Banken', 1, 0, 13146444499432149, 0), (3, 'https://example.com.example.org/', 'Noe annet', 1, 0, 13147000000000000, 0), (4, 'http://[::1', NULL, 1, 0, 0, 1);
CREATE TABLE visits (id INTEGER PRIMARY KEY, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER, visit_duration INTEGER DEFAULT 0 NOT NULL);
INSERT INTO visits VALUES (1, 1, 13146444399432149, 0, 805306368, 0, 5000000), (2, 1, 13146999999000000, 1, 0, 0, 0), (3, 2, 13146444499432149, 0, 1, 0, 0), (4, 99, 13146444499432149, 0, 1, 0, 0);
CREATE TABLE downloads (id INTEGER PRIMARY KEY, guid VARCHAR, current_path LONGVARCHAR, target_path LONGVARCHAR, start_time INTEGER NOT NULL, received_bytes INTEGER, total_bytes INTEGER, referrer VARCHAR, site_url VARCHAR, tab_url VARCHAR, mime_type VARCHAR);
INSERT INTO downloads VALUES (1, 'g', '/home/ola/film.mp4', '/home/ola/film.mp4', 13146444400000000, 10, 10, 'https://chat.example.com/rom/1', 'https://example.com/', 'https://chat.example.com/rom/1', 'video/mp4'), (2, 'h', '/home/ola/faktura.pdf', '/home/ola/faktura.pdf', 13146444500000000, 10, 10, 'https://bank.example.net/', NULL, NULL, 'application/pdf');
CREATE TABLE downloads_url_chains (id INTEGER NOT NULL, chain_index INTEGER NOT NULL, url LONGVARCHAR NOT NULL, PRIMARY KEY (id, chain_index));
INSERT INTO downloads_url_chains VALUES (1, 0, 'https://cdn.example.org/film.mp4'), (2, 0, 'https://bank.example.net/faktura.pdf');
CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL, url_id INTEGER NOT NULL, lower_term LONGVARCHAR NOT NULL, term LONGVARCHAR NOT NULL);
INSERT INTO keyword_search_terms VALUES (2, 1, 'hva er utpressing', 'Hva er utpressing');
CREATE TABLE meta (key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES ('version', '34');
