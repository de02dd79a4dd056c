window.YTD.direct_messages_group.part1 = [
 {
  "dmConversation": {
   "conversationId": "900000000000000001",
   "messages": [
    {
     "messageCreate": {
      "reactions": [],
      "urls": [],
      "text": "alle",
      "mediaUrls": [],
      "senderId": "111",
      "id": "2032186112209846273",
      "createdAt": "2026-03-12T20:05:00.000Z"
     }
    },
    {
     "joinConversation": {
      "initiatingUserId": "333",
      "participantsSnapshot": [
       "111",
       "222"
      ],
      "createdAt": "2026-03-12T20:04:00.000Z"
     }
    },
    {
     "participantsLeave": {
      "userIds": [
       "222"
      ],
      "createdAt": "2026-03-12T20:08:00.000Z"
     }
    },
    {
     "conversationNameUpdate": {
      "initiatingUserId": "111",
      "name": "Gjengen",
      "createdAt": "2026-03-12T20:09:00.000Z"
     }
    }
   ]
  }
 }
]