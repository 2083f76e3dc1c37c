"""The key numbers of the shipped lessons, recomputed by NumPy and not by qkv.

Run it from anywhere with Python 3 and NumPy; it writes lessons.json beside itself:

    python3 tests/reference/lessons.py

The weights are typed again here as plain arrays; nothing is read from the lesson files, so a slip there shows.
lessons.json maps the name of a lesson file to matrices by their names in that lesson, as lists of rows. Positions
are rows, also for lessons that are shown with tokens as columns.
"""

import json
from math import log, sqrt
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def pattern_of(queries, keys, divide_by, causal=False):
    scores = np.einsum("qd,kd->qk", queries, keys) / divide_by
    if causal:
        scores = np.where(np.tril(np.ones(scores.shape)) == 1, scores, -np.inf)
    return softmax(scores)


def mole():
    # Features: x, y, z, asks, clue, animal, chemistry, medicine.
    word = {
        "mole": [-2, 1, 1.5, 1, 0, 0, 0, 0],
        "American": [0, 0, 0, 0, log(2), 0.5, 0, 0],
        "shrew": [0, 0, 0, 0, log(7), 1, 0, 0],
        "carbon": [0, 0, 0, 0, log(3), 0, 1, 0],
        "dioxide": [0, 0, 0, 0, log(4), 0, 0.5, 0],
        "biopsy": [0, 0, 0, 0, log(5), 0, 0, 1],
    }
    sentences = {
        "nature": "American shrew mole",
        "lab": "One mole of carbon dioxide",
        "clinic": "Take a biopsy of the mole",
    }
    w_q = np.array([[0], [0], [0], [1], [0], [0], [0], [0]])
    w_k = np.array([[0], [0], [0], [0], [1], [0], [0], [0]])
    w_v = np.zeros((8, 8))
    w_v[5:, :3] = [[1.25, -3.125, 0], [-4, -1, -1], [3, 0, 2]]
    made = {}
    for name, sentence in sentences.items():
        x = np.array([word.get(token, [0] * 8) for token in sentence.split()], dtype=float)
        pattern = pattern_of(x @ w_q, x @ w_k, 1)
        z = pattern @ (x @ w_v)
        made |= {f"head.pattern@{name}": pattern, f"head.Z@{name}": z, f"out@{name}": x + z}
    return made


def fluffy_blue_creature():
    # Features: noun, adjective, fluffy, blue, green, place, position.
    x = np.array(
        [
            [0, 0, 0, 0, 0, 0, 1],  # a
            [0, 1, 1, 0, 0, 0, 2],  # fluffy
            [0, 1, 0, 1, 0, 0, 3],  # blue
            [1, 0, 0, 0, 0, 0, 4],  # creature
            [0, 0, 0, 0, 0, 0, 5],  # roamed
            [0, 0, 0, 0, 0, 0, 6],  # the
            [0, 1, 0, 0, 1, 0, 7],  # verdant
            [1, 0, 0, 0, 0, 1, 8],  # forest
        ],
        dtype=float,
    )
    # Asked and answered: adjective, noun, green, near.
    w_q = np.zeros((7, 4))
    w_q[0] = [4, 0, 0, 2 * log(0.58 / 0.42)]
    w_q[1] = [0, 2, 0, 0]
    w_q[5] = [0, 0, 2, 0]
    w_k = np.zeros((7, 4))
    w_k[0] = [0, 3, 0, 0]
    w_k[1] = [3, 0, 0, 0]
    w_k[4] = [0, 0, 3, 0]
    w_k[6] = [0, 0, 0, 1]
    w_v = np.diag([0, 0, 1, 1, 1, 0, 0])
    pattern = pattern_of(x @ w_q, x @ w_k, 2, causal=True)
    z = pattern @ (x @ w_v)
    unmasked = pattern_of(x @ w_q, x @ w_k, 2)
    return {"head.pattern": pattern, "head.Z": z, "out": x + z, "unmasked": unmasked}


