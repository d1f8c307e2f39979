"""What the chat page shows and remembers, as values and functions; knows nothing of Gradio."""
