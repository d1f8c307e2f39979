"""What is compared between a written sentence and the quotes that may support it."""
