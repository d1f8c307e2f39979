"""English questions taken apart and put together by rules; knows nothing of articles."""
