"""Reference numbers for positions: one-hot rows, sinusoids, learned tables, rotary positions.

    python3 tests/reference/positions.py

writes positions.json beside itself, in the form that generate.py describes. Angles are taken in extended precision, and
rotations are complex multiplications, which is not how qkv does them.
"""


import numpy as np

from generate import LONG, Cases, product, write


def angles(rows, width, slowest, base, first):
    """One angle for each position and pair, `[rows, ceil(width / 2)]`."""
    pairs = (width + 1) // 2
    pair = np.arange(pairs, dtype=LONG)
    exponent = 2 * pair / width if slowest == "below_base" else pair / max(pairs - 1, 1)
    position = LONG(first) + np.arange(rows, dtype=LONG)
    return position[:, None] / LONG(base) ** exponent


def laid_out(first, second, layout, width):
    """Pairs side by side, or all first ones and then all second ones; the last second one is dropped if width is odd."""
    rows, pairs = first.shape
    if layout == "halves":
        whole = np.concatenate([first, second], axis=1)
    else:
        whole = np.empty((rows, 2 * pairs), dtype=first.dtype)
        whole[:, 0::2], whole[:, 1::2] = first, second
    return whole[:, :width]


def sinusoids(cases):
    for rows, width, layout, slowest, base, first in [
        (1, 1, "interleaved", "below_base", 10000.0, 0.0),
        (1, 2, "halves", "base", 10000.0, 3.0),
        (3, 4, "interleaved", "below_base", 10000.0, 0.0),
        (3, 4, "halves", "below_base", 10000.0, 0.0),
        (3, 4, "halves", "base", 10000.0, 0.0),
        (6, 8, "interleaved", "below_base", 10000.0, 1.0),
        (7, 5, "interleaved", "below_base", 100.0, 0.0),
        (7, 5, "halves", "below_base", 100.0, 2.0),
        (4, 3, "interleaved", "base", 12.5, 0.0),
        (9, 12, "halves", "base", 500.0, 7.0),
    ]:
        angle = angles(rows, width, slowest, base, first)
        out = laid_out(np.sin(angle), np.cos(angle), layout, width)
        cases.add(
            f"sinusoids {rows}x{width}, {layout}, {slowest}, base {base:g} from {first:g}",
            "sinusoids",
            {},
            {"out": out},
            rows=rows,
            width=width,
            layout=layout,
            slowest=slowest,
            base=base,
            first=first,
        )


def rotate(x, layout="interleaved", base=10000.0, first=0.0):
    """Each pair of a row, as a complex number, times the one of its angle."""
    rows, width = x.shape
    angle = angles(rows, width, "below_base", base, first)
    half = width // 2
    a, b = (x[:, :half], x[:, half:]) if layout == "halves" else (x[:, 0::2], x[:, 1::2])
    turned = (a + 1j * b.astype(LONG)) * np.exp(1j * angle)
    return laid_out(turned.real, turned.imag, layout, width)


def rotations(cases):
    for rows, width, layout, base, first in [
        (1, 2, "interleaved", 10000.0, 0.0),
        (1, 2, "halves", 10000.0, 5.0),
        (4, 4, "interleaved", 10000.0, 0.0),
        (4, 4, "halves", 10000.0, 0.0),
        (6, 6, "interleaved", 100.0, 1.0),
        (5, 10, "halves", 500.0, 2.0),
    ]:
        x = cases.matrix(rows, width)
        out = rotate(x, layout, base, first)
        cases.add(
            f"rotate {rows}x{width}, {layout}, base {base:g} from {first:g}",
            "rotate",
            {"of": x},
            {"out": out},
            layout=layout,
            slowest="below_base",
            base=base,
            first=first,
        )


def look_ups(cases):
    for size, width, entries in [(1, 1, [0]), (3, 2, [2, 0, 2]), (5, 4, [4, 4, 1, 0]), (7, 3, [6])]:
        table = cases.matrix(size, width)
        rows = np.zeros((len(entries), size))
        for row, entry in enumerate(entries):
            rows[row, entry] = 1
        cases.add(
            f"one-hot {entries} of {size}",
            "one_hot",
            {"table": table},
            {"out": rows, "embedded": product(rows, table)},
            entries=entries,
        )


def main():
    cases = Cases()
    sinusoids(cases)
    rotations(cases)
    look_ups(cases)
    write("positions.json", cases.cases)


if __name__ == "__main__":
    main()
