"""The annex for every medium: its grid and its programme of many rooms, in words and places, without a renderer."""
