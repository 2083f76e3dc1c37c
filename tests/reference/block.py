"""Reference numbers for the block and what it is made of, computed by NumPy and not by qkv.

Run it from anywhere with Python 3 and NumPy; it writes block.json beside itself, the same every time:

    python3 tests/reference/block.py

block.json is a list of cases. A case has a name, a whole `lesson` (JSON is YAML), and `outputs`: matrices of that
lesson by name. Seeded numbers come from ChaCha8 as RFC 8439 writes it with 8 rounds, here once more from the paper.
"""

import math
import struct

import numpy as np
from generate import LONG, Cases, causal, dot_products, plain, product, softmax, write
from positions import rotate

# Seeded numbers


def chacha8(seed):
    """The 64-bit numbers of ChaCha8, keyed by the 32 bytes that PCG32 makes of the seed, nonce 0."""
    mask, state, key = 2**64 - 1, seed, []
    for _ in range(8):
        state = (state * 0x5851F42D4C957F2D + 0xA17654E46FBE17F3) & mask
        shifted = (((state >> 18) ^ state) >> 27) & 0xFFFFFFFF
        turn = state >> 59
        key.append(((shifted >> turn) | (shifted << (32 - turn) % 32)) & 0xFFFFFFFF)

    def quarter(x, a, b, c, d):
        for to, by, target, bits in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)]:
            x[to] = (x[to] + x[by]) & 0xFFFFFFFF
            mixed = x[target] ^ x[to]
            x[target] = ((mixed << bits) | (mixed >> (32 - bits))) & 0xFFFFFFFF

    counter = 0
    while True:
        start = list(struct.unpack("<4I", b"expand 32-byte k")) + key + [counter & 0xFFFFFFFF, counter >> 32, 0, 0]
        x = list(start)
        for _ in range(4):
            for column in range(4):
                quarter(x, column, column + 4, column + 8, column + 12)
            quarter(x, 0, 5, 10, 15)
            quarter(x, 1, 6, 11, 12)
            quarter(x, 2, 7, 8, 13)
            quarter(x, 3, 4, 9, 14)
        words = [(a + b) & 0xFFFFFFFF for a, b in zip(x, start)]
        yield from (words[i] | words[i + 1] << 32 for i in range(0, 16, 2))
        counter += 1


def uniform(seed):
    """Numbers in [0, 1) of 53 bits."""
    return ((number >> 11) / 2**53 for number in chacha8(seed))


def seeded(rows, columns, seed):
    """Sums of twelve uniform numbers less six, of standard deviation 1/√rows."""
    stream = uniform(seed)
    numbers = [sum(next(stream) for _ in range(12)) - 6 for _ in range(rows * columns)]
    return np.array(numbers).reshape(rows, columns) / math.sqrt(rows)


def dropout(x, rate, seed):
    stream = uniform(seed)
    kept = np.array([next(stream) >= rate for _ in range(x.size)]).reshape(x.shape)
    return np.where(kept, x.astype(LONG) / (1 - LONG(rate)), 0)


# One matrix from another


def erf(x):
    return np.vectorize(math.erf)(x.astype(np.float64)).astype(LONG)


def sigmoid(x):
    """Without a large power, whatever the sign."""
    power = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + power), power / (1 + power))


ACTIVATIONS = {
    "relu": lambda x: np.where(x > 0, x, 0),
    "gelu": lambda x: x * (1 + erf(x / np.sqrt(LONG(2)))) / 2,
    "gelu_tanh": lambda x: 0.5 * x * (1 + np.tanh(np.sqrt(2 / LONG(np.pi)) * (x + LONG("0.044715") * x**3))),
    "silu": lambda x: x * sigmoid(x),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
}


def layer_norm(x, epsilon, gain=None, bias=None):
    x = x.astype(LONG)
    mean = x.mean(axis=1, keepdims=True)
    y = (x - mean) / np.sqrt(((x - mean) ** 2).mean(axis=1, keepdims=True) + LONG(epsilon))
    y = y if gain is None else y * gain
    return y if bias is None else y + bias


def rms_norm(x, epsilon, gain=None, bias=None):
    assert bias is None
    x = x.astype(LONG)
    y = x / np.sqrt((x**2).mean(axis=1, keepdims=True) + LONG(epsilon))
    return y if gain is None else y * gain


