"""One module per group of formats; each turns a file's or page's content into raw articles."""
