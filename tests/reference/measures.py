"""Reference numbers for measures: one number for each row or column, unit rows, cosines, distances, principal components.

    python3 tests/reference/measures.py

writes measures.json beside itself, in the form that generate.py describes. Principal components come from the singular
value decomposition, which is not how qkv finds them.
"""


import numpy as np

from generate import LONG, Cases, write

SHAPES = [(1, 1), (1, 4), (5, 1), (3, 4), (6, 3), (8, 8)]


def entropy(shares):
    heard = shares[shares > 0].astype(LONG)
    return -np.sum(heard * np.log(heard))


MEASURES = {
    "sum": np.sum,
    "mean": np.mean,
    "mean_square": lambda line: np.mean(line**2),
    "variance": lambda line: np.var(line),
    "std": lambda line: np.std(line),
    "min": np.min,
    "max": np.max,
    "argmin": lambda line: np.argmin(line) + 1,
    "argmax": lambda line: np.argmax(line) + 1,
    "norm": lambda line: np.sqrt(np.sum(line**2)),
}


def measures(cases):
    for n, m in SHAPES:
        # Rounded to whole numbers now and then, so that there are equals to choose from.
        x = cases.matrix(n, m, spread=2.0)
        x = np.round(x) if n == m else x
        for each, axis, shape in [("row", 1, (n, 1)), ("column", 0, (1, m))]:
            out = {
                what: np.apply_along_axis(of, axis, x.astype(LONG)).reshape(shape) for what, of in MEASURES.items()
            }
            cases.add(f"measures of each {each} of {n}x{m}", "measure", {"of": x}, out, each=each)
            shares = np.abs(cases.matrix(n, m))
            shares[0, 0] = 0.0
            out = {"entropy": np.apply_along_axis(entropy, axis, shares).reshape(shape)}
            cases.add(f"entropy of each {each} of {n}x{m}", "measure", {"of": shares}, out, each=each)


def comparisons(cases):
    for n, m, d in [(1, 1, 1), (1, 5, 3), (4, 1, 2), (3, 4, 5), (6, 6, 2)]:
        a, b = cases.matrix(n, d), cases.matrix(m, d)
        if n > 2:
            a[1] = 0
        lengths = [np.array([max(np.sqrt(np.sum(row.astype(LONG) ** 2)), LONG(0)) for row in x]) for x in (a, b)]
        unit = [x.astype(LONG) / np.where(length == 0, 1, length)[:, None] for x, length in zip((a, b), lengths)]
        cosines = np.array([[np.sum(x * y) for y in unit[1]] for x in unit[0]])
        apart = np.array([[np.sqrt(np.sum((x.astype(LONG) - y) ** 2)) for y in b] for x in a])
        cases.add(
            f"{n} rows against {m} of {d}",
            "compare",
            {"a": a, "b": b},
            {"unit": unit[0], "cosine": cosines, "distance": apart},
        )


def principal_components(cases):
    for n, m, count in [(1, 1, 1), (1, 3, 2), (4, 1, 1), (5, 3, 2), (8, 5, 5), (3, 6, 2)]:
        x = cases.matrix(n, m)
        centred = x - x.mean(axis=0)
        _, singular, directions = np.linalg.svd(centred, full_matrices=True)
        kept = min(count, int(np.sum(singular > 1e-9)))
        components = directions[:kept].T
        # The entry of the largest magnitude is positive.
        largest = np.abs(components).argmax(axis=0)
        components = components * np.sign(components[largest, np.arange(kept)])
        variance = singular**2 / n
        total = variance.sum()
        outputs = {"mean": x.mean(axis=0)[None], "centred": centred}
        if kept == count:
            outputs |= {
                "components": components,
                "projected": centred @ components,
                "explained": (variance[:count] / total)[None],
            }
        cases.add(f"{count} components of {n}x{m}", "components", {"of": x}, outputs, count=count)


def main():
    cases = Cases()
    measures(cases)
    comparisons(cases)
    principal_components(cases)
    write("measures.json", cases.cases)


if __name__ == "__main__":
    main()
