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


def tower():
    # Features: x, y, z, asks, Parisian, tiny, flour, night.
    word = {
        "tower": [4, -1, 3, 1, 0, 0, 0, 0],
        "Eiffel": [0, 0, 0, 0, 1, 0, 0, 0],
        "miniature": [0, 0, 0, 0, 0, 1, 0, 0],
        "Flour": [0, 0, 0, 0, 0, 0, 1, 0],
        "midnight": [0, 0, 0, 0, 0, 0, 0, 1],
        "was": [0, 0, 0, 1, 0, 0, 0, 0],
    }
    texts = {
        "sight": "miniature Eiffel tower",
        "story": "Flour spilled at midnight . Therefore the murderer was",
    }
    # What asks, what answers, and what it hands over, in each of the two layers.
    asks = [[3], [4, 6]]
    answers = [[4, 6], [5, 7]]
    w_v = np.zeros((2, 8, 8))
    w_v[0, 4, :5] = [1.25, -1.25, -1.875, 0, 1.25]
    w_v[0, 6, 6] = 2
    w_v[1, 5, :3] = [-10, 1.25, 1.25]
    w_v[1, 7, 7] = 2
    made = {}
    last = []
    for name, text in texts.items():
        x = np.array([word.get(token, [0] * 8) for token in text.split()], dtype=float)
        last = [x[-1:]]
        for layer in range(2):
            queries = x[:, asks[layer]].sum(axis=1, keepdims=True)
            keys = log(8) * x[:, answers[layer]].sum(axis=1, keepdims=True)
            pattern = pattern_of(queries, keys, 1, causal=True)
            z = pattern @ (x @ w_v[layer])
            x = x + z
            last.append(x[-1:])
            made |= {
                f"layer{layer + 1}.pattern@{name}": pattern,
                f"layer{layer + 1}.Z@{name}": z,
                f"X{layer + 1}@{name}": x,
            }
    # Suspects: cook, baker, guard, butler. Flour fits the first two, night the second and the third.
    w_u = np.zeros((8, 4))
    w_u[6, [0, 1]] = w_u[7, [1, 2]] = log(9)
    return made | {f"guess{layer}": softmax(row @ w_u) for layer, row in enumerate(last)}


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


def relu(x):
    return np.maximum(x, 0)


def layer_norm(x):
    return (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + 1e-5)


def the_block():
    # AI by Hand: tokens as columns in the source, as rows here.
    x = np.transpose([[0, 1, 0, 1, 1], [1, 0, 1, 2, -1], [1, 1, 1, 3, 2], [-1, 1, 0, 0, 1]])
    listens = np.transpose([[1, 1, 0, 1, 0], [1, 0, 1, 1, 0], [0, 0, 1, 1, 0], [0, 1, 0, 0, 1], [0, 1, 1, 0, 1]])
    w_1 = np.transpose([[1, 1, 1, 1], [0, 0, 2, 1], [1, -1, 1, 1]])
    w_2 = np.transpose([[1, 2, 1], [-1, 0, 0], [1, 1, 1], [0, 0, -1]])
    xa = listens @ x
    linear = xa @ w_1 + np.array([3, 4, -1])
    output = relu(linear) @ w_2 + np.array([-1, 7, 2, -1])
    # Features: article, adjective, noun, verb, fluffy, blue, monster. Words: a, fluffy, blue, creature, roamed.
    s = np.zeros((5, 7))
    s[[0, 1, 1, 2, 2, 3, 4], [0, 1, 4, 1, 5, 2, 3]] = 1
    # An article and an adjective ask for articles, a noun for adjectives, a verb for nouns.
    asks = np.zeros((7, 3))
    asks[[0, 1, 2, 3], [0, 0, 1, 2]] = 20
    answers = np.eye(7)[:, :3]
    hands_over = np.diag([0, 0, 0, 0, 1, 1, 1])

    def attention(x):
        pattern = pattern_of(x @ asks, x @ answers, sqrt(3), causal=True)
        return pattern, pattern @ x @ hands_over

    def monster(x):
        # The smaller of fluffy and blue, as far as they are not negative.
        found = np.zeros(x.shape)
        found[:, 6] = relu(x[:, 4]) - relu(x[:, 4] - x[:, 5])
        return found

    pattern, first = attention(s)
    residual_1 = s + first
    output_1 = residual_1 + monster(residual_1)
    residual_2 = output_1 + attention(output_1)[1]
    pre = s + attention(layer_norm(s))[1]
    post = layer_norm(s + first)
    return {
        "XA": xa,
        "ff.linear_1": linear,
        "ff.output": output,
        "out": relu(output),
        "straight": np.array([[0], [0], [1], [1]]),
        "bent.output": np.array([[0], [0], [0], [1]]),
        "plain.1.attention.1.pattern": pattern,
        "plain.1.residual_1": residual_1,
        "plain.1.output": output_1,
        "plain.2.residual_1": residual_2,
        "plain.output": residual_2 + monster(residual_2),
        "pre.norm_2": layer_norm(pre),
        "pre.output": pre + monster(layer_norm(pre)),
        "post.output": layer_norm(post + monster(post)),
    }


