"""A run of training as a still picture: for paper, and for pages on which no script runs."""

from matplotlib.figure import Figure

from cnnlib import plots


def drawn(found):
    """Draw loss and accuracy on the pictures learned from and on the validation pictures.

    Args:
        found: what `curves` of `in_keras` returned.

    Returns:
        A `cnnlib.plots.Shown`.
    """
    with plots.style():
        figure = Figure(figsize=(8, 2.8))
        loss, accuracy = figure.subplots(1, 2)
        for axis, name in ((loss, "loss"), (accuracy, "accuracy")):
            for prefix, label in (("", "training"), ("validation_", "validation")):
                axis.plot(found["epoch"], found[prefix + name], label=label)
            axis.set(xlabel="epoch", title=name.capitalize())
        loss.set(yscale="log")
        accuracy.set(ylim=(0, 1.02))
        accuracy.legend(loc="lower right")
    return plots.show(
        figure,
        f"Training in Keras: after {found['epoch'][-1]:.0f} epochs the validation loss is "
        f"{found['validation_loss'][-1]:.2f} and {found['validation_accuracy'][-1]:.0%} of the "
        "validation digits are named rightly",
    )