def feed_forward(x, w, activation):
    """The hidden numbers and the output; a missing bias is 0."""
    linear = product(x, w["W_1"]) + w.get("b_1", 0)
    bend = ACTIVATIONS[activation]
    hidden = bend(product(x, w["W_gate"])) * linear if "W_gate" in w else bend(linear)
    return hidden, product(hidden, w["W_2"]) + w.get("b_2", 0)


def attention(x, memory, heads, w_o, mask, turn=lambda x: x):
    """Several heads, as the sum over the heads with their slices of W_O; `turn` is done to queries and keys."""
    found, start = 0, 0
    for w in heads:
        q, k, v = product(x, w["W_Q"]), product(memory, w["W_K"]), product(memory, w["W_V"])
        scores = dot_products(turn(q), turn(k)) / np.sqrt(LONG(q.shape[1]))
        z = product(softmax(causal(scores) if mask == "causal" else scores), v)
        width = v.shape[1]
        found = found + product(z, w_o[start : start + width])
        start += width
    return found


def layer(x, sublayers, norms, order, drop):
    """`sublayers` are functions; what stands after each norm and the output come back by name."""
    made = {}
    for number, (sublayer, norm) in enumerate(zip(sublayers, norms), 1):
        if order == "pre":
            made[f"norm_{number}"] = norm(x)
            x = x + drop(sublayer(norm(x)))
        else:
            made[f"residual_{number}"] = x + drop(sublayer(x))
            x = norm(made[f"residual_{number}"])
    if norms[0] is nothing:
        made = {}
    made["output"] = x
    return made


def nothing(x):
    return x


# Cases


def lesson(given, *definitions, axes=None):
    """A lesson in which matrices are given as they are, and then defined; `definitions` are (name, kind)."""
    matrices = [{name: {"given": plain(value)}} for name, value in given.items()]
    matrices += [{name: kind} for name, kind in definitions]
    whole = {"title": "Reference", "matrices": matrices}
    return whole | ({"axes": axes} if axes else {})


class Lessons(Cases):
    def __init__(self):
        super().__init__()
        self.random = np.random.default_rng(20161217)

    def case(self, name, lesson, outputs):
        self.cases.append({"name": name, "lesson": lesson, "outputs": {k: plain(v) for k, v in outputs.items()}})


def elementwise(cases):
    for n, m in [(1, 1), (1, 4), (4, 1), (3, 5), (6, 2)]:
        a, b, row = cases.matrix(n, m), cases.matrix(n, m, spread=50.0), cases.matrix(1, m)
        pairs = {"same": (a, b), "row": (a, row), "of_row": (row, b)}
        definitions, outputs = [], {}
        names = {"same": ["A", "B"], "row": ["A", "R"], "of_row": ["R", "B"]}
        for which, (left, right) in pairs.items():
            definitions += [(f"less_{which}", {"subtract": names[which]}), (f"times_{which}", {"multiply": names[which]})]
            outputs[f"less_{which}"] = left.astype(LONG) - right
            outputs[f"times_{which}"] = left.astype(LONG) * right
        given = lesson({"A": a, "B": b, "R": row}, *definitions)
        cases.case(f"difference and product {n}x{m}", given, outputs)

        for rate, seed in [(0.0, 1), (0.1, 7), (0.5, 2**40 + 3), (0.9, 0)]:
            definition = ("D", {"dropout": {"of": "A", "rate": rate, "seed": seed}})
            cases.case(f"dropout {rate} of {n}x{m}", lesson({"A": a}, definition), {"D": dropout(a, rate, seed)})

    values = np.array([[0.0, 1e-9, -1e-9, 0.5, -0.5, 1.0], [-1.0, 3.0, -3.0, 8.0, -8.0, 37.5], [-37.5, 800.0, -800.0, 1e6, -1e6, 2.25]])
    for name, function in ACTIVATIONS.items():
        for x in [values, cases.matrix(1, 1), cases.matrix(4, 3, spread=2.0)]:
            definition = ("Y", {"activate": {"of": "X", "with": name}})
            cases.case(f"{name} {x.shape}", lesson({"X": x}, definition), {"Y": function(x.astype(LONG))})


