"""Reference numbers for what becomes of logits, computed by NumPy and not by qkv.

Run it from anywhere with Python 3 and NumPy; it writes output.json beside itself, the same every time:

    python3 tests/reference/output.py

The cases are as in generate.py. `targets`, `k`, `share` and `temperature` are among the numbers; what is left out of
logits is the string "-inf". Whole models are written again for every length of their text, without any cache.
"""


import numpy as np

from generate import LONG, Cases, causal, dot_products, product, softmax, write


def top_k(logits, k):
    """The k largest of each row stay, found by taking the largest away one at a time; of equal ones the first."""
    kept = np.full(logits.shape, -np.inf, dtype=LONG)
    for row, numbers in enumerate(logits):
        left = list(enumerate(numbers))
        for _ in range(k):
            place, number = max(left, key=lambda pair: (pair[1], -pair[0]))
            kept[row, place] = number
            left.remove((place, number))
    return kept


def top_p(logits, probabilities, share):
    kept = np.full(logits.shape, -np.inf, dtype=LONG)
    for row, numbers in enumerate(probabilities):
        left, reached = list(enumerate(numbers)), LONG(0)
        while left and reached < LONG(share) - LONG(1e-12):
            place, number = max(left, key=lambda pair: (pair[1], -pair[0]))
            kept[row, place] = logits[row, place]
            reached += number
            left.remove((place, number))
    return kept


def greedy(probabilities):
    return np.array([[float(j == list(row).index(max(row))) for j in range(len(row))] for row in probabilities])


def cross_entropy(logits, targets):
    """-ln of the right probability, straight from the definition."""
    return np.array([[-np.log(softmax(logits)[row, target])] for row, target in enumerate(targets)], dtype=LONG)


