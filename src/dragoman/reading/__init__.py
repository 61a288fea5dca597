"""From the annotated article to its records: who, what, when, where, on whose word."""
