"""`report MODEL`: what a model costs and sees; `experiment NAME`: measure a claim anew."""

import argparse
import json
import os
import sys

from cnnlib.experiments import _command as experiment


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        """Say in one line what is wrong, without the usage."""
        self.exit(2, f"cnnlib: {' '.join(message.split())}\n")


def main(arguments=None):
    """Run the command line.

    Args:
        arguments: list of strings; None takes those of the process.

    Returns:
        The exit status: 0, 2 after one line on standard error that says what is wrong, or 130
        after Ctrl+C.
    """
    options = _parser().parse_args(arguments)
    try:
        if options.command == "experiment":
            return experiment.execute(options)
        print(_report(options))
    except BrokenPipeError:  # the reader of the output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, TypeError, ValueError) as error:
        print(f"cnnlib: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return 0


def _parser():
    parser = _Parser(prog="python -m cnnlib", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    experiment.add_arguments(
        commands.add_parser("experiment", help="measure what the book claims, with many seeds")
    )
    report = commands.add_parser(
        "report", help="parameters, MACs, memory and receptive fields, layer by layer"
    )
    report.add_argument(
        "model",
        metavar="MODEL",
        help="a .keras file, keras.applications:NAME, or an architecture of the book",
    )
    report.add_argument("--input-shape", type=_shape, metavar="224x224x3", help="one picture")
    report.add_argument("--batch", type=int, default=1, metavar="N", help="pictures in a batch")
    report.add_argument("--dtype", default="float32", help="float32, float16, mixed_float16 ...")
    report.add_argument("--json", action="store_true", help="write JSON instead of a table")
    return parser


def _shape(text):
    try:
        return tuple(int(n) for n in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must look like 224x224x3. Received: {text}") from None


def _report(options):
    import cnnlib

    analysis = cnnlib.analyze(
        options.model,
        batch_size=options.batch,
        input_shape=options.input_shape,
        dtype=options.dtype,
    )
    if not options.json:
        return str(analysis)
    table = analysis.to_frame().to_json(orient="records", default_handler=str)
    return json.dumps(analysis.totals() | {"layers": json.loads(table)}, indent=1)


if __name__ == "__main__":
    sys.exit(main())
