"""The page's parts in Gradio: one file per pane, with its layout, events and connections."""
