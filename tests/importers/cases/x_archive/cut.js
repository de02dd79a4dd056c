window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "111-222",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [],
            "text": "nr 0",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2027990877590257664",
            "createdAt": "2026-03-01T06:14:38.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [],
            "text": "nr 1",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2027990881784561664",
            "createdAt": "2026-03-01T06:14:39.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [],
            "text": "nr 2",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2027990885978865664",
            "createdAt": "2026-03-01T06:14:40.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [],
            "text": "nr 3",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2027990890173169664",
            "createdAt": "2026-03-01T06:14:41.123Z"
          }
        }
      ]
    }
  },
  {
    "dmConversation": {
    