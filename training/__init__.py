"""The recipe: corpora to the weights that ship."""
