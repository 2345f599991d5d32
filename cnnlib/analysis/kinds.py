"""Keras's layers and operations by what they do, for the rules of the other modules."""

from keras import layers

CONVOLUTIONS = (layers.Conv1D, layers.Conv2D, layers.Conv3D)
DEPTHWISE = (layers.DepthwiseConv1D, layers.DepthwiseConv2D)
SEPARABLE = (layers.SeparableConv1D, layers.SeparableConv2D)
TRANSPOSED = (layers.Conv1DTranspose, layers.Conv2DTranspose, layers.Conv3DTranspose)
MAX_POOLING = (layers.MaxPooling1D, layers.MaxPooling2D, layers.MaxPooling3D)
AVERAGE_POOLING = (layers.AveragePooling1D, layers.AveragePooling2D, layers.AveragePooling3D)
ADAPTIVE_POOLING = (
    layers.AdaptiveAveragePooling1D,
    layers.AdaptiveAveragePooling2D,
    layers.AdaptiveAveragePooling3D,
    layers.AdaptiveMaxPooling1D,
    layers.AdaptiveMaxPooling2D,
    layers.AdaptiveMaxPooling3D,
)
GLOBAL_AVERAGE_POOLING = (
    layers.GlobalAveragePooling1D,
    layers.GlobalAveragePooling2D,
    layers.GlobalAveragePooling3D,
)
GLOBAL_MAX_POOLING = (
    layers.GlobalMaxPooling1D,
    layers.GlobalMaxPooling2D,
    layers.GlobalMaxPooling3D,
)
GLOBAL_POOLING = GLOBAL_AVERAGE_POOLING + GLOBAL_MAX_POOLING
ZERO_PADDING = (layers.ZeroPadding1D, layers.ZeroPadding2D, layers.ZeroPadding3D)
CROPPING = (layers.Cropping1D, layers.Cropping2D, layers.Cropping3D)
UPSAMPLING = (layers.UpSampling1D, layers.UpSampling2D, layers.UpSampling3D)
CONV_LSTM = (layers.ConvLSTM1D, layers.ConvLSTM2D, layers.ConvLSTM3D)
ACTIVATIONS = (
    layers.Activation,
    layers.ReLU,
    layers.LeakyReLU,
    layers.PReLU,
    layers.ELU,
    layers.Softmax,
)
MERGES = (
    layers.Add,
    layers.Subtract,
    layers.Multiply,
    layers.Average,
    layers.Maximum,
    layers.Minimum,
)
NORMALIZATIONS = (
    layers.BatchNormalization,
    layers.LayerNormalization,
    layers.GroupNormalization,
    layers.UnitNormalization,
    layers.RMSNormalization,
    layers.Normalization,
)
ATTENTIONS = (
    layers.Attention,
    layers.AdditiveAttention,
    layers.MultiHeadAttention,
    layers.GroupQueryAttention,
)
NOISE = (
    layers.Dropout,
    layers.SpatialDropout1D,
    layers.SpatialDropout2D,
    layers.SpatialDropout3D,
    layers.AlphaDropout,
    layers.GaussianDropout,
    layers.GaussianNoise,
)
"""Active in training only."""

UNCHANGED = (layers.Identity, layers.ActivityRegularization, layers.Masking)
RESHAPING = (layers.Flatten, layers.Reshape)
FREE = (
    *NOISE,
    *UNCHANGED,
    *RESHAPING,
    *ZERO_PADDING,
    *CROPPING,
    layers.Permute,
    layers.RepeatVector,
    layers.Concatenate,
    layers.Embedding,
    layers.UpSampling1D,
    layers.UpSampling3D,
)
"""Layers that only move values about."""

RESHAPING_OPERATIONS = {"Reshape", "Ravel", "ExpandDims", "Squeeze"}
VIEW_OPERATIONS = RESHAPING_OPERATIONS | {"StopGradient", "Copy", "ConvertToTensor", "Cast"}
FREE_OPERATIONS = VIEW_OPERATIONS | {
    "BroadcastTo",
    "Concatenate",
    "DepthToSpace",
    "Flip",
    "GetItem",
    "Moveaxis",
    "Pad",
    "Repeat",
    "Roll",
    "Slice",
    "SpaceToDepth",
    "Split",
    "Stack",
    "Swapaxes",
    "Take",
    "Tile",
    "Transpose",
    "Unstack",
}
"""`keras.ops` that only move values about."""

REDUCTIONS = {
    "All",
    "Amax",
    "Amin",
    "Any",
    "Argmax",
    "Argmin",
    "CountNonzero",
    "Logsumexp",
    "Max",
    "Mean",
    "Min",
    "Moments",
    "Prod",
    "Std",
    "Sum",
    "Var",
}


def rule(dispatcher, *kinds):
    """Return a decorator that registers one function for several types.

    Args:
        dispatcher: a `functools.singledispatch` function.
        *kinds: the types.
    """

    def register(function):
        for kind in kinds:
            dispatcher.register(kind, function)
        return function

    return register


def named(table, *names):
    """Return a decorator that enters one function in a table under several names.

    Args:
        table: a dict.
        *names: the names.
    """

    def register(function):
        table.update(dict.fromkeys(names, function))
        return function

    return register


def spatial_axes(data_format, rank):
    """Return the axes of a tensor that are neither batch nor channels.

    Args:
        data_format: "channels_last" or "channels_first".
        rank: number of axes, the batch included.
    """
    return range(1, rank - 1) if data_format == "channels_last" else range(2, rank)
