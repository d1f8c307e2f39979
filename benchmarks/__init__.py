"""Speed and scale; run by hand, never asserted in tests."""
