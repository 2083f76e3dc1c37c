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


def soft_lookup():
    # Topics of a card: heroes, war, cooking. Contents of a book: stories, history, recipes.
    wish = np.array([[1, 0, 0]])
    cards = np.array([[3, 0, 0], [3, 0, 0], [1, 3, 0], [0, 0, 3]])
    books = np.array([[10, 0, 0], [8, 2, 0], [1, 9, 0], [0, 0, 10]])
    read = pattern_of(wish, cards, 1)
    # The look-up of the TensorFlow tutorial.
    q = np.array([[0, 10, 0], [0, 0, 10], [10, 10, 0]])
    k = 10 * np.eye(3)[[0, 1, 2, 2]]
    v = np.array([[1, 0], [10, 0], [100, 5], [1000, 6]])
    find = pattern_of(q, k, sqrt(3))
    # Plain averages need no softmax: the first two rows and the first six.
    rows = np.arange(40.0).reshape(10, 4)
    shares = np.array([[1 / 2] * 2 + [0] * 8, [1 / 6] * 6 + [0] * 4])
    return {
        "read.pattern": read,
        "read.Z": read @ books,
        "find.pattern": find,
        "find.Z": find @ v,
        "plain.pattern": shares,
        "plain.Z": np.stack([rows[:2].mean(axis=0), rows[:6].mean(axis=0)]),
    }


def embeddings():
    # Features: animal, loud, deed, food, wet. Words: cat, dog, eats, drinks, fish, meat, milk, water.
    table = np.array(
        [
            [2, 0.5, 0, 0, 0],
            [2, 1, 0, 0, 0],
            [0, 0, 2, 0, 0],
            [0, 0, 2, 0, 2],
            [1, 0, 0, 2, 0],
            [0, 0, 0, 2, 0],
            [0, 0, 0, 2, 2],
            [0, 0, 0, 1, 2],
        ]
    )

    def cosines(rows):
        return rows @ rows.T / np.outer(np.linalg.norm(rows, axis=1), np.linalg.norm(rows, axis=1))

    # The text by the numbers of its words, and the mean of the two neighbours of each.
    text = [0, 2, 4, 1, 2, 5, 0, 3, 6, 1, 3, 7, 1, 2, 4, 0, 2, 5, 1, 3, 6, 0, 3, 7]
    average = np.zeros((24, 24))
    for place in range(24):
        near = [other for other in (place - 1, place + 1) if 0 <= other < 24]
        average[place, near] = 1 / len(near)
    words = np.eye(8)[text]

    def guess(w, u):
        return softmax(average @ words @ w @ u)

    # Trained once more: each step goes down the slope of the mean loss, and pulls everything a little to 0.
    w = np.array(
        [[-0.24, 0.07], [-0.5, 0.2], [0.34, -0.14], [0.13, 0.08], [-0.12, -0.26], [-0.61, 0.42], [-0.01, 0.76], [0.25, 0.08]]
    )
    u = np.array(
        [[-0.2, 0.42, -0.15, 0.47, -0.12, 0.06, -0.46, 0.7], [-0.03, -0.12, 0.24, -0.27, 0.23, -0.35, 0.16, -0.31]]
    )
    made, losses = {}, []
    for step in range(301):
        if step in (0, 20, 60, 300):
            made |= {f"W_{step}": np.round(w, 2), f"U_{step}": np.round(u, 2)}
            shares = guess(made[f"W_{step}"], made[f"U_{step}"])
            losses.append(-np.log(shares[range(24), text]).mean())
            made |= {"begin.probabilities": shares} if step == 0 else {"end.probabilities": shares}
        context = average @ words
        slope = (guess(w, u) - words) / 24
        w, u = w - context.T @ slope @ u.T - 0.002 * w, u - (context @ w).T @ slope - 0.002 * u
    x = table[[0, 3, 6, 1, 3, 7]]
    return {
        "near": cosines(table),
        "X": x,
        "again": x,
        "begin.average": average,
        **made,
        "losses": np.array([losses]),
        "learnt": cosines(made["W_300"]),
    }


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


def three_vectors():
    x = np.array([[1, 0, 1, 0], [0, 2, 0, 2], [1, 1, 1, 1]])
    w_q = np.array([[1, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 1]])
    w_k = np.array([[0, 0, 1], [1, 1, 0], [0, 1, 0], [1, 1, 0]])
    w_v = np.array([[0, 2, 0], [0, 3, 0], [1, 0, 3], [1, 1, 0]])
    v = x @ w_v
    pattern = pattern_of(x @ w_q, x @ w_k, 1)
    divided = pattern_of(x @ w_q, x @ w_k, sqrt(3))
    # What the source goes on with, and what it prints.
    rounded = np.array([[0, 0.5, 0.5], [0, 1, 0], [0, 0.9, 0.1]])
    return {
        "asks": w_q @ w_k.T,
        "head.scores": x @ (w_q @ w_k.T) @ x.T,
        "head.pattern": pattern,
        "head.Z": pattern @ v,
        "published": rounded @ v,
        "difference": (rounded - pattern) @ v,
        "divided.pattern": divided,
        "divided.Z": divided @ v,
    }


