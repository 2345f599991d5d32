"""The symbols of `load("symbols")` and where matplotlib's mathematical fonts keep them."""

from types import MappingProxyType

# Fonts that are indexed by Unicode; a symbol comes from each of them that has it.
UNICODE_FONTS = (
    "DejaVuSans",
    "DejaVuSans-Oblique",
    "DejaVuSans-Bold",
    "DejaVuSansMono",
    "DejaVuSerif",
    "DejaVuSerif-Italic",
    "STIXGeneral",
    "STIXGeneralItalic",
    "STIXGeneralBol",
)

# Font families whose glyph looks like another symbol: this pi is hardly to be told from a product.
LEFT_OUT = MappingProxyType({"pi": "DejaVu"})

# Name: the character in Unicode, then its places in the fonts of TeX (Computer Modern), which
# have an order of their own. Left out are characters that nobody can tell from another here: the
# times sign and chi (from x), phi (from the empty set), epsilon (from "element of"), capital pi
# and sigma (from the product and the sum), "proportional to" (from alpha).
ALPHABET = MappingProxyType(
    {
        "x": ("x", ("cmmi10", 0x78), ("cmr10", 0x78), ("cmss10", 0x78)),
        "square root": ("√", ("cmsy10", 0x70), ("cmex10", 0x70), ("cmex10", 0x71)),
        "plus": ("+", ("cmr10", 0x2B), ("cmb10", 0x2B), ("cmss10", 0x2B)),
        "minus": ("−", ("cmsy10", 0xA1)),
        "equal": ("=", ("cmr10", 0x3D), ("cmb10", 0x3D), ("cmss10", 0x3D)),
        "percent": ("%", ("cmr10", 0x25), ("cmss10", 0x25)),
        "partial": ("∂", ("cmmi10", 0x40)),
        "product": ("∏", ("cmex10", 0x51), ("cmex10", 0x59), ("STIXSizOneSymReg", 0x220F)),
        "pi": ("π", ("cmmi10", 0xBC)),
        "summation": ("∑", ("cmex10", 0x50), ("cmex10", 0x58), ("STIXSizOneSymReg", 0x2211)),
        "alpha": ("α", ("cmmi10", 0xAE)),
        "beta": ("β", ("cmmi10", 0xAF)),
        "gamma": ("γ", ("cmmi10", 0xB0)),
        "delta": ("δ", ("cmmi10", 0xB1)),
        "theta": ("θ", ("cmmi10", 0xB5)),
        "lambda": ("λ", ("cmmi10", 0xB8)),
        "mu": ("μ", ("cmmi10", 0xB9)),
        "xi": ("ξ", ("cmmi10", 0xBB)),
        "sigma": ("σ", ("cmmi10", 0xBE)),
        "psi": ("ψ", ("cmmi10", 0xC3)),
        "omega": ("ω", ("cmmi10", 0x21)),
        "capital delta": ("Δ", ("cmr10", 0xA2)),
        "capital omega": ("Ω", ("cmr10", 0xAD)),
        "integral": ("∫", ("cmex10", 0x52), ("cmex10", 0x5A)),
        "infinity": ("∞", ("cmsy10", 0x31)),
        "nabla": ("∇", ("cmsy10", 0x72)),
        "union": ("∪", ("cmsy10", 0x5B)),
        "intersection": ("∩", ("cmsy10", 0x5C)),
        "subset": ("⊂", ("cmsy10", 0xBD)),
        "element of": ("∈", ("cmsy10", 0x32)),
        "for all": ("∀", ("cmsy10", 0x38)),
        "exists": ("∃", ("cmsy10", 0x39)),
        "empty set": ("∅", ("cmsy10", 0x3B)),
        "divide": ("÷", ("cmsy10", 0xA5)),
        "plus minus": ("±", ("cmsy10", 0xA7)),
        "circled plus": ("⊕", ("cmsy10", 0xA9)),
        "circled times": ("⊗", ("cmsy10", 0xAD)),
        "not": ("¬", ("cmsy10", 0x3A)),
        "less or equal": ("≤", ("cmsy10", 0x2219)),
        "greater or equal": ("≥", ("cmsy10", 0xB8)),
        "not equal": ("≠",),
        "approximately equal": ("≈", ("cmsy10", 0xBC)),
        "identical": ("≡", ("cmsy10", 0xB4)),
        "perpendicular": ("⊥", ("cmsy10", 0x3F)),
        "right arrow": ("→", ("cmsy10", 0x21)),
        "left arrow": ("←", ("cmsy10", 0xC3)),
        "up arrow": ("↑", ("cmsy10", 0x22)),
        "down arrow": ("↓", ("cmsy10", 0x23)),
        "left right arrow": ("↔", ("cmsy10", 0x24)),
        "implies": ("⇒", ("cmsy10", 0x29)),
    }
)


def symbol_names():
    """Return the symbols that `load("symbols")` can draw.

    Returns:
        List of strings; the first ten are the default classes.
    """
    return list(ALPHABET)
