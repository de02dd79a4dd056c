"""Demands and threats in one message: pure, linear, in eight languages. The door is `suggest.suggest`."""
