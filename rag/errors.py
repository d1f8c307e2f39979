"""Errors meant for people: one sentence saying what is wrong and what to do.

RagError
├── ArchiveError    the archive on disk cannot be opened, written or repaired
├── ModelError      a model cannot be found, fetched, checked or run
├── ReadError       a source cannot be read as articles
└── SettingsError   a setting is unknown or has a wrong value
"""


class RagError(Exception):
    """Trouble of the user's or of the world's; the message is shown as it is."""


class ArchiveError(RagError):
    pass


class ModelError(RagError):
    pass


class ReadError(RagError):
    pass


class SettingsError(RagError):
    pass
