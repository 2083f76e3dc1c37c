"""Reference numbers for what attention is compared with, computed by NumPy and not by qkv.

    python3 tests/reference/comparisons.py

writes comparisons.json beside itself, the same every time: cases of convolutions, recurrent networks and bags of words
over random shapes, in the form that generate.py describes. A convolution is computed position by position with a padded
text, a recurrent network state by state, and the mean of a context from a list of its words.
"""


import numpy as np
from generate import LONG, Cases, product, softmax, write


def convolution(x, kernel):
    """Kernel: weights by offset. Beyond the ends of the text there are zeros."""
    n, far = len(x), max(abs(offset) for offset in kernel)
    padded = np.vstack([np.zeros((far, x.shape[1])), x, np.zeros((far, x.shape[1]))]).astype(LONG)
    rows = []
    for position in range(n):
        rows.append(sum(padded[position + far + offset] @ weights.astype(LONG) for offset, weights in kernel.items()))
    return np.array(rows)


def recurrence(x, w_x, w_h, b, activation):
    state, states = np.zeros(w_h.shape[0], dtype=LONG), []
    for vector in x.astype(LONG):
        state = vector @ w_x.astype(LONG) + state @ w_h.astype(LONG) + (0 if b is None else b[0].astype(LONG))
        state = np.tanh(state) if activation == "tanh" else state
        states.append(state)
    return np.array(states)


def contexts(x, window):
    """The mean of the vectors around each position; zeros where there is nothing around."""
    means = []
    for position in range(len(x)):
        around = [j for j in range(len(x)) if j != position and abs(j - position) <= window]
        means.append(np.mean(x[around].astype(LONG), axis=0) if around else np.zeros(x.shape[1]))
    return np.array(means)


def convolutions(cases):
    for n, d, e, offsets in [
        (1, 1, 1, [0]),
        (1, 3, 2, [-1, 0, 1]),
        (2, 1, 4, [-2, -1]),
        (5, 4, 3, [-1, 0, 1]),
        (6, 2, 5, [-3, 0, 2]),
        (4, 3, 3, [5]),
        (7, 5, 1, [-6, 6]),
        (9, 6, 6, [-2, -1, 0, 1, 2]),
    ]:
        x = cases.matrix(n, d)
        kernel = {offset: cases.matrix(d, e) for offset in offsets}
        inputs = {"X": x} | {str(offset): weights for offset, weights in kernel.items()}
        cases.add(f"convolution {n}x{d} at {offsets}", "convolution", inputs, {"out": convolution(x, kernel)}, offsets=offsets)


def recurrences(cases):
    for n, d, h, bias, activation in [
        (1, 1, 1, False, "none"),
        (1, 4, 3, True, "tanh"),
        (2, 1, 5, True, "none"),
        (5, 3, 2, False, "tanh"),
        (8, 2, 4, True, "tanh"),
        (6, 5, 1, False, "none"),
    ]:
        x, w_x, w_h = cases.matrix(n, d), cases.matrix(d, h), cases.matrix(h, h)
        b = cases.matrix(1, h) if bias else None
        inputs = {"X": x, "W_x": w_x, "W_h": w_h} | ({"b": b} if bias else {})
        states = recurrence(x, w_x, w_h, b, activation)
        outputs = {"output": states, "1": states[:1], str(n): states[-1:]}
        name = f"recurrence over {n} of {d} to {h}, {activation}, {'with' if bias else 'without'} bias"
        cases.add(name, "recurrence", inputs, outputs, activation=activation)


def bags_of_words(cases):
    for n, words, d, window in [(1, 1, 1, 1), (1, 4, 3, 2), (2, 3, 1, 1), (5, 4, 3, 1), (6, 8, 2, 2), (9, 5, 4, 20)]:
        w_in, w_out = cases.matrix(words, d), cases.matrix(d, words)
        rows = [int(row) for row in cases.random.integers(0, words, n)]
        mean = contexts(w_in[rows], window)
        scores = product(mean, w_out)
        outputs = {"context": mean, "scores": scores, "probabilities": softmax(scores)}
        inputs = {"W_in": w_in, "W_out": w_out}
        cases.add(f"cbow over {n} of {words} words, window {window}", "cbow", inputs, outputs, rows=rows, window=window)


def main():
    cases = Cases()
    convolutions(cases)
    recurrences(cases)
    bags_of_words(cases)
    write("comparisons.json", cases.cases)


if __name__ == "__main__":
    main()