def value_down_value_up():
    # Features: noun, adjective, fluffy, smooth, blue, green. Words: fluffy, blue, creature.
    x = np.array([[0, 1, 1, 0, 0, 0], [0, 1, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0]])
    # A noun asks for an adjective, an adjective for a noun; the first number of a query is about adjectives.
    asks = np.array([[20, 0], [0, 20], [0, 0], [0, 0], [0, 0], [0, 0]])
    answers = np.array([[0, 1], [1, 0], [0, 0], [0, 0], [0, 0], [0, 0]])
    down = np.array([[0, 0], [0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]])
    pattern = pattern_of(x @ asks, x @ answers, sqrt(2))
    nouns = pattern @ x[:, :2]
    # GPT-3, head by head; the output matrix is stored once a layer.
    d_model, d_k, heads, layers, words = 12288, 128, 96, 96, 50257
    projection = [d_model * d_k, d_model * d_k * heads, heads * layers, d_model * d_k * heads * layers]
    output = [heads * d_k * d_model, heads * d_k * d_model, layers, heads * d_k * d_model * layers]
    embedding = [words * d_model, 0, 1, words * d_model]
    bent = [4 * d_model * d_model, 4 * d_model * d_model, layers, 4 * d_model * d_model * layers]
    gpt3 = np.array([embedding, embedding, projection, projection, projection, output, bent, bent])
    return {
        "whole": down @ down.T,
        "head.pattern": pattern,
        "head.V_up": x @ down @ down.T,
        "head.Z": pattern @ x @ down @ down.T,
        "mh.output": np.hstack([nouns, pattern @ x @ (down @ down.T)[:, 2:]]),
        "gpt3": np.vstack([gpt3, gpt3.sum(axis=0)]),
    }


def why_divide():
    # Queries and keys are random numbers of qkv; the professors are those of the source.
    logits = np.array([[-0.8, -5, 0.5, 1.5, 3.4, -2.3, 2.5]])
    return {"p": softmax(logits), "hot": softmax(logits / 5), "cold": softmax(logits * 5)}


def convolution():
    light = np.array([0, 0, 6, 9, 9, 3, 0])
    # What counts before, at, and after a place; np.convolve turns the kernel round.
    kernels = np.array([[-1, 1 / 3], [0, 1 / 3], [1, 1 / 3]])
    direct = np.stack([np.convolve(light, kernel[::-1], mode="same") for kernel in kernels.T], axis=1)
    place = np.arange(1, 8)

    def looking(offset, temperature=1):
        # Up to what is the same for all keys, the score is minus 25 times the square of the distance.
        apart = place[None, :] - (place[:, None] + offset)
        return softmax(-25 * apart**2 / temperature)

    moved = np.stack([looking(offset) @ light for offset in (-1, 0, 1)], axis=1)
    bright = softmax(np.tile(light, (7, 1)))
    return {
        "direct": direct,
        "mh.before.pattern": looking(-1),
        "mh.after.pattern": looking(1),
        "mh.output": moved @ kernels,
        "soft": looking(0, 50),
        "bright.pattern": bright,
        "rnn.output": 0.5 ** np.arange(7)[:, None],
    }


