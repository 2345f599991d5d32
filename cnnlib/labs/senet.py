"""Exercises of the chapter "Senet"."""

from cnnlib.labs._judges import Exercise, Number

EXERCISES = {
    "first": Exercise(
        Number(4, slips={0: "That is the difference."}),
        hints=(
            "What is asked for?",
            "How is it computed?",
            "What is the last step but one?",
        ),
    ),
}
