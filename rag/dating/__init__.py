"""Days and spans of days, as English words name them."""
