"""Texts, vectors and ids; knows nothing of articles, questions or answers."""
