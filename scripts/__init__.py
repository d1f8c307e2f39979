"""Sets Newsdesk up on a bare Python: `python -m scripts.install`; not part of the package."""
