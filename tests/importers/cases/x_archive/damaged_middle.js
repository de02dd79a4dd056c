window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "111-222",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [
              {
                "url": "https://t.co/x",
                "expanded": "https://pay.example.com/y",
                "display": "pay.example.com/y"
              }
            ],
            "text": "hei https://t.co/x",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2032186616042225665",
            "createdAt": "2026-03-12T20:07:00.123Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [],
            "text": "",
            "mediaUrls": [
              "https://ton.example.com/dm/1/2/a.jpg"
            ],
            "senderId": "111",
            "id": "2032186363868086273",
            "createdAt": "2026-03-12T20:06:00.000Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "111",
            "reactions": [
              {
                "senderId": "111",
                "reactionKey": "sad",
                "eventId": "1",
                "createdAt": "2026-03-12T20:05:30.000Z"
              }
            ],
            "urls": [],
            "text": "nei,
            "mediaUrls": [],
            "senderId": "222",
            "id": "2032186112209846273",
            "createdAt": "2026-03-12T20:05:00.000Z"
          }
        }
      ]
    }
  },
  {
    "dmConversation": {
      "conversationId": "1-3",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "222",
            "reactions": [],
            "urls": [
              {
                "url": "https://t.co/x",
                "expanded": "https://pay.example.com/y",
                "display": "pay.example.com/y"
              }
            ],
            "text": "hei https://t.co/x",
            "mediaUrls": [],
            "senderId": "111",
            "id": "2032186616042225665",
            "createdAt": "2026-03-12T20:07:00.123Z"
          }
        }
      ]
    }
  }
]