window.YTD.direct_messages_group.part0 = [
 {
  "dmConversation": {
   "conversationId": "999",
   "messages": [
    {
     "joinConversation": {
      "initiatingUserId": "222",
      "participantsSnapshot": [
       "111",
       "222"
      ],
      "createdAt": "2026-03-01T06:15:00.000Z"
     }
    },
    {
     "messageCreate": {
      "reactions": [],
      "urls": [],
      "text": "til alle",
      "mediaUrls": [],
      "senderId": "222",
      "id": "2027990877590257664",
      "createdAt": "2026-03-01T06:14:38.123Z"
     }
    },
    {
     "participantsLeave": {
      "userIds": [
       "111"
      ],
      "createdAt": "2026-03-01T07:15:00.000Z"
     }
    },
    {
     "conversationNameUpdate": {
      "initiatingUserId": "222",
      "name": "Ny",
      "createdAt": "2026-03-01T07:16:00.000Z"
     }
    }
   ]
  }
 }
]