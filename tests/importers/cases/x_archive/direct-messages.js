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
            "text": "hei å \"du\"",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2027990877590257664",
            "createdAt": "2026-03-01T06:14:38.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "111",
            "reactions": [],
            "urls": [
              {
                "url": "https://t.co/x",
                "expanded": "https://pay.example",
                "display": "pay.example"
              }
            ],
            "text": "https://t.co/x",
            "mediaUrls": [
              "https://ton.example/dm/1/2/a.jpg"
            ],
            "senderId": "222",
            "id": "2027990898561777664",
            "createdAt": "2026-03-01T06:14:43.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [
              {
                "senderId": "222",
                "reactionKey": "like",
                "eventId": "9",
                "createdAt": "2026-03-01T06:15:00.000Z"
              }
            ],
            "urls": [],
            "text": "",
            "mediaUrls": [
              "https://ton.example/dm/1/3/b.jpg"
            ],
            "senderId": "111",
            "id": "2027990915338993664",
            "createdAt": "2026-03-01T06:14:47.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [],
            "text": "feil tid",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2027991129248497664",
            "createdAt": "2020-01-01T00:00:00.000Z"
          }
        }
      ]
    }
  },
  {
    "dmConversation": {
      "conversationId": "111-333",
      "messages": []
    }
  }
]