"""Mails as Outlook saves them: a compound file (MS-CFB) with one stream per property (MS-OXMSG)."""