def context_length():
    # One layer of GPT-3: multiply-adds, cells of a pattern that is not masked, looks back, or looks back 256 tokens.
    d_model, d_k, n_heads, number = 12288, 128, 96, 4

    def costs(lengths, n_kv_heads, cells_of):
        rows = []
        for n in lengths:
            queries_and_output = 2 * n * d_model * n_heads * d_k
            keys_and_values = 2 * n * d_model * n_kv_heads * d_k
            projections = queries_and_output + keys_and_values
            cells, last = cells_of(n)
            scores = cells * n_heads * d_k
            total = projections + 2 * scores
            alone = projections // n + 2 * last * n_heads * d_k if last else total
            bytes_of_patterns = cells * n_heads * number
            cache = 2 * n * n_kv_heads * d_k * number
            rows.append(
                [projections, scores, scores, total, alone, total - alone, cells, bytes_of_patterns, cache]
            )
        return np.array(rows)

    # Without a mask the last token changes all others, and nothing can be kept.
    everything = lambda n: (n * n, 0)
    back = lambda n: (n * (n + 1) // 2, n)
    window = lambda n: (sum(min(place, 256) for place in range(1, n + 1)), min(n, 256))
    lengths = [1024, 2048, 4096]
    return {
        "all_pairs": costs(lengths, 96, everything),
        "longer": costs([2048, 24576, 131072], 96, everything),
        "looking_back": costs(lengths, 96, back),
        "window_256": costs(lengths, 96, window),
        "shared_keys": costs(lengths, 8, back),
    }


def encoder_decoder():
    # Features: you, he, love, stop, third, object, pronoun, verb, place, found, start.
    def features(*rows):
        return np.stack([sum(np.eye(11)[list(row)], np.zeros(11)) for row in rows])

    you, he, love, stop, third, obj, pronoun, verb, place, found, start = range(11)
    words = {"you": (you, pronoun), "he": (he, pronoun), "love": (love, verb), "stop": (stop,)}
    places = np.zeros((4, 11))
    places[:, place] = [1, 2, 3, 4]

    def encoder(*sentence):
        x = features(*[words[word] for word in sentence]) + places
        # A pronoun asks for the verb, all else for the full stop; both heads divide by the root of four.
        asks_verb, rest = x[:, [pronoun]], x[:, [verb]] + x[:, [stop]]
        where = softmax(20 * (asks_verb * x[:, verb] + rest * x[:, stop]))
        # The verb asks for a pronoun with a low place, all else for the full stop.
        rest = x[:, [pronoun]] + x[:, [stop]]
        early = x[:, [verb]] * (2 * x[:, pronoun] - x[:, place])
        who = softmax(10 * early + 20 * rest * x[:, stop])
        y = x.copy()
        y[:, found] += where @ x[:, place]
        y[:, third] += who @ x[:, he]
        y[:, obj] += relu(y[:, place] - y[:, found])
        return where, who, y

    where, who, memory = encoder("he", "love", "you", "stop")
    y = features((start,), (pronoun,), (verb,), (pronoun,))
    # A pronoun asks for a verb or else for the start, all else for the start.
    scores = y[:, [pronoun]] * (20 * y[:, verb] + 10 * y[:, start]) + 20 * (y[:, [start]] + y[:, [verb]]) * y[:, start]
    own = softmax(np.where(np.tril(np.ones((4, 4))) == 1, scores, -np.inf))
    y[:, found] += own @ y[:, verb]
    subject, after_verb = memory[:, pronoun] - memory[:, obj], y[:, [found]]
    cross = softmax(
        20
        * (
            y[:, [start]] * subject
            + (y[:, [pronoun]] - after_verb) * memory[:, verb]
            + y[:, [verb]] * memory[:, obj]
            + after_verb * memory[:, stop]
        )
    )
    y[:, :6] += cross @ memory[:, :6]
    # Vocabulary: <start>, you, he, him, love, loves, <end>, and four words of Chinese.
    logits = np.zeros((4, 11))
    logits[:, 1] = 10 * y[:, you]
    logits[:, 2] = 10 * (y[:, he] - y[:, obj])
    logits[:, 3] = 5 * (y[:, he] + y[:, obj])
    logits[:, 4] = 10 * (y[:, love] - y[:, third])
    logits[:, 5] = 5 * (y[:, love] + y[:, third])
    logits[:, 6] = 10 * y[:, stop]
    probabilities = softmax(logits)
    return {
        "encoder.1.attention.where.pattern@second": where,
        "encoder.1.attention.who.pattern@second": who,
        "encoder.output@second": memory,
        "encoder.output@first": encoder("you", "love", "he", "stop")[2],
        "decoder.1.attention.1.pattern": own,
        "decoder.1.cross_attention.1.pattern": cross,
        "decoder.output": y,
        "logits": logits,
        "probabilities": probabilities,
        "loss": -np.log(probabilities[range(4), [2, 5, 1, 6]])[:, None],
        # Written word by word, each row is the one that was seen in training.
        "story.1.probabilities": probabilities[:1],
        "story.4.probabilities": probabilities,
    }


def main():
    lessons = {
        "01-soft-lookup": soft_lookup(),
        "02-embeddings": embeddings(),
        "03-mole": mole(),
        "04-tower": tower(),
        "05-fluffy-blue-creature": fluffy_blue_creature(),
        "06-thinking-machines": thinking_machines(),
        "07-three-vectors": three_vectors(),
        "08-why-divide": why_divide(),
        "09-masks": masks(),
        "10-context-length": context_length(),
        "11-it-was-too-tired": it_was_too_tired(),
        "12-concat-and-output": concat_and_output(),
        "13-positions": positions(),
        "14-value-down-value-up": value_down_value_up(),
        "15-cross-attention": cross_attention(),
        "16-the-block": the_block(),
        "17-encoder-decoder": encoder_decoder(),
        "18-next-token": next_token(),
        "19-convolution": convolution(),
    }
    plain = {lesson: {name: matrix.tolist() for name, matrix in made.items()} for lesson, made in lessons.items()}
    text = ",\n".join(
        f'"{lesson}": {{\n' + ",\n".join(f'  "{name}": {json.dumps(rows)}' for name, rows in made.items()) + "\n}"
        for lesson, made in plain.items()
    )
    (HERE / "lessons.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