def thinking_machines():
    x = np.array([[2, 0, 3, 0], [0, 2, 0, 3]])
    q = x @ np.array([[1, 2, 1], [1, 2, 1], [2, 0, 2], [0, 0, 2]])
    k = x @ np.array([[1, 2, 2], [2, 2, 0], [2, 0, 0], [0, 0, 2]])
    v = x @ np.array([[2, 0, 1], [0, 2, 1], [2, 0, 1], [0, 2, 1]])
    first = pattern_of(q[:1], k, 8)
    pattern = pattern_of(q, k, 8)
    unscaled = pattern_of(q, k, 1)
    return {
        "first.pattern": first,
        "first.Z": first @ v,
        "head.pattern": pattern,
        "head.Z": pattern @ v,
        "unscaled.pattern": unscaled,
        "unscaled.Z": unscaled @ v,
    }


def concat_and_output():
    # Tokens as rows here, one line per token; the lesson writes them as columns.
    x = np.array([[3, 2, 1, 3, 2], [3, 0, 0, 1, 3], [0, 3, 1, 2, 2], [3, 2, 1, 3, 2], [0, 3, 1, 1, 1], [2, 1, 3, 1, 2]])
    # Weights as the source draws them, outputs as rows: queries, keys, values of each head.
    heads = [
        (
            [[1, -1, 1, 0, 0], [0, 0, -1, 0, 0], [1, -1, 1, 0, 1]],
            [[1, 0, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 0, 1, 0]],
            [[0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 1, -1]],
        ),
        (
            [[1, -1, 0, 1, 1], [0, 1, -1, 1, -1], [1, 1, 0, 0, 0]],
            [[1, 0, 1, -1, 1], [1, 0, 0, 1, 0], [1, 1, 0, 1, 1]],
            [[1, 0, -1, 0, -1], [0, 1, 0, 0, 0], [0, 1, 1, 0, 0]],
        ),
        (
            [[0, -1, 0, 0, 0], [0, 1, 1, 1, 0], [-1, 0, -1, 0, 1]],
            [[0, 1, -1, 0, 0], [1, -1, -1, 1, -1], [-1, 0, 1, 1, 1]],
            [[-1, 1, 1, 0, 1], [0, 1, 0, 1, 1], [0, 0, 1, 0, 0]],
        ),
    ]
    w_o = np.array(
        [
            [0, 0, 1, 0, 0, 1, -1, -1, -1],
            [1, 1, 1, 0, 1, 1, 1, 1, 1],
            [1, 0, -1, 1, 0, 0, 1, 0, 0],
            [1, 0, 0, 0, 0, -1, 1, 0, 0],
            [-1, 1, 1, 1, 0, 0, -1, 1, 0],
        ]
    )
    made, answers = {}, []
    for number, (w_q, w_k, w_v) in enumerate(heads, 1):
        pattern = pattern_of(x @ np.transpose(w_q), x @ np.transpose(w_k), sqrt(3))
        answers.append(pattern @ (x @ np.transpose(w_v)))
        made |= {f"mh.{number}.pattern": pattern, f"mh.{number}.Z": answers[-1]}
    made["mh.concat"] = np.hstack(answers)
    made["mh.output"] = made["mh.concat"] @ w_o.T
    return made


def main():
    lessons = {
        "03-mole": mole(),
        "05-fluffy-blue-creature": fluffy_blue_creature(),
        "06-thinking-machines": thinking_machines(),
        "12-concat-and-output": concat_and_output(),
    }
    plain = {lesson: {name: matrix.tolist() for name, matrix in made.items()} for lesson, made in lessons.items()}
    text = ",\n".join(
        f'"{lesson}": {{\n' + ",\n".join(f'  "{name}": {json.dumps(rows)}' for name, rows in made.items()) + "\n}"
        for lesson, made in plain.items()
    )
    (HERE / "lessons.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
