"""Puts the chapters into the package: `cnnlib.labs.solution` finds the solutions there."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithChapters(build_py):
    """Copies what `cnnlib.labs._chapters` reads; an editable install reads the book itself."""

    def run(self):
        """Copy the package, then the chapters."""
        super().run()
        if self.editable_mode:
            return
        chapters = Path("book").glob("[a-z]*/*.ipynb")
        for file in (Path("book/index.ipynb"), Path("book/references.bib"), *chapters):
            target = Path(self.build_lib, "cnnlib", file)
            self.mkpath(str(target.parent))
            self.copy_file(str(file), str(target))


setup(cmdclass={"build_py": WithChapters})
