"""The lab "Spot the error": what a mistaken sentence would predict, and what is true."""

from itertools import pairwise

import numpy as np

from cnnlib.geometry import output_size, receptive_field
from cnnlib.labs._judges import Array, Exercise, Number

_SIDES = [(output_size(200, 3, 2**k, "same"), output_size(300, 3, 2**k, "same")) for k in (1, 2, 3)]
_MAPS = (3, 100, 200, 400)
_PARAMETERS = sum((9 * below + 1) * above for below, above in pairwise(_MAPS))
_LAYERS = [4 * h * w * maps for (h, w), maps in zip(_SIDES, _MAPS[1:], strict=True)]
_TRAINING = 4 * _PARAMETERS + 50 * (sum(_LAYERS) + 4 * 200 * 300 * 3)
MEMORY = {
    "parameters": _PARAMETERS,
    "bytes of parameters": 4 * _PARAMETERS,
    "bytes of the last layer": _LAYERS[-1],
    "bytes of one prediction": 4 * _PARAMETERS + _LAYERS[0] + _LAYERS[1],
    "bytes of training on 50 pictures": _TRAINING,
}
_CALCULATION = {
    "bytes of parameters": MEMORY["bytes of parameters"],
    "bytes of the last layer": MEMORY["bytes of the last layer"],
    "bytes of the three layers": sum(_LAYERS),
    "bytes of one prediction": MEMORY["bytes of one prediction"],
    "bytes of training on 50 pictures": _TRAINING,
}


def _judge_memory(numbers):
    """Name the lines of the calculation that are wrong."""
    values = np.asarray(numbers, "float64")
    if values.shape != (len(_CALCULATION),):
        return f"Five numbers, please. Received: shape {values.shape}"
    wrong = [
        name
        for (name, right), value in zip(_CALCULATION.items(), values, strict=True)
        if not np.isclose(value, right, rtol=1e-9)
    ]
    return f"Still wrong: {', '.join(wrong)}." if wrong else None


def _judge_padding(text):
    if text == "SAME":
        return None
    if isinstance(text, str) and text.lower() == "same":
        return "`tf.nn.conv2d` refuses that spelling."
    return "The answer is the string that `tf.nn.conv2d` accepts."


