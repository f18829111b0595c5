"""The two modules of this package that workflows import."""