def norms(cases):
    for n, d in [(1, 1), (1, 6), (5, 1), (3, 4), (4, 9)]:
        for shift in [0.0, 1e6]:
            x = cases.matrix(n, d, spread=2.0) + shift
            gain, bias = cases.matrix(1, d), cases.matrix(1, d)
            # A row of one number, whose variance is 0, needs the ε.
            epsilon = 1e-5 if d == 1 or shift else float(cases.random.choice([0.0, 1e-5, 1e-3]))
            definitions = [
                ("plain", {"layer_norm": "X"}),
                ("own", {"layer_norm": {"of": "X", "epsilon": epsilon, "gain": "g", "bias": "b"}}),
                ("shifted", {"layer_norm": {"of": "X", "bias": "b"}}),
                ("rms", {"rms_norm": "X"}),
                ("rms_own", {"rms_norm": {"of": "X", "epsilon": epsilon, "gain": "g"}}),
            ]
            outputs = {
                "plain": layer_norm(x, 1e-5),
                "own": layer_norm(x, epsilon, gain, bias),
                "shifted": layer_norm(x, 1e-5, bias=bias),
                "rms": rms_norm(x, 1e-5),
                "rms_own": rms_norm(x, epsilon, gain),
            }
            given = lesson({"X": x, "g": gain, "b": bias}, *definitions)
            cases.case(f"norms {n}x{d} around {shift:g}", given, outputs)


def networks(cases):
    shapes = [(1, 1, 1), (1, 3, 5), (4, 2, 1), (3, 4, 8), (5, 6, 3)]
    for index, (n, d, f) in enumerate(shapes):
        for activation in ACTIVATIONS:
            x = cases.matrix(n, d)
            w = {"W_1": cases.matrix(d, f), "W_2": cases.matrix(f, d)}
            if index % 2:
                w |= {"b_1": cases.matrix(1, f), "b_2": cases.matrix(1, d)}
            if index > 1:
                w["W_gate"] = cases.matrix(d, f)
            fields = {"of": "X", "with": activation} | {name: name for name in w}
            hidden, output = feed_forward(x, w, activation)
            given = lesson({"X": x} | w, ("ff", {"feed_forward": fields}))
            cases.case(f"feed-forward {n}x{d}, {f}, {activation}", given, {"ff.hidden": hidden, "ff.output": output})
            # The same weights as PyTorch stores them, a row per output; biases are rows either way.
            stored = {name: value.T if name.startswith("W") else value for name, value in w.items()}
            given = lesson({"X": x} | stored, ("ff", {"feed_forward": fields | {"weights": "out_in"}}))
            name = f"feed-forward {n}x{d}, {f}, {activation}, out_in"
            cases.case(name, given, {"ff.hidden": hidden, "ff.output": output})


def heads_of(cases, given, prefix, count, d, k, v):
    """Random heads with a W_O, which are given under names with the prefix, and the fields that name them."""
    heads, fields = [], []
    for number in range(count):
        w = {"W_Q": cases.matrix(d, k), "W_K": cases.matrix(d, k), "W_V": cases.matrix(d, v)}
        names = {key: f"{prefix}_{number}_{key}" for key in w}
        given |= {names[key]: w[key] for key in w}
        heads.append(w)
        fields.append(names)
    w_o = given[f"{prefix}_W_O"] = cases.matrix(count * v, d)
    return heads, w_o, {"heads": fields, "W_O": f"{prefix}_W_O"}


def random_layer(cases, given, prefix, n_heads, d, k, v, f, mask, memory, norm, learned):
    """The sublayers and norms of a layer as functions, and its fields."""
    heads, w_o, own = heads_of(cases, given, f"{prefix}_s", n_heads, d, k, v)
    sublayers, fields = [lambda x: attention(x, x, heads, w_o, mask)], {"attention": own}
    if memory is not None:
        over, over_w_o, own = heads_of(cases, given, f"{prefix}_c", n_heads, d, k, v)
        sublayers.append(lambda x: attention(x, memory, over, over_w_o, "none"))
        fields["cross_attention"] = own
    w = {"W_1": cases.matrix(d, f), "b_1": cases.matrix(1, f), "W_2": cases.matrix(f, d)}
    given |= {f"{prefix}_{key}": value for key, value in w.items()}
    sublayers.append(lambda x, w=w: feed_forward(x, w, "gelu")[1])
    fields["feed_forward"] = {"with": "gelu"} | {key: f"{prefix}_{key}" for key in w}
    norms = []
    for number in range(1, len(sublayers) + 1):
        w = {}
        if learned and norm != "none":
            w = {"gain": cases.matrix(1, d)} | ({"bias": cases.matrix(1, d)} if norm == "layer" else {})
            names = {key: f"{prefix}_{key}_{number}" for key in w}
            given |= {names[key]: w[key] for key in w}
            fields[f"norm_{number}"] = names
        norms.append(norm_function(norm, w))
    return sublayers, norms, fields


