"""The bar above the pages: the day, its source, the four steps."""
