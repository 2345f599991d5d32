"""Bytes per value for the floating-point types a model can run in."""

import math
from dataclasses import dataclass

import keras

from cnnlib.checks import check_choice

_SIZES = {"float64": 8, "float32": 4, "bfloat16": 2, "float16": 2}


@dataclass(frozen=True)
class Precision:
    """How many bytes a value takes.

    Attributes:
        name: as `analyze` takes it.
        weight: bytes of a weight.
        activation: bytes of an activation.
    """

    name: str
    weight: int
    activation: int

    @classmethod
    def of(cls, dtype):
        """Return the precision of a type or of one of Keras's mixed policies.

        Args:
            dtype: "float32", "float64", "float16", "bfloat16", "mixed_float16" or
                "mixed_bfloat16".

        Raises:
            TypeError: `dtype` is not a string.
            ValueError: an unknown name.
        """
        check_choice("dtype", dtype, [*_SIZES, "mixed_float16", "mixed_bfloat16"])
        size = _SIZES[dtype.removeprefix("mixed_")]
        return cls(dtype, 4 if dtype.startswith("mixed_") else size, size)

    @property
    def mixed(self):
        """Whether weights and activations differ."""
        return self.weight != self.activation

    def bytes_of(self, tensor):
        """Return the bytes of a tensor at this precision; integers keep their own size."""
        return math.prod(tensor.shape) * self._size(tensor.dtype, self.activation)

    def bytes_of_weight(self, weight):
        """Return the bytes of a variable at this precision; integers keep their own size."""
        return math.prod(weight.shape) * self._size(weight.dtype, self.weight)

    def _size(self, dtype, floating):
        if keras.backend.is_float_dtype(dtype):
            return floating
        return {"bool": 1}.get(dtype) or int("".join(filter(str.isdigit, dtype))) // 8
