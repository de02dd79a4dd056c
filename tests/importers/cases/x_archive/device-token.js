window.YTD.device_token.part0 = [
  {
    "deviceToken": {
      "clientApplicationId": "1",
      "token": "SECRET",
      "createdAt": "2026-03-12T20:05:00.000Z"
    }
  }
]