"""Reference numbers for masks, softmax, one head and several, computed by NumPy and not by qkv.

Run it from anywhere with Python 3 and NumPy; it writes attention.json beside itself, the same every time:

    python3 tests/reference/attention.py

attention.json is a list of cases. A case has a name, a whole lesson (JSON is YAML), and matrices by the names that
they have in it, as lists of rows. −∞ is the string "-inf", a missing number the string "nan". Masks are built cell by
cell from what they mean, heads one by one with their own slices, and nothing is shared with how qkv does it.
"""

import json

import numpy as np

from generate import LONG, dot_products, product, write

SEED = 20261121
NOTHING = -np.inf


def plain(matrix):
    def cell(x):
        return "nan" if np.isnan(x) else "-inf" if x == NOTHING else float(x)

    return [[cell(x) for x in row] for row in np.asarray(matrix)]


def seen_by(rule, queries, keys):
    """Which keys each query sees, written out from the meaning of each rule."""
    seen = np.zeros((queries, keys), dtype=bool)
    for q in range(queries):
        for k in range(keys):
            match rule:
                case "causal":
                    seen[q, k] = k <= q
                case "backward":
                    seen[q, k] = k >= q
                case {"valid": n}:
                    seen[q, k] = k + 1 <= n
                case {"prefix": n}:
                    seen[q, k] = k + 1 <= n or k <= q
                case {"window": {"before": b, "after": a}}:
                    seen[q, k] = -b <= k - q <= a
                case {"window": w}:
                    seen[q, k] = 0 <= q - k <= w - 1
                case {"block": n}:
                    seen[q, k] = q // n == k // n
                case {"allow": table}:
                    seen[q, k] = table[q][k] == 1
                case {"hide": table}:
                    seen[q, k] = table[q][k] == 0
                case {"add": table}:
                    seen[q, k] = table[q][k] != "-inf"
                case _:
                    raise ValueError(rule)
    return seen


def mask(scores, rules, hidden=NOTHING):
    rules = rules if isinstance(rules, list) else [rules]
    masked = scores.astype(LONG).copy()
    for rule in rules:
        if isinstance(rule, dict) and "add" in rule:
            finite = [[0.0 if x == "-inf" else x for x in row] for row in rule["add"]]
            masked = masked + np.array(finite, dtype=LONG)
    for rule in rules:
        masked[~seen_by(rule, *scores.shape)] = hidden
    return masked


def softmax(scores, empty_row="zeros"):
    shares = np.zeros(scores.shape, dtype=LONG)
    for row, given in enumerate(scores.astype(LONG)):
        heard = given != NOTHING
        if heard.any():
            powers = np.exp(given[heard] - given[heard].max())
            shares[row, heard] = powers / powers.sum()
        else:
            shares[row, :] = {"zeros": 0.0, "nan": np.nan, "uniform": LONG(1) / len(given)}[empty_row]
    return shares


def head(q, k, v, rules):
    """From queries, keys and values; `rules` are fields of the lesson."""
    made = {"scores": dot_products(q, k)}
    now = made["scores"]
    if rules.get("scale") != "none":
        now = made["scaled"] = now / LONG(rules.get("scale", np.sqrt(LONG(q.shape[1]))))
    if "mask" in rules:
        now = made["masked"] = mask(now, rules["mask"], float(rules.get("hidden", NOTHING)))
    if "temperature" in rules:
        now = made["tempered"] = now / LONG(rules["temperature"])
    made["pattern"] = softmax(now, rules.get("empty_row", "zeros"))
    made["Z"] = product(made["pattern"], v)
    return made


class Cases:
    def __init__(self):
        self.random = np.random.default_rng(SEED)
        self.cases = []

    def matrix(self, rows, columns, spread=1.0):
        return np.round(self.random.normal(0.0, spread, (rows, columns)), 3)

    def table(self, rows, columns):
        return (self.random.random((rows, columns)) < 0.5).astype(int).tolist()

    def add(self, name, given, made, outputs):
        """`given` are matrices, `made` what is made of them; both become a lesson."""
        matrices = [{key: {"given": plain(value)}} for key, value in given.items()]
        matrices += [{key: value} for key, value in made.items()]
        lesson = {"title": {"en": name, "zh": name}, "matrices": matrices}
        self.cases.append(
            {"name": name, "lesson": json.dumps(lesson), "outputs": {k: plain(v) for k, v in outputs.items()}}
        )


