"""The one module of this package that workflows import."""