def norm_function(norm, w):
    if norm == "none":
        return nothing
    function = {"layer": layer_norm, "rms": rms_norm}[norm]
    return lambda x: function(x, 1e-5, **w)


def blocks(cases):
    sizes = [(1, 1, 1, 1, 1, 1), (2, 3, 2, 1, 2, 4), (4, 4, 2, 3, 1, 6), (3, 2, 3, 2, 2, 1)]
    for n, d, n_heads, k, v, f in sizes:
        for norm, order in [("layer", "pre"), ("layer", "post"), ("rms", "pre"), ("rms", "post"), ("none", "pre")]:
            for mask, crosses in [("none", False), ("causal", True)]:
                x, memory = cases.matrix(n, d), cases.matrix(n + 1, d)
                given = {"X": x} | ({"M": memory} if crosses else {})
                learned = n % 2 == 0
                sublayers, norms, fields = random_layer(
                    cases, given, "w", n_heads, d, k, v, f, mask, memory if crosses else None, norm, learned
                )
                fields |= {"of": "X", "norm": norm, "order": order, "mask": mask} | ({"memory": "M"} if crosses else {})
                made = layer(x.astype(LONG), sublayers, norms, order, nothing)
                outputs = {f"block.{name}": value for name, value in made.items()}
                whole = lesson(given, ("block", {"block": fields}))
                cases.case(f"block {n}x{d}, {n_heads} heads, {norm}, {order}, {mask}, cross {crosses}", whole, outputs)


def stacks(cases):
    for order in ["pre", "post"]:
        for repeat in [1, 2]:
            n, d = 3, 4
            x, given, layers, fields = cases.matrix(n, d), {}, [], []
            for index in range(2):
                own = random_layer(cases, given, f"l{index}", 2, d, 3, 2, 5, "none", None, "layer", True)
                layers.append(own[:2])
                fields.append(own[2])
            definition = {"of": "X", "layers": fields, "repeat": repeat, "order": order}
            stream, outputs = x.astype(LONG), {}
            for index, (sublayers, norms) in enumerate(layers * repeat, 1):
                stream = layer(stream, sublayers, norms, order, nothing)["output"]
                if order == "pre" or index < 2 * repeat:
                    outputs[f"stack.{index}.output"] = stream
            if order == "pre":
                given |= {"g": cases.matrix(1, d), "b": cases.matrix(1, d)}
                definition["final_norm"] = {"gain": "g", "bias": "b"}
                stream = layer_norm(stream, 1e-5, given["g"], given["b"])
            outputs["stack.output"] = stream
            cases.case(f"stack, {order}, repeated {repeat}", lesson({"X": x} | given, ("stack", {"stack": definition})), outputs)


def made_layers(count, crosses, d, k, f, n_heads, seed, network, n_kv_heads=None):
    """The weights that qkv makes from a seed, in its order: each matrix has the next seed. Neighbouring heads share."""
    group = n_heads // (n_kv_heads or n_heads)
    layers = []
    for _ in range(count):
        parts = []
        for _ in range(2 if crosses else 1):
            heads = []
            for head in range(n_heads):
                own = ["W_Q", "W_K", "W_V"] if head % group == 0 else ["W_Q"]
                shared = {} if head % group == 0 else heads[-1]
                heads.append(shared | {name: seeded(d, k, seed + i) for i, name in enumerate(own)})
                seed += len(own)
            parts.append((heads, seeded(n_heads * k, d, seed)))
            seed += 1
        names = ["W_1", "W_gate"] if network == "gated" else ["W_1"]
        w = {name: seeded(d, f, seed + i) for i, name in enumerate(names)}
        w["W_2"] = seeded(f, d, seed + len(names))
        seed += len(names) + 1
        layers.append((parts, w))
    return layers


def run(x, layers, memory, mask, order, norm, activation, drop, turn=nothing):
    for parts, w in layers:
        heads, w_o = parts[0]
        sublayers = [lambda x: attention(x, x, heads, w_o, mask, turn)]
        if memory is not None:
            over, over_w_o = parts[1]
            sublayers.append(lambda x: attention(x, memory, over, over_w_o, "none"))
        sublayers.append(lambda x: feed_forward(x, w, activation)[1])
        x = layer(x, sublayers, [norm] * len(sublayers), order, drop)["output"]
    return norm(x) if order == "pre" else x


