"""Newsdesk for other programs and for several people: who may come in, and the ways to ask."""
