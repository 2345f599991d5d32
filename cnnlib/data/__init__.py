"""Pictures for the book's examples; none of them needs the network."""

from cnnlib.data.images import picture, pictures

__all__ = ["picture", "pictures"]
