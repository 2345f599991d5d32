"""The small figures of the comparison draw what Python computes."""

from cnnlib.explorers import (
    CountingExplorer,
)

pytest_plugins = ("browser_fixtures", "figure_fixtures")


def test_parameters_and_operations_are_counted_in_the_page_as_in_python(shown):
    ways = [
        {"version": version, "unit": unit, "biases": on, "statistics": on}
        for version in ("v1", "v1.5")
        for unit in ("macs", "flops")
        for on in (False, True)
    ]
    made = [CountingExplorer(**way) for way in ways]
    page, boxes = shown(*made)
    assert page.errors == []
    for explorer, box in zip(made, boxes, strict=True):
        said = box.get_by_role("status").inner_text()
        parameters, operations = explorer.compute()
        assert f"{parameters:,} parameters" in said
        assert f"{operations:,} {'FLOPs' if explorer.unit == 'flops' else 'MACs'}" in said
    assert CountingExplorer(biases=True, statistics=True).compute()[0] == 25_636_712
