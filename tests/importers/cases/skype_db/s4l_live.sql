-- s4l-live.db as Skype 8 lays it out: JSON in every row. Shapes from other programs' sources. All people are invented.
CREATE TABLE internaldata (nsp_pk TEXT PRIMARY KEY, nsp_data TEXT);
INSERT INTO internaldata VALUES ('x', '{}');
CREATE TABLE profilecachev8 (nsp_pk TEXT PRIMARY KEY, nsp_data TEXT);
INSERT INTO profilecachev8 VALUES ('8:live:amanda_lo', '{"mri":"8:live:amanda_lo","displayNameOverride":"Amanda","fetchedUserProfile":{"firstName":"Amanda","country":"FR"}}'), ('8:x', 'ikke json');
CREATE TABLE conversationsv14 (nsp_pk TEXT PRIMARY KEY, nsp_data TEXT);
INSERT INTO conversationsv14 VALUES ('19:gruppe@thread.skype', '{"conv":{"id":"19:gruppe@thread.skype","_threadProps":{"topic":"Gjengen"}}}'), ('8:live:amanda_lo', '{"conv":{"id":"8:live:amanda_lo"}}');
CREATE TABLE messagesv12 (nsp_pk TEXT PRIMARY KEY, nsp_data TEXT, nsp_i_convidcreatedtime TEXT);
INSERT INTO messagesv12 VALUES ('1', '{"cuid":"1","conversationId":"8:live:amanda_lo","creator":"8:live:amanda_lo","createdTime":1600000000123,"messagetype":"RichText","content":"Betal n\u00e5 &amp; <b>fort<\/b>"}', 'C8:live:amanda_loA1');
INSERT INTO messagesv12 VALUES ('2', '{"cuid":"2","conversationId":"8:live:amanda_lo","creator":"8:ola","createdTime":1600000060000,"messagetype":"RichText","content":"nei","_serverMessages":[{"originalarrivaltime":"2020-09-13T12:27:40.000Z"}]}', 'C8:live:amanda_loA2');
INSERT INTO messagesv12 VALUES ('3', '{"cuid":"3","conversationId":"19:gruppe@thread.skype","creator":"8:live:amanda_lo","createdTime":1600300000000,"messagetype":"RichText/UriObject","content":"<URIObject type=\"Picture.1\" uri=\"https://api.asm.skype.com/v1/objects/0-y\"><OriginalName v=\"a.jpg\"/></URIObject>"}', 'x');
INSERT INTO messagesv12 VALUES ('4', '{"cuid":"4","conversationId":"8:live:amanda_lo","creator":"8:live:amanda_lo","createdTime":1600000120000,"messagetype":"RichText","content":"","properties":{"deletetime":"1600000130000"}}', 'x');
INSERT INTO messagesv12 VALUES ('5', '{"cuid":"5","conversationId":"8:live:amanda_lo","creator":"8:live:amanda_lo","createdTime":1600000180000,"messagetype":"Event/Call","content":"<partlist type=\"missed\" callId=\"c\"></partlist>"}', 'x');
INSERT INTO messagesv12 VALUES ('6', 'ikke et objekt', 'x'), ('7', CAST(x'7b22ff' AS TEXT), 'x'), ('8', '{"createdTime":"i gar","content":7,"messagetype":"Poll"}', 'x');
