"""Measures what the book promises its readers: `python -m bench` prints budgets and figures."""
