"""Reference numbers for the mathematical core, computed by NumPy and not by qkv.

Run it from anywhere with Python 3 and NumPy; it writes core.json beside itself, the same every time:

    python3 tests/reference/generate.py

core.json is a list of cases. A case has a name, the operation, `inputs` (matrices by name, as lists of rows),
`numbers` (plain parameters, such as what scores are divided by; a mask is "none" or "causal") and `outputs`
(matrices by name). Positions are rows. Negative infinity is the string "-inf". Sums are taken in extended precision
where the machine has it, so that the numbers are right to the last digits and owe nothing to an order of summation.
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = 20240410
LONG = np.longdouble


def product(a, b):
    return a.astype(LONG) @ b.astype(LONG)


def dot_products(q, k):
    """Every row of q with every row of k, written out instead of as a product with a transpose."""
    return np.array([[np.sum(row.astype(LONG) * key.astype(LONG)) for key in k] for row in q])


def causal(scores):
    masked = scores.astype(LONG).copy()
    for query in range(masked.shape[0]):
        masked[query, query + 1 :] = -np.inf
    return masked


def allow(scores, allowed):
    return np.where(allowed != 0, scores.astype(LONG), -np.inf)


def softmax(scores):
    """Along each row. A row with nothing allowed hears nobody: zeros."""
    shares = np.zeros(scores.shape, dtype=LONG)
    for row, given in enumerate(scores.astype(LONG)):
        heard = given != -np.inf
        if heard.any():
            powers = np.exp(given[heard] - given[heard].max())
            shares[row, heard] = powers / powers.sum()
    return shares


def head(q_from, kv_from, w_q, w_k, w_v, mask, divide_by):
    """All matrices of one head, by the names that qkv gives them."""
    made = {"Q": product(q_from, w_q), "K": product(kv_from, w_k)}
    made["scores"] = dot_products(made["Q"], made["K"])
    made["scaled"] = made["scores"] / LONG(divide_by)
    compared = made["scaled"]
    if mask == "causal":
        compared = made["masked"] = causal(made["scaled"])
    made["pattern"] = softmax(compared)
    made["V"] = product(kv_from, w_v)
    made["Z"] = product(made["pattern"], made["V"])
    return made


def plain(matrix):
    """Lists of rows that JSON can hold."""
    rows = np.asarray(matrix, dtype=np.float64).tolist()
    return [["-inf" if x == -np.inf else x for x in row] for row in rows]


class Cases:
    """The cases collected so far, and the random numbers they are made of."""

    def __init__(self):
        self.random = np.random.default_rng(SEED)
        self.cases = []

    def matrix(self, rows, columns, spread=1.0):
        # Rounded, so that the file stays small; the rounded number is the input, nothing is lost.
        return np.round(self.random.normal(0.0, spread, (rows, columns)), 4)

    def add(self, name, operation, inputs, outputs, **numbers):
        self.cases.append(
            {
                "name": name,
                "operation": operation,
                "inputs": {key: plain(value) for key, value in inputs.items()},
                "numbers": numbers,
                "outputs": {key: plain(value) for key, value in outputs.items()},
            }
        )


def elementary(cases):
    for n, m, p in [(1, 1, 1), (1, 5, 1), (4, 1, 3), (1, 3, 4), (3, 4, 2), (5, 5, 5), (7, 3, 6), (2, 12, 9)]:
        a, b = cases.matrix(n, m), cases.matrix(m, p)
        cases.add(f"product {n}x{m} by {m}x{p}", "product", {"a": a, "b": b}, {"out": product(a, b)})
        q, k = cases.matrix(n, m), cases.matrix(p, m)
        cases.add(f"dot products {n}x{m} with {p}x{m}", "dot_products", {"q": q, "k": k}, {"out": dot_products(q, k)})
        cases.add(f"transpose {n}x{m}", "transpose", {"of": a}, {"out": a.T})
        divisor = float(np.sqrt(m))
        cases.add(f"scale {n}x{m}", "scale", {"of": a}, {"out": a.astype(LONG) / LONG(divisor)}, divide_by=divisor)
        c, d = cases.matrix(n, m), cases.matrix(n, m, spread=100.0)
        cases.add(f"add two of {n}x{m}", "add", {"1": a, "2": c}, {"out": a.astype(LONG) + c})
        cases.add(f"add three of {n}x{m}", "add", {"1": a, "2": c, "3": d}, {"out": a.astype(LONG) + c + d})
        e = cases.matrix(n, p)
        joined = np.array([list(left) + list(right) for left, right in zip(a, e)])
        cases.add(f"concat {n}x{m} and {n}x{p}", "concat", {"1": a, "2": e}, {"out": joined})
        joined = np.array([list(x) + list(y) + list(z) for x, y, z in zip(e, a, e)])
        cases.add(f"concat three, {n}x{p}, {n}x{m} and {n}x{p}", "concat", {"1": e, "2": a, "3": e}, {"out": joined})


def masks_and_softmax(cases):
    for n in [1, 2, 3, 6, 8]:
        scores = cases.matrix(n, n, spread=3.0)
        cases.add(f"causal mask {n}x{n}", "mask", {"of": scores}, {"out": causal(scores)}, mask="causal")
        cases.add(f"softmax after causal mask {n}x{n}", "softmax", {"of": causal(scores)}, {"out": softmax(causal(scores))})
    for n, m in [(1, 1), (1, 7), (7, 1), (3, 5), (6, 4)]:
        scores = cases.matrix(n, m, spread=2.0)
        cases.add(f"softmax {n}x{m}", "softmax", {"of": scores}, {"out": softmax(scores)})

    scores = cases.matrix(3, 4)
    allowed = np.array([[1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]])
    masked = allow(scores, allowed)
    cases.add("allowing mask with an empty row", "mask", {"of": scores, "allow": allowed}, {"out": masked}, mask="allow")
    cases.add("softmax of a row with nothing allowed", "softmax", {"of": masked}, {"out": softmax(masked)})

    rows = {
        "large": [[1e3, 1e3 - 1, 0.0, -1e3]],
        "all large and alike": [[1e3, 1e3, 1e3, 1e3]],
        "very negative": [[-1e3, -1e3 - 2, -1e3 + 1]],
        "one against very negative": [[0.0, -1e3, -1e3]],
        "far beyond what exp can hold": [[1e300, -1e300, 0.0]],
        "differences that vanish": [[0.0, -1e-12, 1e-12]],
        "a few blocked": [[-np.inf, 0.5, -np.inf, 1.5, -1.0]],
        "all but one blocked": [[-np.inf, -1e3, -np.inf]],
        "all blocked": [[-np.inf, -np.inf, -np.inf]],
        "one cell blocked": [[-np.inf]],
        "rows of every kind": [[1e3, -1e3, 0.0], [-np.inf, -np.inf, -np.inf], [0.1, 0.2, -np.inf], [-1e3, -1e3, -1e3]],
    }
    for name, values in rows.items():
        given = np.array(values)
        cases.add(f"softmax, {name}", "softmax", {"of": given}, {"out": softmax(given)})


def one_head(cases):
    for n, d, k, v, mask in [
        (1, 1, 1, 1, "none"),
        (1, 4, 3, 2, "causal"),
        (2, 1, 1, 1, "causal"),
        (5, 4, 2, 3, "none"),
        (5, 4, 2, 3, "causal"),
        (8, 7, 4, 7, "causal"),
        (12, 6, 3, 6, "none"),
    ]:
        x, w_q, w_k, w_v = cases.matrix(n, d), cases.matrix(d, k), cases.matrix(d, k), cases.matrix(d, v)
        divide_by = float(np.sqrt(k))
        cases.add(
            f"head, {mask}, {n} tokens, {d} to {k} and {v}",
            "head",
            {"X": x, "W_Q": w_q, "W_K": w_k, "W_V": w_v},
            head(x, x, w_q, w_k, w_v, mask, divide_by),
            mask=mask,
            divide_by=divide_by,
        )
    for n, m, d, e, k, v in [(1, 5, 3, 3, 2, 2), (5, 1, 3, 3, 2, 2), (4, 6, 5, 3, 2, 4), (7, 3, 2, 6, 4, 1)]:
        queries, keys = cases.matrix(n, d), cases.matrix(m, e)
        w_q, w_k, w_v = cases.matrix(d, k), cases.matrix(e, k), cases.matrix(e, v)
        divide_by = float(np.sqrt(k))
        cases.add(
            f"cross head, {n} queries over {m} keys",
            "cross_head",
            {"queries_from": queries, "keys_values_from": keys, "W_Q": w_q, "W_K": w_k, "W_V": w_v},
            head(queries, keys, w_q, w_k, w_v, "none", divide_by),
            mask="none",
            divide_by=divide_by,
        )


def several_heads(cases):
    for heads, n, d, k, v, mask in [
        (1, 3, 4, 2, 2, "none"),
        (2, 1, 4, 2, 3, "causal"),
        (2, 5, 4, 2, 2, "causal"),
        (3, 6, 5, 3, 3, "none"),
        (4, 7, 8, 2, 2, "causal"),
    ]:
        x = cases.matrix(n, d)
        inputs, outputs, answers = {"X": x}, {}, []
        divide_by = float(np.sqrt(k))
        for number in range(1, heads + 1):
            w_q, w_k, w_v = cases.matrix(d, k), cases.matrix(d, k), cases.matrix(d, v)
            inputs |= {f"{number}.W_Q": w_q, f"{number}.W_K": w_k, f"{number}.W_V": w_v}
            made = head(x, x, w_q, w_k, w_v, mask, divide_by)
            outputs |= {f"{number}.{key}": made[key] for key in ("scores", "pattern", "Z")}
            answers.append(made["Z"])
        inputs["W_O"] = cases.matrix(heads * v, d)
        outputs["concat"] = np.hstack(answers)
        # Head by head with its slice of W_O: the sum is the product of what is joined.
        outputs["output"] = sum(product(z, inputs["W_O"][i * v : (i + 1) * v]) for i, z in enumerate(answers))
        cases.add(
            f"{heads} heads, {mask}, {n} tokens",
            "multi_head",
            inputs,
            outputs,
            heads=heads,
            mask=mask,
            divide_by=divide_by,
        )


def write(name, cases):
    """Writes cases to a file beside this script, each in a line of its own."""
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main():
    cases = Cases()
    elementary(cases)
    masks_and_softmax(cases)
    one_head(cases)
    several_heads(cases)
    write("core.json", cases.cases)


if __name__ == "__main__":
    main()