EXERCISES = {
    "fewer": Exercise(
        Number(
            60_965_224 / 6_998_552,
            slips={
                12: "That is what the sentence says.",
                10: "That is what others say. Divide.",
                60_965_224 - 6_998_552: "That is how many fewer, not how many times.",
            },
            tolerance=1e-2,
        ),
        hints=(
            "It takes a single division.",
            "The larger number by the smaller one.",
            "Between eight and nine.",
        ),
    ),
    "magnitude": Exercise(
        Number(
            18**0.5,
            slips={
                0: "That is what the sentence predicts: the two answers cancel.",
                6: "Adding absolute values makes leaning edges too strong.",
                18: "That is the square of the strength.",
            },
            tolerance=1e-2,
        ),
        hints=(
            "The two answers are the components of one vector, the gradient.",
            "How long is the vector $(3, -3)$?",
            "Pythagoras: the root of the sum of the squares.",
        ),
    ),
    "even": Exercise(
        Number(
            0.5,
            slips={
                -0.5: "Only the distance is asked for.",
                0: "An even window has no pixel at its centre.",
                1: "The window is out of centre, but not by that much.",
                5: "Most of the window is balanced: 4 pixels on one side, 5 on the other.",
            },
        ),
        hints=(
            "Which pixel is the centre of a window 10 wide?",
            "Same padding at stride 1 puts 4 zeros before and 5 after: the window reaches 4 to "
            "the left and 5 to the right.",
            "Take the mean of the numbers from -4 to 5.",
        ),
    ),
    "flip": Exercise(
        Number(
            -8,
            slips={
                8: "That is the answer of the cross-correlation.",
                -4: "The columns are two pixels apart.",
                0: "The ramp is not flat.",
            },
        ),
        hints=(
            "First find what the cross-correlation gives: each row adds $-1$, $0$ and $1$ times "
            "the brightness, twice as much in the middle.",
            "The three rows together give $(1 + 2 + 1)$ times a difference over two pixels.",
            "A convolution turns the kernel by 180°, and this kernel turned is its own negative.",
        ),
    ),
    "equivariance": Exercise(
        Array(
            [3, 5],
            slips=(
                ([0, 0], "That would be invariance, as the sentence has it."),
                ([-3, -5], "The map moves along with the picture, not against it."),
                ([5, 3], "Rows first, then columns."),
            ),
        ),
        hints=(
            "The same weights look at the same pixels, only elsewhere.",
            "Where is the window that now holds what the brightest window held before?",
            "Shift the picture and shift the map: convolution does not care which comes first.",
        ),
    ),
    "shared": Exercise(
        Number(
            16,
            slips={
                1: "That is the average over the positions.",
                9: "The kernel has nine weights, but how many positions does it take?",
                36: "Not every pixel is the corner of a window.",
            },
        ),
        hints=(
            "Write the loss as a sum over the positions.",
            "Each position contributes the pixel under that weight: 1 in a white picture.",
            "How many positions does a 3×3 kernel take on 6×6 pixels without padding?",
        ),
    ),
    "circulant": Exercise(
        Number(
            16,
            slips={
                4: "That is the number without padding, where no window wraps around.",
                9: "That is the number of weights.",
                36: "That would be full padding.",
            },
        ),
        hints=(
            "In a circular convolution the picture goes on at the other side.",
            "Then a window may start at every pixel.",
            "The picture has 4×4 pixels.",
        ),
    ),
    "stack": Exercise(
        Array(
            [receptive_field([(3, 1)] * 2).size, 4],
            slips=(
                ([9, 2], "That is what the sentence says."),
                ([6, 3], "Neighbouring windows overlap."),
                ([5, 3], "Three layers see 7×7."),
                ([25, 4], "The side of the field, not its area."),
            ),
        ),
        hints=(
            "A neuron of the second layer reads three neighbours of the first, each of which "
            "reads three pixels. How many different pixels is that?",
            "Each further layer adds one pixel on each side.",
            "$1 + 2k$ pixels after $k$ layers.",
        ),
    ),
    "window": Exercise(
        Array(
            [9, 3],
            slips=(
                ([3, 9], "First what the sentence gives, then what is true."),
                ([8, 3], "Columns 0 to 8 are nine."),
                ([9, 9], "A kernel three wide never reads more than three columns."),
                ([3, 3], "The sentence names no first column."),
            ),
        ),
        hints=(
            "Put $j = 3$, $s_w = 2$ and $f_w = 3$ into the sentence. Which is the last column?",
            "With no lower bound the columns begin at 0.",
            "The true window begins at $j\\,s_w = 6$.",
        ),
    ),
    "kernel": Exercise(
        Array(
            [3, 3, 3, 32],
            slips=(
                ([3, 3, 32, 3], "That is the order of the sentence."),
                ([32, 3, 3, 3], "That is PyTorch's order."),
                ([3, 3, 32], "Every map has its own kernel for every channel."),
            ),
        ),
        hints=(
            "Four axes: two for the place in the window, two for the maps.",
            "The last axis of a tensor of pictures holds its channels. The kernel's third axis "
            "meets it.",
            "Height, width, channels in, maps out.",
        ),
    ),
    "capitals": Exercise(
        _judge_padding,
        hints=(
            "Run the cell and read the error.",
            "Keras's layers take either case; `tf.nn` does not.",
            "Shout.",
        ),
    ),
    "same": Exercise(
        Array(
            [output_size(5, 3, 2, "same"), output_size(7, 3, 2, "same")],
            slips=(
                ([5, 7], "That holds at stride 1."),
                ([2, 3], "Same padding rounds up."),
                ([4, 3], "Rows first, then columns."),
            ),
        ),
        hints=(
            'What does "same" promise when the stride is 2?',
            "As many outputs as windows can start: every second row and column.",
            "Divide by 2 and round up.",
        ),
    ),
    "memory": Exercise(
        _judge_memory,
        hints=(
            "A float32 takes 4 bytes, in parameters as in every layer.",
            "The last layer has 25×38 neurons in 400 maps. For one prediction only two consecutive "
            "layers need to be in memory at once.",
            "Training keeps all three layers and the picture itself, for each of the 50 "
            "pictures, but the parameters only once.",
        ),
    ),
    "dilation": Exercise(
        Array(
            [1, 0, 0, 0, 2, 0, 0, 0, 3],
            slips=(
                ([1, 0, 0, 2, 0, 3], "That is the sentence's own: its gaps are not even equal."),
                ([1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3], "At rate 4 the weights lie 4 cells apart."),
                ([1, 0, 0, 2, 0, 0, 3], "That is rate 3."),
            ),
        ),
        hints=(
            "At rate 1 a kernel is as it was: rate 1 inserts no zeros.",
            "Rate $d$ puts $d - 1$ zeros between neighbours.",
            "Its span is $d(f - 1) + 1$.",
        ),
    ),
    "pooling": Exercise(
        Number(
            0,
            slips={
                0.75: "That is the share of values dropped.",
                13872: "Do a convolution's weights depend on the size of the picture?",
                18496: "That is how many there are, before and after.",
            },
        ),
        hints=(
            "Write down how many parameters a convolution has. Where does the size of the "
            "picture come in?",
            "(Kernel height × kernel width × channels in + 1) × maps out.",
            "Compare the two summaries.",
        ),
    ),
}
