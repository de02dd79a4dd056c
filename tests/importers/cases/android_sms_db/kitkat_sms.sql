-- mmssms.db as Android 4.4 lays it out: SMS only, one conversation, no creator. All people are invented.
CREATE TABLE android_metadata (locale TEXT);
INSERT INTO android_metadata VALUES ('nb_NO');
CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT);
INSERT INTO canonical_addresses VALUES (1, '+47 999 00 001');
CREATE TABLE threads (_id INTEGER PRIMARY KEY AUTOINCREMENT, date INTEGER DEFAULT 0, message_count INTEGER DEFAULT 0, recipient_ids TEXT, snippet TEXT, snippet_cs INTEGER DEFAULT 0, read INTEGER DEFAULT 1, type INTEGER DEFAULT 0, error INTEGER DEFAULT 0, has_attachment INTEGER DEFAULT 0);
INSERT INTO threads VALUES (1, 1383066980000, 4, '1', 'Send pengene', 0, 1, 0, 0, 0);
CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0, protocol INTEGER, read INTEGER DEFAULT 0, status INTEGER DEFAULT -1, type INTEGER, reply_path_present INTEGER, subject TEXT, body TEXT, service_center TEXT, locked INTEGER DEFAULT 0, error_code INTEGER DEFAULT 0, seen INTEGER DEFAULT 0);
INSERT INTO sms VALUES (1, 1, '+4799900001', NULL, 1383065788038, 1383065786000, 0, 1, -1, 1, 0, NULL, 'Jeg har filmen.' || char(10) || 'Send pengene.', '+4799999999', 0, 0, 1);
INSERT INTO sms VALUES (2, 1, '+47 999 00 001', NULL, 1383066235964, 0, NULL, 1, -1, 2, NULL, NULL, 'La meg være 😢', NULL, 0, 0, 1);
INSERT INTO sms VALUES (3, 1, '+47 999 00 001', NULL, 1383324000000, 0, NULL, 1, -1, 3, NULL, NULL, 'Et utkast', NULL, 0, 0, 1);
INSERT INTO sms VALUES (7, 1, '+4799900001', NULL, 1383627600000, 1383627599000, 0, 0, -1, 1, 0, NULL, CAST(x'73766172c33a' AS TEXT), NULL, 0, 0, 0);
CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0, msg_box INTEGER, read INTEGER DEFAULT 0, m_id TEXT, sub TEXT, sub_cs INTEGER, ct_t TEXT, m_type INTEGER);
CREATE TABLE part (_id INTEGER PRIMARY KEY AUTOINCREMENT, mid INTEGER, seq INTEGER DEFAULT 0, ct TEXT, name TEXT, chset INTEGER, cd TEXT, fn TEXT, cid TEXT, cl TEXT, ctt_s INTEGER, ctt_t TEXT, _data TEXT, text TEXT);
CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER, charset INTEGER);
CREATE VIRTUAL TABLE words USING FTS3 (_id INTEGER PRIMARY KEY, index_text TEXT, source_id INTEGER, table_to_use INTEGER);
INSERT INTO words VALUES (1, 'Jeg har filmen', 1, 1);