def rules_for(cases, n, m):
    bias = cases.matrix(n, m, 2.0).tolist()
    bias[n - 1][m - 1] = "-inf"
    return [
        "causal",
        "backward",
        {"valid": m // 2},
        {"valid": m},
        {"prefix": (m + 1) // 2},
        {"window": 2},
        {"window": {"before": 1, "after": 2}},
        {"block": 2},
        {"allow": cases.table(n, m)},
        {"hide": cases.table(n, m)},
        {"add": bias},
        ["causal", {"valid": max(m - 1, 0)}],
        [{"window": 3}, {"add": bias}, {"hide": cases.table(n, m)}],
    ]


def masks(cases):
    for n, m in [(1, 1), (4, 4), (3, 6), (6, 3), (7, 7)]:
        for rule in rules_for(cases, n, m):
            scores = cases.matrix(n, m, 2.0)
            empty_row = ["zeros", "nan", "uniform"][len(cases.cases) % 3]
            temperature = [None, 0.5, 3][len(cases.cases) % 4 % 3]
            settings = {"of": "past", "empty_row": empty_row}
            masked = mask(scores, rule)
            outputs = {"past": masked}
            if temperature is not None:
                settings["temperature"] = temperature
                outputs["P.tempered"] = masked / LONG(temperature)
            outputs["P"] = softmax(masked / LONG(temperature or 1), empty_row)
            outputs["soft"] = mask(scores, rule, -1e9)
            outputs["Q"] = softmax(outputs["soft"])
            made = {
                "past": {"mask": {"of": "S", "mask": rule}},
                "P": {"softmax": settings},
                "soft": {"mask": {"of": "S", "mask": rule, "hidden": -1e9}},
                "Q": {"softmax": "soft"},
            }
            cases.add(f"{n}x{m}, {rule}", {"S": scores}, made, outputs)


def projected(x, w, b=None):
    made = product(x, w)
    return made if b is None else made + b.astype(LONG)


def one_head(cases):
    shapes = [(1, 1, 1, 1, 1, 1), (4, 4, 3, 2, 2, 3), (5, 3, 4, 2, 3, 1), (2, 6, 2, 5, 4, 2)]
    for n, m, d, k, v, e in shapes:
        for layout in ["in_out", "out_in"]:
            for biased in [False, True]:
                for factored in [False, True]:
                    x, y = cases.matrix(n, d), cases.matrix(m, d)
                    w = {"W_Q": cases.matrix(d, k), "W_K": cases.matrix(d, k), "W_V": cases.matrix(d, v)}
                    b = {key: cases.matrix(1, w["W" + key[1:]].shape[1]) for key in ["b_Q", "b_K", "b_V"]}
                    up = cases.matrix(v, e)
                    rules = {"mask": {"valid": (m + 1) // 2}, "temperature": 1.5, "scale": [2, "none"][factored]}
                    fields = {"queries_from": "X", "keys_values_from": "Y", **rules}
                    fields |= {key: key for key in w} | {"weights": layout}
                    given = {"X": x, "Y": y} | {key: a if layout == "in_out" else a.T for key, a in w.items()}
                    if biased:
                        given |= b
                        fields |= {key: key for key in b}
                    q = projected(x, w["W_Q"], b["b_Q"] if biased else None)
                    keys = projected(y, w["W_K"], b["b_K"] if biased else None)
                    values = projected(y, w["W_V"], b["b_V"] if biased else None)
                    outputs = {"head.Q": q, "head.K": keys, "head.V": values}
                    if biased:
                        outputs["head.Q_without_bias"] = product(x, w["W_Q"])
                    if factored:
                        given["W_V_up"] = up if layout == "in_out" else up.T
                        fields["W_V_up"] = "W_V_up"
                        values = outputs["head.V_up"] = product(values, up)
                    made = head(q, keys, values, rules)
                    outputs |= {f"head.{key}": value for key, value in made.items()}
                    name = f"head {n} over {m}, {layout}, bias {biased}, factored {factored}"
                    cases.add(name, given, {"head": {"attention": fields}}, outputs)


def several_heads(cases):
    shapes = [(1, 1, 1, 1, 1, 1), (4, 3, 2, 2, 2, 1), (5, 4, 4, 2, 1, 2), (3, 6, 6, 3, 2, 2), (6, 4, 4, 1, 3, 1)]
    for n, d, heads, kv_heads, k, v in shapes:
        for layout in ["in_out", "out_in"]:
            for biased in [False, True]:
                x = cases.matrix(n, d)
                w = {
                    "W_Q": cases.matrix(d, heads * k),
                    "W_K": cases.matrix(d, kv_heads * k),
                    "W_V": cases.matrix(d, kv_heads * v),
                    "W_O": cases.matrix(heads * v, d),
                }
                b = {"b" + key[1:]: cases.matrix(1, a.shape[1]) for key, a in w.items()}
                rules = {"mask": ["causal", {"window": 3}][biased]}
                fields = {"of": "X", **rules, "n_heads": heads, "n_kv_heads": kv_heads, "weights": layout}
                fields |= {key: key for key in w} | {"contributions": True, "average": True}
                given = {"X": x} | {key: a if layout == "in_out" else a.T for key, a in w.items()}
                if biased:
                    given |= b
                    fields |= {key: key for key in b}
                nothing = {key: a * 0 for key, a in b.items()}
                bias = b if biased else nothing
                outputs, answers, patterns, shares = {}, [], [], []
                for h in range(heads):
                    g = h * kv_heads // heads
                    # Each head on its own, from its own columns of the weights.
                    q = projected(x, w["W_Q"][:, h * k : (h + 1) * k], bias["b_Q"][:, h * k : (h + 1) * k])
                    keys = projected(x, w["W_K"][:, g * k : (g + 1) * k], bias["b_K"][:, g * k : (g + 1) * k])
                    values = projected(x, w["W_V"][:, g * v : (g + 1) * v], bias["b_V"][:, g * v : (g + 1) * v])
                    made = head(q, keys, values, rules)
                    made |= {"Q": q, "K": keys, "V": values}
                    made["contribution"] = product(made["Z"], w["W_O"][h * v : (h + 1) * v])
                    outputs |= {f"mh.{h + 1}.{key}": value for key, value in made.items()}
                    answers.append(made["Z"])
                    patterns.append(made["pattern"])
                    shares.append(made["contribution"])
                outputs["mh.concat"] = np.hstack(answers)
                outputs["mh.output"] = outputs["mh.sum"] = sum(shares) + bias["b_O"].astype(LONG)
                outputs["mh.average"] = sum(patterns) / LONG(heads)
                name = f"{heads} heads, {kv_heads} of keys, {n} tokens, {layout}, bias {biased}"
                cases.add(name, given, {"mh": {"multi_head": fields}}, outputs)


def slices(cases):
    for n, m in [(1, 1), (3, 5), (6, 2)]:
        whole = cases.matrix(n, m)
        for first, last in {(1, 1), (1, m), (m, m), ((m + 1) // 2, m)}:
            made = {"part": {"slice": {"of": "M", "columns": [first, last]}}}
            cases.add(f"columns {first} to {last} of {n}x{m}", {"M": whole}, made, {"part": whole[:, first - 1 : last]})
        made = {"part": {"slice": {"of": "M", "rows": n}}}
        cases.add(f"row {n} of {n}x{m}", {"M": whole}, made, {"part": whole[n - 1 :]})


def main():
    cases = Cases()
    masks(cases)
    one_head(cases)
    several_heads(cases)
    slices(cases)
    write("attention.json", cases.cases)


if __name__ == "__main__":
    main()