class Drop:
    """Dropout, each time with the next seed."""

    def __init__(self, rate, seed):
        self.rate, self.seed = rate, seed

    def __call__(self, x):
        self.seed += 1
        return dropout(x, self.rate, self.seed - 1)


def encoders_and_decoders(cases):
    for order, norm, network, activation, rate in [
        ("post", "layer", "plain", "relu", 0.0),
        ("pre", "rms", "gated", "silu", 0.0),
        ("pre", "layer", "plain", "gelu_tanh", 0.25),
    ]:
        d, k, f, n_heads = 4, 3, 5, 2
        source, target = cases.matrix(3, d), cases.matrix(4, d)
        around = {"norm": norm, "order": order}
        weights = {"n_layers": 2, "n_heads": n_heads, "feed_forward": network, "with": activation}
        encoder = {"of": "X", "weights": weights | {"seed": 7}} | around
        decoder = {"of": "Y", "memory": "encoder.output", "weights": weights | {"seed": 1000}} | around
        if rate:
            decoder["dropout"] = {"rate": rate, "seed": 5}
        norm = norm_function(norm, {})
        memory = run(
            source.astype(LONG), made_layers(2, False, d, k, f, n_heads, 7, network), None, "none", order, norm, activation, nothing
        )
        drop = Drop(rate, 5) if rate else nothing
        output = run(
            target.astype(LONG), made_layers(2, True, d, k, f, n_heads, 1000, network), memory, "causal", order, norm, activation, drop
        )
        whole = lesson(
            {"X": source, "Y": target},
            ("encoder", {"encoder": encoder}),
            ("decoder", {"decoder": decoder}),
            axes={"d_k": k, "d_ff": f},
        )
        outputs = {"encoder.output": memory, "decoder.output": output}
        cases.case(f"encoder and decoder, {order}, {network}, dropout {rate}", whole, outputs)


def shared_and_turned(cases):
    """Grouped and multi-query heads, and rotary positions, which are those of self-attention only."""
    for n_heads, n_kv_heads, rotary in [
        (4, 2, None),
        (3, 1, None),
        (2, 2, {}),
        (4, 1, {"layout": "halves", "base": 100, "first": 2}),
    ]:
        d, k, f = 4, 2, 3
        memory, target = cases.matrix(2, d), cases.matrix(5, d)
        weights = {"seed": 11, "n_layers": 2, "n_heads": n_heads, "n_kv_heads": n_kv_heads}
        decoder = {"of": "Y", "memory": "M", "weights": weights}
        turn = nothing
        if rotary is not None:
            decoder["rotary"] = rotary or True
            turn = lambda x, rotary=rotary: rotate(x, **rotary)
        layers = made_layers(2, True, d, k, f, n_heads, 11, "plain", n_kv_heads)
        norm = norm_function("layer", {})
        output = run(target.astype(LONG), layers, memory.astype(LONG), "causal", "pre", norm, "relu", nothing, turn)
        outputs = {"decoder.output": output}
        for part, weights in zip(["attention", "cross_attention"], layers[1][0]):
            first = n_heads - n_heads // n_kv_heads + 1
            outputs[f"decoder.2.{part}.{first}.W_K"] = weights[0][-1]["W_K"]
            outputs[f"decoder.2.{part}.{n_heads}.W_Q"] = weights[0][-1]["W_Q"]
            outputs[f"decoder.2.{part}.W_O"] = weights[1]
        whole = lesson({"M": memory, "Y": target}, ("decoder", {"decoder": decoder}), axes={"d_k": k, "d_ff": f})
        cases.case(f"decoder, {n_heads} heads, {n_kv_heads} of keys, rotary {rotary}", whole, outputs)


def main():
    assert next(chacha8(42)) == 0xAE90BFB5395D5BA1, "the first word that the releases of rand document"
    cases = Lessons()
    elementwise(cases)
    norms(cases)
    networks(cases)
    blocks(cases)
    stacks(cases)
    encoders_and_decoders(cases)
    shared_and_turned(cases)
    write("block.json", cases.cases)


if __name__ == "__main__":
    main()
