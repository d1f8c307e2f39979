"""Public question sets, one file each, brought into Newsdesk's own format."""