def masks():
    scores = np.array([[0.11, 0, 0.81, 0.79], [0.19, 0.5, 0.3, 0.48], [0.53, 0.98, 0.95, 0.14], [0.81, 0.86, 0.38, 0.9]])
    # The same numbers with the last token in front, as where the filling stands there.
    shifted = np.roll(scores, (1, 1), axis=(0, 1))
    query, key = np.indices((4, 4))

    def shared(scores, seen):
        """Powers of what is seen, divided by their sum; nothing for a row that sees nothing."""
        powers = np.where(seen, np.exp(scores), 0)
        total = powers.sum(axis=1, keepdims=True)
        return np.divide(powers, total, out=np.zeros_like(powers), where=total > 0)

    early = key <= query
    zeros = shared(shifted, early & (key > 0))
    return {
        "whole": shared(scores, key >= 0),
        "novel": shared(scores, early),
        "figure.pattern": shared(scores / 4, early),
        "struck": shared(scores, key >= 0) * early,
        "near": shared(scores, early & (key >= query - 1)),
        "prompt": shared(scores, early | (key < 2)),
        "read": shared(scores, key < 3),
        "zeros": zeros,
        "even": np.where(zeros.any(axis=1, keepdims=True), zeros, 1 / 4),
        "blocked": (~early).astype(float),
    }


