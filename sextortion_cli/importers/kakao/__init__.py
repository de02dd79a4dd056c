"""What belongs to the importer of KakaoTalk's exports."""
