-- An iPhone's sms.db whose newest message stands only in the write-ahead log.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT NOT NULL, service TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, style INTEGER, chat_identifier TEXT, display_name TEXT);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT, handle_id INTEGER, service TEXT, date INTEGER, is_from_me INTEGER DEFAULT 0);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id));
INSERT INTO handle VALUES (1, '+4799900003', 'iMessage');
INSERT INTO chat VALUES (1, 'iMessage;-;+4799900003', 45, '+4799900003', NULL);
INSERT INTO message (guid, text, handle_id, service, date) VALUES ('A', 'Det som står i filen', 1, 'SMS', 700000000);
INSERT INTO chat_message_join VALUES (1, 1);
-- lost write-ahead log
INSERT INTO message (guid, text, handle_id, service, date, is_from_me) VALUES ('B', 'Det nyeste', 1, 'SMS', 700000100, 1);
INSERT INTO chat_message_join VALUES (1, 2);