def elementary(cases):
    for n, m in [(1, 1), (1, 4), (5, 1), (2, 3), (4, 6), (7, 9)]:
        logits = cases.matrix(n, m, spread=2.0)
        for k in sorted({1, (m + 1) // 2, m}):
            cases.add(f"the {k} largest of {n}x{m}", "top_k", {"of": logits}, {"out": top_k(logits, k)}, k=k)
        shares = softmax(logits)
        for share in (0.2, 0.7, 0.95, 1.0):
            # Shares that a sum just reaches would be decided by rounding.
            sums = np.cumsum(np.sort(shares, axis=-1)[:, ::-1], axis=-1)
            if share < 1.0:
                assert np.abs(sums - share).min() > 1e-9, "choose another share"
            inputs = {"of": logits, "by": shares}
            cases.add(f"top-p {share} of {n}x{m}", "top_p", inputs, {"out": top_p(logits, shares, share)}, share=share)
        cases.add(f"greedy choice of {n}x{m}", "greedy", {"of": shares}, {"out": greedy(np.float64(shares))})
        targets = [int(t) for t in cases.random.integers(0, m, n)]
        loss = cross_entropy(logits, targets)
        outputs = {"out": loss, "out.mean": loss.mean(axis=0, keepdims=True)}
        cases.add(f"cross-entropy of {n}x{m}", "cross_entropy", {"of": logits}, outputs, targets=targets)
        if n > 1:
            loss = cross_entropy(logits, targets[1:])
            outputs = {"out": loss, "out.mean": loss.mean(axis=0, keepdims=True)}
            name = f"cross-entropy of the next tokens of {n}x{m}"
            cases.add(name, "cross_entropy", {"of": logits}, outputs, targets=targets[1:])
    ties = np.array([[1.0, 2.0, 2.0, 1.0], [0.0, 0.0, 0.0, 0.0], [-1.0, -0.0, 0.0, -1.0]])
    for k in (1, 2, 3):
        cases.add(f"the {k} largest where some are equal", "top_k", {"of": ties}, {"out": top_k(ties, k)}, k=k)
    cases.add("greedy choice where some are equal", "greedy", {"of": ties}, {"out": greedy(ties)})
    huge = np.array([[1000.0, -1000.0, 0.0]])
    # softmax underflows here, and the loss is the gap to the largest.
    cases.add("cross-entropy of what is all but impossible", "cross_entropy", {"of": huge},
              {"out": np.array([[2000.0]]), "out.mean": np.array([[2000.0]])}, targets=[1])


def tempered(logits, temperature, k, share):
    """All that is made on the way to probabilities, by the names that qkv gives."""
    made, last = {}, logits.astype(LONG)
    if temperature is not None:
        last = made["p.tempered"] = last / LONG(temperature)
    if k is not None:
        last = made["p.top_k"] = top_k(last, k)
    if share is not None:
        before = made["p.before_top_p"] = softmax(last)
        last = made["p.top_p"] = top_p(last, before, share)
    made["p"] = softmax(last)
    return made


def builders(cases):
    for n, d, m in [(1, 1, 1), (1, 3, 5), (4, 2, 6), (3, 5, 1), (6, 4, 8)]:
        x, table, weights, bias = cases.matrix(n, d), cases.matrix(m, d), cases.matrix(d, m), cases.matrix(1, m)
        cases.add(f"tied logits {n}x{d} for {m}", "logits", {"X": x, "vocabulary": table},
                  {"out": dot_products(x, table)})
        cases.add(f"logits {n}x{d} for {m}", "logits", {"X": x, "W_U": weights}, {"out": product(x, weights)})
        stored = {"X": x, "W_U": weights.T.copy()}
        cases.add(f"logits {n}x{d} for {m}, out_in", "logits", stored, {"out": product(x, weights)}, layout="out_in")
        biased = product(x, weights) + bias
        cases.add(f"logits {n}x{d} for {m} with a bias", "logits", {"X": x, "W_U": weights, "bias": bias},
                  {"out.product": product(x, weights), "out": biased})
        for temperature, k, share in [(None, None, None), (0.5, None, None), (3.0, max(1, m - 1), None),
                                      (None, None, 0.8), (1.7, (m + 1) // 2, 0.6)]:
            name = f"probabilities of {n}x{m}, T {temperature}, k {k}, p {share}"
            made = tempered(x @ weights, temperature, k, share)
            numbers = {"temperature": temperature, "k": k, "share": share}
            cases.add(name, "probabilities", {"of": x @ weights}, made, **numbers)
    # The example of the curriculum.
    logits = np.array([[-0.8, -5, 0.5, 1.5, 3.4, -2.3, 2.5]])
    for temperature in (1.0, 5.0):
        made = tempered(logits, temperature, None, None)
        cases.add(f"seven logits at T {temperature}", "probabilities", {"of": logits}, made,
                  temperature=temperature, k=None, share=None)


def decoder(table, w, tokens):
    """The logits of a decoder of one head over a text, with the embeddings as the unembedding."""
    x = table[tokens].astype(LONG)
    q, k, v = (product(x, w[name]) for name in ("W_Q", "W_K", "W_V"))
    scores = dot_products(q, k) / np.sqrt(LONG(q.shape[1]))
    return dot_products(x + product(softmax(causal(scores)), v), table)


def generation(cases):
    for tokens, d, k, prompt, rounds in [(3, 2, 1, 1, 3), (5, 4, 3, 2, 4), (7, 5, 2, 4, 6), (2, 1, 1, 3, 2)]:
        table = cases.matrix(tokens, d)
        w = {"W_Q": cases.matrix(d, k), "W_K": cases.matrix(d, k), "W_V": cases.matrix(d, d)}
        text = [int(t) for t in cases.random.integers(0, tokens, prompt)]
        start, outputs, costs = list(text), {}, []
        for number in range(1, rounds + 1):
            n = len(text)
            logits = decoder(table, w, text)
            outputs[f"{number}.logits"] = logits
            outputs[f"{number}.probabilities"] = softmax(logits)
            # Q and K, their scores, V, Z, logits.
            anew = 2 * n * d * k + n * k * n + n * d * d + n * n * d + n * d * tokens
            row = 2 * d * k + k * n + d * d + n * d + d * tokens
            costs.append([anew, anew if number == 1 else row])
            last = np.sort(np.float64(logits[-1]))
            assert tokens == 1 or last[-1] - last[-2] > 1e-6, "a choice must not hang on rounding"
            text.append(int(np.argmax(np.float64(logits[-1]))))
        outputs["cost"] = np.array(costs)
        name = f"{rounds} tokens after {prompt} of {tokens}, {d}x{k}"
        cases.add(name, "generate", {"vocabulary": table, **w}, outputs, start=start, text=text)


def main():
    cases = Cases()
    elementary(cases)
    builders(cases)
    generation(cases)
    write("output.json", cases.cases)


if __name__ == "__main__":
    main()