def it_was_too_tired():
    # Features: noun, subject, pronoun, link, state, animal, street, tired. The words without any have a row of zeros.
    x = np.zeros((11, 8))
    the, animal, didnt, cross, the_again, street, because, it, was, too, tired = range(11)
    x[animal, [0, 1, 5]] = 1
    x[street, [0, 6]] = 1
    x[it, 2] = 1
    x[was, 3] = 1
    x[tired, [4, 7]] = 1
    asking = x[[it]]
    # Head who asks for nouns and subjects, head how for links and states, one head for all four.
    w_q, w_k = np.zeros((8, 4)), np.zeros((8, 4))
    w_q[2] = [3, 3, 2, 5]
    w_k[[0, 1, 3, 4], range(4)] = 1
    who = pattern_of(asking @ w_q[:, :2], x @ w_k[:, :2], sqrt(2))
    how = pattern_of(asking @ w_q[:, 2:], x @ w_k[:, 2:], sqrt(2))
    one = pattern_of(asking @ w_q, x @ w_k, 2)
    concat = np.hstack([who @ x[:, 5:7], how @ x[:, 7:]])
    output = np.hstack([np.zeros((1, 5)), concat])
    return {
        "mh.who.pattern": who,
        "mh.how.pattern": how,
        "one.pattern": one,
        "mh.concat": concat,
        "mh.output": output,
        "alone": asking + np.hstack([np.zeros((1, 5)), one @ x[:, 5:]]),
        "out": asking + output,
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


def clock(places, width):
    """The hands of each place as complex numbers, sine and cosine side by side; an odd width has no last cosine."""
    hands = np.exp(1j * np.outer(np.arange(places), 10000.0 ** (-2 * np.arange((width + 1) // 2) / width)))
    return np.stack([hands.imag, hands.real], axis=2).reshape(places, -1)[:, :width]


def positions():
    dog, bites, man = np.array([[2, 0, 0, 1], [0, 2, 0, 1], [0, 0, 2, 0]])
    made = {}
    for name, x in [("news", np.stack([dog, bites, man])), ("other", np.stack([man, bites, dog]))]:
        placed = x + clock(3, 4)
        made[f"head.Z@{name}"] = pattern_of(x, x, 2) @ x
        made[f"told.Z@{name}"] = pattern_of(placed, placed, 2) @ placed
    six = clock(6, 4)
    made |= {"PE": six, "alike": six @ six.T}
    slow = np.exp(1j * np.arange(6) / 10000)
    made["halves"] = np.stack([six[:, 0], slow.imag, six[:, 1], slow.real], axis=1)
    # The tokens of lesson 12 and its first head, outputs as rows.
    x = np.array([[3, 2, 1, 3, 2], [3, 0, 0, 1, 3], [0, 3, 1, 2, 2], [3, 2, 1, 3, 2], [0, 3, 1, 1, 1], [2, 1, 3, 1, 2]])
    w_q = np.array([[1, -1, 1, 0, 0], [0, 0, -1, 0, 0], [1, -1, 1, 0, 1]])
    w_k = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 1, 1], [0, 0, 0, 1, 0]])
    w_v = np.array([[0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 1, -1]])
    made["placed"] = x + clock(6, 5)
    for name, rows in [("before", x), ("after", made["placed"])]:
        made[f"{name}.Z"] = pattern_of(rows @ w_q.T, rows @ w_k.T, sqrt(3)) @ (rows @ w_v.T)
    # Rotary positions: queries and keys of to, be, or, not, to, be as complex numbers, turned by their places.
    turn = np.exp(1j * np.arange(6))
    q = np.array([1, 1j, 1 + 1j, 1 - 1j, 1, 1j])
    k = np.array([1j, 2, 1 + 1j, 1j, 1j, 2])
    made["rope.K_rotated"] = np.stack([(k * turn).real, (k * turn).imag], axis=1)
    made["rope.scores"] = np.outer(q * turn, np.conj(k * turn)).real
    return made


def cross_attention():
    # Rows: I, do, not, want, to, pet, it. Columns: Je, ne, veux, pas, le, caresser.
    scores = np.zeros((7, 6))
    scores[[0, 2, 2, 3, 4, 5, 6], [0, 1, 3, 2, 5, 5, 4]] = 3
    scores[1] = [0, 1, 1.3, 1, 0, 0]
    # Features: person, buying, past, number, book, day.
    features = np.eye(6)
    x = np.stack([features[0], features[1] + features[2], features[3], features[4], features[5]])
    y = np.stack([features[0], features[5], *features[1:4], (features[3] + features[4]) / 2, features[4]])
    # W_Q is ten times the identity, W_K and W_V are the identity.
    pattern = pattern_of(10 * x, y, sqrt(6))
    return {
        "pet.pattern": softmax(scores),
        "head.pattern": pattern,
        "head.Z": pattern @ y,
        "back.pattern": pattern_of(10 * y, x, sqrt(6)),
    }


def next_token():
    words = ["the", "cat", "dog", "sat", "on", "mat", "sofa", "<end>"]
    # Which word speaks for which; the last is the word that attention adds: a place.
    follows = {
        "the": {"cat": 3, "dog": 2.5, "mat": 1, "sofa": 0.5},
        "cat": {"sat": 6},
        "dog": {"sat": 6},
        "sat": {"on": 6},
        "on": {"the": 6},
        "mat": {"<end>": 8},
        "sofa": {"<end>": 8},
        "place": {"mat": 4, "sofa": 3.5},
    }
    table = {word: np.array([row.get(other, 0) for other in words]) for word, row in follows.items()}

    def logits(text):
        rows = []
        for length in range(1, len(text) + 1):
            # Each "on" so far weighs exp(9), every other word exp(0).
            weights = np.exp([9 * (word == "on") for word in text[:length]])
            heard = weights[[word == "on" for word in text[:length]]].sum() / weights.sum()
            rows.append(table[text[length - 1]] + heard * table["place"])
        return np.array(rows)

    def kept(scores, keep):
        return softmax(np.where(keep, scores, -np.inf))

    main, start = logits(["the", "cat", "sat", "on", "the"]), logits(["the"])
    shares = softmax(main)
    descending = np.argsort(-shares, axis=1)
    before = np.cumsum(np.take_along_axis(shares, descending, axis=1), axis=1)
    before = np.hstack([np.zeros((len(main), 1)), before[:, :-1]])
    likely = np.zeros(main.shape, dtype=bool)
    np.put_along_axis(likely, descending, before < 0.75, axis=1)
    made = {
        "logits": main,
        "p": shares,
        "next": np.eye(8)[main.argmax(axis=1)],
        "gpt": start,
        "cold": softmax(start / 0.5),
        "hot": softmax(start / 2),
        "two": kept(start, start >= np.sort(start)[:, [-2]]),
        "most": kept(main, likely),
    }
    text = ["the"]
    while text[-1] != "<end>":
        scores = logits(text)
        if len(text) > 1:
            made[f"story.{len(text)}.gpt"] = scores
        text.append(words[int(scores[-1].argmax())])
    # Eight features, queries and keys of one number: X·W_Q and X·W_K, scores, X·W_V, the weighted sum, X·W_U.
    rounds = np.arange(1, len(text))
    recomputed = 8 * rounds + 8 * rounds + rounds**2 + 64 * rounds + 8 * rounds**2 + 64 * rounds
    cached = 8 + 8 + rounds + 64 + 8 * rounds + 64
    made["story.cost"] = np.stack([recomputed, cached], axis=1)
    return made


def main():
    lessons = {
        "01-soft-lookup": soft_lookup(),
        "02-embeddings": embeddings(),
        "03-mole": mole(),
        "05-fluffy-blue-creature": fluffy_blue_creature(),
        "06-thinking-machines": thinking_machines(),
        "07-three-vectors": three_vectors(),
        "09-masks": masks(),
        "11-it-was-too-tired": it_was_too_tired(),
        "12-concat-and-output": concat_and_output(),
        "13-positions": positions(),
        "15-cross-attention": cross_attention(),
        "18-next-token": next_token(),
    }
    plain = {lesson: {name: matrix.tolist() for name, matrix in made.items()} for lesson, made in lessons.items()}
    text = ",\n".join(
        f'"{lesson}": {{\n' + ",\n".join(f'  "{name}": {json.dumps(rows)}' for name, rows in made.items()) + "\n}"
        for lesson, made in plain.items()
    )
    (HERE / "lessons.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
