"""The promises of "Densenet"."""

from promises import Try

pytest_plugins = ("book_build", "browser_fixtures", "promise_fixtures")

first = Try("architectures/densenet", 1)


@first.step(1, "d335b353")
def test_a_kernel_of_one_sees_a_single_field(explorer):
    explorer.set("Kernel size", 1)
    assert "the field spans 8." in explorer.words()
