#!/usr/bin/env python3
"""Cuts the faces of the page out of their fonts: only the characters of web/widgets/font_charset.txt, plain outlines.

    tools/fonts/subset.py OUT SANS SANS_BOLD SERIF SERIF_ITALIC MONO

writes OUT/sans.otf and so on, with the ending of the source. The page draws glyphs without OpenType features, so that
tabular figures are put in the place of the digits, and nothing of layout, hinting or naming is kept.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from advance_table import FACES, charset, tabular

UNITS_PER_EM = 1000  # a fourteenth of a pixel at three times 24 px; finer outlines only take more bytes


def cut(source, points, target):
    font = TTFont(source)
    swaps = tabular(font)
    for table in font["cmap"].tables:
        for digit in map(ord, "0123456789"):
            if table.isUnicode() and digit in table.cmap:
                table.cmap[digit] = swaps.get(table.cmap[digit], table.cmap[digit])
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True  # compresses better
    options.glyph_names = False
    options.name_IDs = [1, 2]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "GDEF", "GPOS", "GSUB", "FFTM", "kern", "meta", "PfEd", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    if font["head"].unitsPerEm > UNITS_PER_EM:
        scale_upem(font, UNITS_PER_EM)
    font.save(target)


def main():
    out, *sources = map(pathlib.Path, sys.argv[1:])
    points = charset()
    for face, source in zip(FACES, sources, strict=True):
        cut(source, points[face], out / (face + source.suffix))


if __name__ == "__main__":
    if len(sys.argv) != len(FACES) + 2:
        sys.exit(__doc__)
    main()
