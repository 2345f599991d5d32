"""Where the chapter "When training fails" explains what `diagnose` finds."""

SECTIONS = {
    "A dead network": ("dead units", "same output for every picture"),
    "The scale of the inputs": (
        "unscaled inputs",
        "inputs too small",
        "loss far above guessing",
        "unprocessed inputs",
    ),
    "The learning rate": (
        "learning rate too high",
        "learning rate too low",
        "weights not finite",
        "outputs not finite",
        "gradient not finite",
        "nothing to train",
    ),
    "The end of the network": ("output activation", "one output"),
    "Shapes, classes and their order": (
        "wrong shape",
        "missing channel axis",
        "inputs not finite",
        "constant channel",
        "labels not finite",
        "one-hot labels",
        "labels not one-hot",
        "labels out of range",
        "labels do not add up to 1",
        "missing class",
        "unbalanced classes",
        "sorted data",
    ),
    "How the weights begin": ("equal weights", "saturated units", "vanishing gradient"),
    "Batches of one": ("batches of one",),
}
"""Headings of the chapter, each with the faults that it explains."""

SECTION_OF = {fault: section for section, faults in SECTIONS.items() for fault in faults}
"""The heading under which each fault is explained."""
