"""`python -m cnnlib experiment NAME`: make the runs that are missing."""

import os
import sys
from pathlib import Path

from cnnlib.experiments import _declaration, _runner, _store, _verdicts


def add_arguments(parser):
    """Declare the command's arguments on an `argparse` parser."""
    parser.add_argument(
        "names", metavar="NAME", nargs="*", help="an experiment; without a name, all of them"
    )
    parser.add_argument("--scale", choices=_declaration.SCALES, default="small")
    parser.add_argument("--seeds", type=int, metavar="N", help="runs of each variant")
    parser.add_argument("--list", action="store_true", help="say what is stored, run nothing")
    parser.add_argument(
        "--results",
        type=Path,
        default=_store.RESULTS,
        metavar="FOLDER",
        help="where results are kept; without it, beside the library's code",
    )


def execute(options):
    """Carry the command out.

    Args:
        options: what the parser found.

    Returns:
        The exit status: 0, or 130 after Ctrl+C.

    Raises:
        OSError: the results cannot be written.
        ValueError: a name is unknown, or a number out of range.
    """
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # as for the runs that are stored
    try:
        for name in options.names or _declaration.available():
            _one(name, options)
    except KeyboardInterrupt:
        print("\nStopped. Finished runs are stored; the same command goes on.", file=sys.stderr)
        return 130
    return 0


def _one(name, options):
    asked = (name, options.scale, options.seeds, options.results)
    waiting = _runner.missing(*asked)
    print(f"{name}, {options.scale}: {len(waiting) or 'no'} runs are missing", flush=True)
    if options.list:
        print(f"    {_declaration.declaration(name).question}")
        return
    if waiting and options.scale != "glimpse" and not _runner.suits(name):
        print("    It needs a graphics card, and Keras on JAX: KERAS_BACKEND=jax. Left out.")
        return
    _runner.measure(*asked)
    for verdict in _verdicts.verdicts(name, options.scale, options.results):
        print(verdict)
