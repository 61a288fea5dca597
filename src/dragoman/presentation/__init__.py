"""Records as people read them: in words, in marked text, as HTML and as tables. Knows the records and nothing else."""
