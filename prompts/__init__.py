"""The prompts' prose, one file per prompt and version, and their loader."""
