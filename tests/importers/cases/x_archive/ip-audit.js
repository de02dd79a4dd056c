window.YTD.ip_audit.part0 = [
  {
    "ipAudit": {
      "accountId": "222",
      "createdAt": "2026-03-12T20:05:00.000Z",
      "loginIp": "192.0.2.7"
    }
  },
  {
    "ipAudit": {
      "accountId": "222",
      "createdAt": "2026-03-11T20:05:00.000Z",
      "loginIp": "2001:db8::7"
    }
  }
]