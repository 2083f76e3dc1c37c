"""Reference counts, made by counting and not by qkv's formulas.

    python3 tests/reference/counting.py

writes counting.json beside itself, the same every time. Parameters are counted by laying out every matrix of every
head and layer of a model and asking NumPy for its size; the cost of attention by walking over all queries and keys that
a mask allows and adding one multiplication at a time for each number of a vector (in bulk, by the size of the vectors).
"""

import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SEED = 20200528


def laid_out(s):
    """Every matrix of a model as zeros, by kind."""
    kinds = {}

    def add(kind, *shape):
        kinds.setdefault(kind, []).append(np.zeros(shape, dtype=np.int8))

    if s["vocabulary"]:
        add("embedding", s["vocabulary"], s["d_model"])
        if s["unembedding"] == "own":
            add("unembedding", s["d_model"], s["vocabulary"])
    if s["positions"]:
        add("positions", s["positions"], s["d_model"])
    for _ in range(s["n_layers"]):
        for head in range(s["n_heads"]):
            add("query", s["d_model"], s["d_k"])
            if s["biases"] == "all":
                add("query_bias", s["d_k"])
            # Heads share keys and values in equal groups; the first of a group brings them.
            if head % (s["n_heads"] // s["n_kv_heads"]) == 0:
                add("key", s["d_model"], s["d_k"])
                add("value", s["d_model"], s["d_v"])
                if s["biases"] == "all":
                    add("key_bias", s["d_k"])
                    add("value_bias", s["d_v"])
        add("output", s["n_heads"] * s["d_v"], s["d_model"])
        if s["biases"] == "all":
            add("output_bias", s["d_model"])
        if s["d_ff"]:
            add("up", s["d_model"], s["d_ff"])
            add("down", s["d_ff"], s["d_model"])
            if s["biases"] == "all":
                add("up_bias", s["d_ff"])
                add("down_bias", s["d_model"])
        if s["norms"] == "all":
            for _ in range(2 if s["d_ff"] else 1):
                add("norm_gain", s["d_model"])
                add("norm_bias", s["d_model"])
    if s["norms"] == "all":
        add("norm_gain", s["d_model"])
        add("norm_bias", s["d_model"])
    return kinds


def parameters(random):
    cases = []
    choices = {"biases": ["none", "all"], "norms": ["none", "all"], "unembedding": ["own", "tied"]}
    for number in range(24):
        size = lambda most: 1 if number == 0 else int(random.integers(1, most + 1))
        groups, kv = size(3), size(3)
        sizes = {
            "vocabulary": size(30) if number % 3 else None,
            "positions": size(9) if number % 4 else None,
            "d_model": size(12),
            "d_k": size(5),
            "d_v": size(5),
            "n_heads": groups * kv,
            "n_kv_heads": kv,
            "n_layers": size(4),
            "d_ff": size(20) if number % 2 else None,
        } | {field: values[int(random.integers(0, 2))] for field, values in choices.items()}
        kinds = {
            kind: {"each": matrices[0].size, "matrices": len(matrices), "numbers": sum(matrix.size for matrix in matrices)}
            for kind, matrices in laid_out(sizes).items()
        }
        total = sum(kind["numbers"] for kind in kinds.values())
        cases.append({"sizes": sizes, "kinds": kinds, "total": total})
    return cases


def sees(query, key, mask):
    if mask == "none":
        return True
    return key <= query and (mask == "causal" or query - key < mask)


def layer_of_attention(n, d_model, d_k, d_v, n_heads, sharing, mask, bytes_):
    """What one layer takes, one multiplication at a time."""
    counted = dict.fromkeys(["projections", "scores", "sums", "total", "next", "cells", "bytes", "cache"], 0)
    for head in range(n_heads):
        for query in range(n):
            # With keys and values kept, the last token alone is left; without a mask all are done again.
            is_left = query == n - 1 or mask == "none"
            # One multiplication for each number of the vector and each number of the query; this head's part of the
            # product with W_O.
            work = d_model * d_k + d_v * d_model
            if head % sharing == 0:
                # The key and the value, which heads may share.
                work += d_model * d_k + d_model * d_v
                counted["cache"] += (d_k + d_v) * bytes_
            counted["projections"] += work
            counted["next"] += work if is_left else 0
            for key in range(n):
                if sees(query, key, mask):
                    counted["scores"] += d_k
                    counted["sums"] += d_v
                    counted["next"] += d_k + d_v if is_left else 0
                    counted["bytes"] += bytes_
                    counted["cells"] += head == 0
    counted["total"] = counted["projections"] + counted["scores"] + counted["sums"]
    counted["saved"] = counted["total"] - counted["next"]
    return counted


def costs(random):
    cases = []
    for number in range(18):
        size = lambda most: 1 if number == 0 else int(random.integers(1, most + 1))
        mask = ["none", "causal", size(12)][number % 3]
        n, d_model, d_k, d_v, n_heads, bytes_ = size(25), size(9), size(6), size(6), size(4), size(8)
        sharing = 1 if number % 2 else size(3)
        n_kv_heads, n_heads = n_heads, n_heads * sharing
        n_layers = 1 + number % 4
        layers = [layer_of_attention(n, d_model, d_k, d_v, n_heads, sharing, mask, bytes_) for _ in range(n_layers)]
        together = {name: sum(layer[name] for layer in layers) for name in layers[0] if name != "cells"}
        sizes = {"n": n, "d_model": d_model, "d_k": d_k, "d_v": d_v, "n_heads": n_heads, "n_kv_heads": n_kv_heads}
        sizes |= {"mask": mask, "bytes": bytes_, "n_layers": n_layers}
        cases.append({"sizes": sizes, "counted": layers[0], "layers": together})
    return cases


def main():
    random = np.random.default_rng(SEED)
    lists = {"parameters": parameters(random), "costs": costs(random)}
    text = ",\n".join(
        f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]" for name, cases in lists.items()
    )
    (HERE / "counting.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
