"""The block of block.rs in NumPy: prints the seconds of each run, and the processor time of the mean one."""

import sys
import time

import numpy as np

TOKENS, D_MODEL, D_FF, HEADS = 512, 768, 3072, 12
ROUNDS = int(sys.argv[1])

rng = np.random.default_rng(1)


def weights(rows, columns):
    return rng.normal(scale=rows**-0.5, size=(rows, columns))


X = rng.normal(size=(TOKENS, D_MODEL))
D_K = D_MODEL // HEADS
W_Q, W_K, W_V = ([weights(D_MODEL, D_K) for _ in range(HEADS)] for _ in range(3))
W_O, W_1, W_2 = weights(D_MODEL, D_MODEL), weights(D_MODEL, D_FF), weights(D_FF, D_MODEL)


def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def norm(x):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)


def block(x):
    normed, parts = norm(x), []
    for head in range(HEADS):
        q, k, v = normed @ W_Q[head], normed @ W_K[head], normed @ W_V[head]
        scaled = q @ k.T / np.sqrt(D_K)
        masked = np.where(np.tri(*scaled.shape, dtype=bool), scaled, -np.inf)
        parts.append(softmax(masked) @ v)
    x = x + np.concatenate(parts, axis=-1) @ W_O
    x = x + np.maximum(0, norm(x) @ W_1) @ W_2
    return norm(x)


before = time.process_time()
for _ in range(ROUNDS):
    start = time.perf_counter()
    block(X)
    print(f"block {time.perf_counter() - start:.4f}")
print(f"work {(time.process_time() - before) / ROUNDS:.4f}")
