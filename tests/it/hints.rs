//! What a hint says to type, typed: what it was said about is gone then, and nothing else is wrong instead.

use std::fs;
use std::path::Path;

use qkv::diagnostic::{Diagnostic, Severity, Source};
use qkv::lesson::check;

/// A file of `tests/invalid`, what a hint of it says, what stands in the file, and what is typed in its place.
type Typed = (&'static str, &'static str, &'static str, &'static str);

const TYPED: &[Typed] = &[
    ("answer-shown-shape", "remove `show` from this step", "show: [P]\n    question", "question"),
    (
        "answer-shown-brackets",
        "with its brackets",
        "*the*? (0.5)\", zh: \"*the* 的第二个数是多少？（0.5）",
        "*the*?\", zh: \"*the* 的第二个数是多少？",
    ),
    (
        "bad-expression-broken-off",
        "`of: \"Q[cat, asks]\"`",
        "matrix: Q, cell: [cat, asks]",
        "of: \"Q[cat, asks]\"",
    ),
    (
        "bad-expression-row-at-once",
        "`argmax(X[tower]) = noun`",
        "argmax(X[tower]) != noun",
        "argmax(X[tower]) = noun",
    ),
    ("empty-next-of-one-token", "`targets: [sleeps]`", "next_of: main", "targets: [sleeps]"),
    ("missing-field-parameters", "`d_model: 768`", "{n_heads: 12,", "{d_model: 768, n_heads: 12,"),
    (
        "no-answer-hidden",
        "`argmin(head.pattern[cried, Mia:cried])`",
        "argmin(head.pattern[cried])",
        "argmin(head.pattern[cried, Mia:cried])",
    ),
    ("no-answer-number", "`{cell: \"N[2, 1]\"}`", "N[1, 1]", "N[2, 1]"),
    ("too-large-question", "`argmax(L[1, 1:10])`", "argmax(L[1])", "argmax(L[1, 1:10])"),
    ("unknown-label-cbow", "write `cats` in the text", "black cat\n", "black cats\n"),
    ("unknown-label-target", "`<end>: [0, 0]`", "eats: {verb: 1}", "eats: {verb: 1}, <end>: [0, 0]"),
    (
        "unknown-field-other-programs",
        "`{product: [X, W]}`",
        "{type: matmul, inputs: [X, W]}",
        "{product: [X, W]}",
    ),
    (
        "unknown-field-other-programs",
        "`- R: {softmax: {of: S, temperature: 2}}`",
        "- name: R\n    op: softmax\n    inputs: [S]\n    temperature: 2",
        "- R: {softmax: {of: S, temperature: 2}}",
    ),
    (
        "unknown-field-other-programs",
        "write `answer: {cell: \"X[1, 1]\"}`",
        "solution: \"X[1, 1]\"",
        "answer: {cell: \"X[1, 1]\"}",
    ),
    ("wrong-kind-bare-mask", "`{allow: [[1, 0], [1, 1]]}`", "[[1, 0], [1, 1]]", "{allow: [[1, 0], [1, 1]]}"),
    (
        "wrong-kind-bare-mask",
        "`{hide: [[0, 1], [0, 0]]}`",
        "[[false, true], [false, false]]",
        "{hide: [[0, 1], [0, 0]]}",
    ),
    ("bad-expression", "`2 * head.scores[1, 1]`", "2 head.scores[1, 1]", "2 * head.scores[1, 1]"),
    ("bad-expression-published", "`0.73`", "\"0.73 ±\"", "0.73"),
    ("bad-expression-tex", "`{{1, 2}}`", "集合 {1, 2}", "集合 {{1, 2}}"),
    ("bad-name", "`d_model`", "{d-model", "{d_model"),
    ("bad-name-head", "`第一_头`", "第一 头", "第一_头"),
    ("bad-number-decimal-comma", "`0.5`", "0,5", "0.5"),
    ("bad-number-count", "such as 4", "-4", "4"),
    ("bad-number-from-1", "such as 1", "top_k: 1.5", "top_k: 1"),
    ("bad-number-from-1", "such as 1", "count: -1", "count: 1"),
    ("bad-number-heads", "1 or 2", "n_kv_heads: 3", "n_kv_heads: 2"),
    ("bad-number-size-with-power", "`7`", "\"7\"", "7"),
    ("bad-number-sizes", "`d_k: 8`", "100, n_heads: 12", "100, n_heads: 12, d_k: 8"),
    ("bad-number-sizes", "such as 96", "d_model: 100", "d_model: 96"),
    ("bad-number-sizes", "1, 2, 3, 4, 6 or 12", "n_kv_heads: 5", "n_kv_heads: 6"),
    ("bad-number-sizes", "such as 2", "window: 0", "window: 2"),
    ("conflicting-fields-heads", "remove `n_heads`", ", n_heads: 2, W_Q: W", ""),
    ("conflicting-fields-norm", "write `norm_1`", "norm_2:", "norm_1:"),
    ("conflicting-fields-norm", "or `norm: rms`", "norm: rms, ", ""),
    ("empty", "`  - show: …` in the line below", "steps: []", "steps:\n  - title: A"),
    ("empty-steps", "remove `{}`", "steps: {}", "steps:\n  - show: S"),
    (
        "missing-field-axes-for-names",
        "`rows: d_model, cols: d_k`",
        "values: {noun",
        "rows: d_model, cols: d_k, values: {noun",
    ),
    ("missing-field-memory", "`memory: X`", "{block: {of: X,", "{block: {of: X, memory: X,"),
    ("missing-field-memory", "`decoder`", "{encoder: {of: X,", "{decoder: {of: X, memory: X,"),
    ("out-of-range-number-token", "`\\\"7\\\"`", "\\\"8\\\", 7]", "\\\"8\\\", \\\"7\\\"]"),
    (
        "shape-mismatch-doubled-row",
        "one of the two equal rows",
        "          - [3, 4]\n          - [5",
        "          - [5",
    ),
    (
        "shape-mismatch-exchanged",
        "exchanged: write `rows: d_model, cols: d_k`",
        "rows: d_k, cols: d_model, values",
        "rows: d_model, cols: d_k, values",
    ),
    (
        "shape-mismatch-exchanged",
        "`layout: rows` instead of `layout: columns`",
        "layout: columns, values",
        "layout: rows, values",
    ),
    (
        "shape-mismatch-exchanged",
        "`rows: d_k, cols: d_model`",
        "rows: d_model, cols: d_k, values",
        "rows: d_k, cols: d_model, values",
    ),
    ("shape-mismatch-exchanged", "`rows: g, cols: f`", "rows: f, cols: g", "rows: g, cols: f"),
    ("shape-mismatch-exchanged", "`rows: main, cols: g`", "rows: g, cols: main", "rows: main, cols: g"),
    (
        "shape-mismatch-exchanged",
        "`- W_V: {given: {layout: columns, values: [[…]]}}`",
        "{given: [[1, 0, 0], [0, 1, 0]]}",
        "{given: {layout: columns, values: [[1, 0, 0], [0, 1, 0]]}}",
    ),
    (
        "shape-mismatch-exchanged",
        "of `R` are exchanged: where it is given, write `rows: d_model, cols: d_k`",
        "rows: d_k, cols: d_model, seed",
        "rows: d_model, cols: d_k, seed",
    ),
    ("shape-mismatch-gain", "`[[…, …]]`", "[[1, 2, 3]]", "[[1, 2]]"),
    ("shape-mismatch-gain", "`[[…, …]]`", "column: {given: [[1], [2]]}", "column: {given: [[1, 2]]}"),
    (
        "shape-mismatch-generate-grows",
        "`P: {positions: {of: main, axis: d_model}}`",
        "P: {given: [[0, 0], [0, 1]]}",
        "P: {positions: {of: main, axis: d_model}}",
    ),
    ("shape-mismatch-heads", "write 1 or 2", "n_heads: 3", "n_heads: 2"),
    (
        "shape-mismatch-recurrence",
        "`- b: {given: [[…, …, …]]}`",
        "b: {given: {rows: h, cols: h, values: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]}}",
        "b: {given: [[1, 0, 0]]}",
    ),
    (
        "shape-mismatch-values",
        "`rows: d_model, cols: d_k, layout: columns`",
        "values: [[1, 0]]",
        "layout: columns, values: [[1, 0]]",
    ),
    ("unknown-field-attention", "`mask: causal`", "causal: true", "mask: causal"),
    ("unknown-field-block", "remove `of`", "attention: {of: X, heads", "attention: {heads"),
    (
        "unknown-field-inside",
        "`random: {rows: f, cols: f, seed: 7}`",
        "{random: {rows: f, cols: f}, seed: 7}",
        "{random: {rows: f, cols: f, seed: 7}}",
    ),
    ("unknown-label-token", "`天空: [0, 0]`", "和: [0, 0]", "和: [0, 0], 天空: [0, 0]"),
    ("unknown-name-axis", "`d_v: 1`", "d_k: [asks]", "d_k: [asks], d_v: 1"),
    ("unknown-name-first-round", "write `gpt`", "softmax: story.1.gpt", "softmax: gpt"),
    ("unknown-name-weights", "`d_k: 2, d_ff: 8`", "{d_model: 2}", "{d_model: 2, d_k: 2, d_ff: 8}"),
    ("wrong-kind-matrix", "`product: [X, W_Q]`", "product: X, W_Q", "product: [X, W_Q]"),
    (
        "wrong-kind-matrix-in-other-brackets",
        "`[[1, 0], [0, 1]]`",
        "{given: {{1, 0}, {0, 1}}}",
        "{given: [[1, 0], [0, 1]]}",
    ),
    (
        "wrong-kind-matrix-in-other-brackets",
        "lines 4 and 5: `  - B: {given: [[1/2, 0], [0, 1]]}`",
        "  - B: {given: {{1/2, 0},\n      {0, 1}}}",
        "  - B: {given: [[1/2, 0], [0, 1]]}",
    ),
    (
        "wrong-kind-rows-of-a-text",
        "lines 4 to 6: `      given: [[1, 2], [3, 4]]`",
        "      given:\n        1, 2\n        3, 4\n",
        "      given: [[1, 2], [3, 4]]\n",
    ),
    (
        "yaml-syntax-rows-pasted-markdown",
        "lines 4 to 8: `      given: [[1, 2], [3, 4]]  # x, y`",
        "      given:\n        | x | y |\n        |---|---|\n        | 1 | 2 |\n        | 3 | 4 |\n",
        "      given: [[1, 2], [3, 4]]  # x, y\n",
    ),
    (
        "yaml-syntax-numpy",
        "lines 4 and 5: `  - A: {given: [[0.1, -0.2], [0.3, 0.4]]}`",
        "  - A: {given: [[ 0.1 -0.2]\n [ 0.3  0.4]]}\n",
        "  - A: {given: [[0.1, -0.2], [0.3, 0.4]]}\n",
    ),
    ("bad-number-thousands", "`M[1, 1] + 1048576 = 1052672`", "1,048,576 = 1,052,672", "1048576 = 1052672"),
    ("yaml-syntax-two-colons", "write `show: X`", "show:: X", "show: X"),
    (
        "yaml-syntax-lost-dash-of-a-row",
        "`        - [3, 4]`",
        "           [3, 4]\n  - N",
        "        - [3, 4]\n  - N",
    ),
    ("eaten-backslash", "`\"C:\\\\temp \\\\q\"`", "\"C:\\temp \\q\"", "\"C:\\\\temp \\\\q\""),
    ("bad-expression-lost-bracket", "`X[1, 2] = 2`", "X[1] 2] = 2", "X[1, 2] = 2"),
    ("yaml-syntax-numbered-steps", "`-  title` in the place of `1. title`", "1. title", "-  title"),
    ("yaml-syntax-lost-dash", "`  - W_K: …`", "    W_K: {given", "  - W_K: {given"),
    ("wrong-kind-missing-dashes", "put two spaces more", "  show: M\n  say", "  - show: M\n    say"),
    ("yaml-syntax-indentation", "remove 1 space", "     say: 每", "    say: 每"),
    ("yaml-syntax-first-definition-without-dash", "`  - M: {given: [[1, 2], [3, 4]]}`", "    M:", "  - M:"),
    (
        "yaml-syntax-first-step-below-its-list",
        "put 2 more spaces",
        "  title: {en: One, zh: 一}\n  show: M\n  say: {en: Four",
        "  - title: {en: One, zh: 一}\n    show: M\n    say: {en: Four",
    ),
    (
        "yaml-syntax-first-step-without-dash",
        "`  - title: {en: One, zh: 一}`",
        "    title: {en: One",
        "  - title: {en: One",
    ),
    (
        "yaml-syntax-first-item-too-deep",
        "remove 2 spaces",
        "    - show: M\n      say: {en: One",
        "  - show: M\n    say: {en: One",
    ),
    (
        "conflicting-fields-attention",
        "remove `W_Q` and `of`",
        "{scores: head.scores, of: X, W_Q: W_Q}",
        "{scores: head.scores}",
    ),
    (
        "conflicting-fields-attention",
        "and add `W_K`",
        "{scores: head.scores, of: X, W_Q: W_Q}",
        "{of: X, W_Q: W_Q, W_K: W_K}",
    ),
    ("conflicting-fields-attention", "remove `W_Q`", "K: head.K, W_Q: W_Q, V", "K: head.K, V"),
    ("conflicting-fields-attention", "remove `W_V`", "V: X, W_V: W_Q", "V: X"),
    (
        "not-finite-entropy-claim",
        "`- P: {softmax: S}`",
        "expect:\n  - entropy(S[one]) > 0\n  - 2 * entropy(S[two]) = 1",
        "  - P: {softmax: S}\nexpect:\n  - entropy(S[one]) > 0\n  - 2 * entropy(P[two]) > 0",
    ),
    (
        "not-finite-entropy-sum",
        "`- P: {softmax: S}`",
        "sharpness: {measure: {of: S,",
        "P: {softmax: S}\n  - sharpness: {measure: {of: P,",
    ),
    (
        "not-finite-entropy-sum",
        "leave `of_each: column` out",
        "upright: {measure: {of: S, of_each: column,",
        "P: {softmax: S}\n  - upright: {measure: {of: P,",
    ),
    ("not-finite-entropy-sum", "`entropy(0.25, 0.75)`", "entropy(1, 2)", "entropy(0.25, 0.75)"),
    ("shape-mismatch-generate-logits", "`logits: gpt`", "logits: other,", "logits: gpt,"),
    (
        "shape-mismatch-rotary-head",
        "write `d_k: 4` in `axes`, and give `W` 4 columns",
        "d_k: 3, d_all: 3}\ntext: one two\nmatrices:\n  - X: {given: {rows: main, cols: d_model, values: [[1, 2], [4, 5]]}}\n  - W: {given: {rows: d_model, cols: d_k, values: [[1, 2, 3], [4, 5, 6]]}}",
        "d_k: 4, d_all: 3}\ntext: one two\nmatrices:\n  - X: {given: {rows: main, cols: d_model, values: [[1, 2], [4, 5]]}}\n  - W: {given: {rows: d_model, cols: d_k, values: [[1, 2, 3, 4], [4, 5, 6, 7]]}}",
    ),
    (
        "shape-mismatch-rotary-head",
        "write `d_all: 6` in `axes`, and give `U` 6 columns",
        "d_all: 3}\ntext: one two\nmatrices:\n  - X: {given: {rows: main, cols: d_model, values: [[1, 2], [4, 5]]}}\n  - W: {given: {rows: d_model, cols: d_k, values: [[1, 2, 3], [4, 5, 6]]}}\n  - U: {given: {rows: d_model, cols: d_all, values: [[1, 2, 3], [4, 5, 6]]}}",
        "d_all: 6}\ntext: one two\nmatrices:\n  - X: {given: {rows: main, cols: d_model, values: [[1, 2], [4, 5]]}}\n  - W: {given: {rows: d_model, cols: d_k, values: [[1, 2, 3], [4, 5, 6]]}}\n  - U: {given: {rows: d_model, cols: d_all, values: [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]]}}",
    ),
    (
        "shape-mismatch-rotary-head",
        "give `plain` 4 columns",
        "plain: {given: [[1, 2, 3], [4, 5, 6]]}",
        "plain: {given: [[1, 2, 3, 4], [4, 5, 6, 7]]}",
    ),
    ("shape-mismatch-rotary-layers", "write `d_k: 4` in `axes`", "d_k: 3", "d_k: 4"),
    ("shape-mismatch-rotary-layers", "write `d_k: 6` here", "d_k: 5", "d_k: 6"),
    (
        "shape-mismatch-rotary-layers",
        "add names to `seeks` in `axes`, until there are 4",
        "[noun, verb, place]",
        "[noun, verb, place, time]",
    ),
    ("too-large-layers", "write `repeat: 12` or less", "repeat: 20", "repeat: 12"),
    ("too-large-layers", "write `n_heads: 204` or less", "n_heads: 250", "n_heads: 204"),
    ("too-large-count", "write `d_model: 12288`", "d_model: 300000000", "d_model: 12288"),
    ("too-large-count", "write 2048 here", "1000000000", "2048"),
    ("too-large-count", "write `n_layers: 96`", "n_layers: 10000", "n_layers: 96"),
    (
        "shape-mismatch-recurrence",
        "`- short: {given: [[…, …, …]]}`",
        "{given: {cols: d, values: [[1, 2]]}}",
        "{given: [[1, 2, 3]]}",
    ),
    (
        "shape-mismatch-recurrence",
        "3 rows (h) and 3 columns (h)",
        "- narrow: {identity: d}",
        "- narrow: {identity: h}",
    ),
    ("shape-mismatch-same-size", "`d_model` instead of `d_k`", "identity: d_k", "identity: d_model"),
    ("out-of-range-slice", "`[1, 2]`", "[2, 1]", "[1, 2]"),
    (
        "shape-mismatch-generate-logits",
        "`cols: vocabulary`",
        "{rows: d_model, values: [[1",
        "{rows: d_model, cols: vocabulary, values: [[1",
    ),
    ("wrong-kind-activation", "write `silu`", "swish", "silu"),
    ("wrong-kind-activation", "write `post`", "order: after", "order: post"),
    ("wrong-kind-choice", "write `toy`", "numbers: made up", "numbers: toy"),
    ("wrong-kind-name", "`softmax: X`", "{softmax: }", "{softmax: X}"),
    (
        "bad-expression",
        "`head.pattern[creature, fluffy] = 0.731 ± 0.0005`",
        "- head.pattern[creature, fluffy]\n",
        "- head.pattern[creature, fluffy] = 0.731 ± 0.0005\n",
    ),
    ("bad-expression-published", "`P[1, 2]`", "\"P[1, 2\"", "\"P[1, 2]\""),
    ("bad-number-thousands", "without the comma: `2048`", "2,048", "2048"),
    ("missing-field-attention", "write `of: X`", "{queries_from: X", "{of: X"),
    (
        "missing-field-attention",
        "`keys_values_from: …`",
        "{queries_from: X",
        "{keys_values_from: X, queries_from: X",
    ),
    (
        "shape-mismatch-cbow",
        "`W_out: {random: {rows: d, cols: vocabulary, seed: 1}}`",
        "W_out: {identity: d}",
        "W_out: {random: {rows: d, cols: vocabulary, seed: 1}}",
    ),
    ("shape-mismatch-heads", "add `n_kv_heads: 1`", "n_heads: 2", "n_heads: 2, n_kv_heads: 1"),
    ("shape-mismatch-values", "remove 1 row", "[[1], [0], [2]]", "[[1], [0]]"),
    ("shape-mismatch-values", "remove 1 number in each row", "[[1, 0], [0, 1]]", "[[1], [0]]"),
    ("shape-mismatch-values", "`[[…], […]]`", "[[1, 2], [3, 4], [5, 6]]", "[[1], [3]]"),
    (
        "shape-mismatch-transposed",
        "`rows: d_model, cols: d_k, layout: columns`",
        "rows: d_k, cols: d_model",
        "rows: d_model, cols: d_k, layout: columns",
    ),
    ("shape-mismatch", "`product: [X, W_K]`", "[Q, W_K]", "[X, W_K]"),
    ("shape-mismatch-computed", "`dot_products: [A, B]`", "{product: [A, B]}", "{dot_products: [A, B]}"),
    ("shape-mismatch-other-product", "`product: [X, W_Q]`", "[W_Q, X]", "[X, W_Q]"),
    ("shape-mismatch-other-product", "`dot_products: [Q, K]`", "{product: [Q, K]}", "{dot_products: [Q, K]}"),
    ("shape-mismatch-other-product", "layout: rows", "layout: columns, values", "layout: rows, values"),
    (
        "shape-mismatch-layout",
        "add `weights: out_in`",
        "{attention: {of: X,",
        "{attention: {of: X, weights: out_in,",
    ),
    ("shape-mismatch-layout", "remove `weights: out_in`", ", weights: out_in", ""),
    (
        "shape-mismatch-layout-output",
        "add `weights: out_in`",
        "{multi_head: {of: X, heads: [{W_Q: W,",
        "{multi_head: {of: X, weights: out_in, heads: [{W_Q: W,",
    ),
    ("shape-mismatch-mask", "`[[…, …], […, …]]`", "[[1, 0, 0], [1, 1, 0], [1, 1, 1]]", "[[1, 0], [1, 1]]"),
    ("shape-mismatch-targets", "write 2 tokens", "[cat, sleeps, cat]", "[cat, sleeps]"),
    ("shape-mismatch-published", "`[…, …]`", "[0.27, 0.73, 0]", "[0.27, 0.73]"),
    ("shape-mismatch-widths", "write `cols: d_q`", "cols: d_k", "cols: d_q"),
    ("shape-mismatch-widths", "write `cols: d_ff`", "cols: d_gate", "cols: d_ff"),
    (
        "shape-mismatch-bias",
        "`- b: {given: [[…, …, …]]}`",
        "- biased: {logits: {of: X, bias: X}}",
        "- b: {given: [[1, 2, 3]]}\n  - biased: {logits: {of: X, bias: b}}",
    ),
    (
        "shape-mismatch-residual",
        "after the `]` of `heads` write `, W_O: W_O`, and above `- heads: …` add the line `- W_O: {random: {rows: 3, cols: d_model, seed: 1}}`",
        "- heads: {block: {of: X, attention: {heads: [{W_Q: W_Q, W_K: W_Q, W_V: W_V}]",
        "- W_O: {random: {rows: 3, cols: d_model, seed: 1}}\n  - heads: {block: {of: X, attention: {heads: [{W_Q: W_Q, W_K: W_Q, W_V: W_V}], W_O: W_O",
    ),
    (
        "shape-mismatch-residual",
        "where `W_2` is given, write `cols: d_model`",
        "{rows: d_ff, cols: d_v, seed: 4}",
        "{rows: d_ff, cols: d_model, seed: 4}",
    ),
    (
        "shape-mismatch-mixing",
        "after `n_heads: 2` write `, W_O: mixer`",
        "n_heads: 2,",
        "n_heads: 2, W_O: mixer,",
    ),
    (
        "shape-mismatch-mixing",
        "above `heads` write a line `W_O: W_O` that begins just as far to the right, and above `- lines: …` add the line `- W_O: {random: {rows: 4, cols: d_model, seed: 1}}`",
        "- lines:\n      block:\n        of: X\n        attention:\n",
        "- W_O: {random: {rows: 4, cols: d_model, seed: 1}}\n  - lines:\n      block:\n        of: X\n        attention:\n          W_O: W_O\n",
    ),
    ("shape-mismatch-network", "`W_1: W_1, W_2: W_2`", "W_1: W_2, W_2: W_1}}}", "W_1: W_1, W_2: W_2}}}"),
    ("shape-mismatch-network", "`W_1: up, W_2: down`", "W_1: down, W_2: up", "W_1: up, W_2: down"),
    ("shape-mismatch-other-product", "write `K` instead of `X`", "cosine: [X, Q]", "cosine: [K, Q]"),
    (
        "shape-mismatch-texts",
        "write `X@en` instead of `X` and `Y@en` instead of `Y`",
        "dot_products: [X, Y]",
        "dot_products: [X@en, Y@en]",
    ),
    (
        "shape-mismatch-value-up",
        "2 rows (d_k)",
        "{rows: d_model, cols: d_v, values: [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1]]}",
        "{rows: d_k, cols: d_v, values: [[1, 0, 0, 1], [0, 1, 0, 1]]}",
    ),
    (
        "wrong-kind-named-across",
        "`values: {x: {cat: 1, dog: 1, cow: 2}}`",
        "values: {cat: 1, dog: 1, cow: 2}",
        "values: {x: {cat: 1, dog: 1, cow: 2}}",
    ),
    ("wrong-kind-generate-positions", "write `at_most: 2`", "at_most: 5", "at_most: 2"),
    (
        "wrong-kind-generate-given",
        "`- P: {positions: {of: main, axis: d_model}}`",
        "P: {given: {rows: main, cols: d_model, values: [[0, 0], [0, 1]]}}",
        "P: {positions: {of: main, axis: d_model}}",
    ),
    ("wrong-kind-mask", "remove this `- P: …`", "  - P: {mask: {of: S, mask: none}}\n", ""),
    (
        "unknown-name-no-values",
        "write `W_V: W_V` beside `W_K`, and above `- head: …` add the line `- W_V: {random: {rows: d_model, cols: d_model, seed: 1}}`",
        "- head: {attention: {of: X, W_Q: W, W_K: W}}",
        "- W_V: {random: {rows: d_model, cols: d_model, seed: 1}}\n  - head: {attention: {of: X, W_Q: W, W_K: W, W_V: W_V}}",
    ),
    (
        "duplicate-name-copied-line",
        "write `W_K` here",
        "W_Q: {given: {rows: d_model, cols: d_k, values: [[0]",
        "W_K: {given: {rows: d_model, cols: d_k, values: [[0]",
    ),
    ("duplicate-name-copied-line", "write `H_2` here", "H_1: {add", "H_2: {add"),
    ("duplicate-name", "such as `X_2`", "X: {transpose", "X_2: {transpose"),
    ("empty-row", "`[…, …, …]`", "[1, 2, 3], []", "[1, 2, 3], [0, 0, 0]"),
    (
        "not-finite-mask",
        "`- P: {softmax: C}`",
        "- Z: {product: [C, X]}",
        "- P: {softmax: C}\n  - Z: {product: [P, X]}",
    ),
    ("not-finite-masked-of-a-head", "`head.pattern` instead", "[head.masked, X]", "[head.pattern, X]"),
    ("conflicting-fields-of-and-cross", "`keys_values_from: Y` instead", "of: Y,", "keys_values_from: Y,"),
    ("conflicting-fields-of-and-cross", "remove `of: X`", "of: X, ", ""),
    ("conflicting-fields-attention", "remove `queries_from`", "{of: X, queries_from: X,", "{of: X,"),
    ("conflicting-fields-model", "remove `d_k`", ", d_k: 64", ""),
    ("conflicting-fields-memory", "remove `memory`", " memory: X,", ""),
    (
        "missing-field-vocabulary",
        "`vocabulary: {axis: d_model, tokens: {a: [0, 0], fluffy: [0, 0], blue: [0, 0], creature: [0, 0]}}`",
        "matrices:",
        "vocabulary: {axis: d_model, tokens: {a: [0, 0], fluffy: [0, 0], blue: [0, 0], creature: [0, 0]}}\nmatrices:",
    ),
    ("unknown-name-forgotten-mask", "add `mask: causal`", "W_K: W}}", "W_K: W, mask: causal}}"),
    ("unknown-field-beside-its-owner", "remove `W_U: vocabulary`", ", W_U: vocabulary", ""),
    (
        "wrong-kind-point-of-numbers",
        "`\"P_2[1]\"`",
        "\nsteps:\n  - plot:\n      axes: [noun, adjective]\n      arrows:\n        - {from: [1, 0], to: \"(0, 1)\"}",
        "  - P_1: {given: {cols: d_model, values: [[1, 0]]}}\n  - P_2: {given: {cols: d_model, values: [[0, 1]]}}\nsteps:\n  - plot:\n      axes: [noun, adjective]\n      arrows:\n        - {from: \"P_1[1]\", to: \"P_2[1]\"}",
    ),
    (
        "used-before-definition",
        "above `- Q: …`",
        "  - Q: {product: [X, W_Q]}\n  - W_Q: {given: {rows: d_model, cols: d_k, values: [[1], [0]]}}",
        "  - W_Q: {given: {rows: d_model, cols: d_k, values: [[1], [0]]}}\n  - Q: {product: [X, W_Q]}",
    ),
    ("tab-indent-deep", "with 4 spaces", "\t\t\t\tsay", "    say"),
    ("duplicate-key", "remove line 13", "    show: W_Q\n", ""),
    ("duplicate-key-steps", "at the end of the `steps` of line 4", "expect:\n  - M[1, 1] = 1\nsteps:\n", ""),
    ("ragged-rows-published", "2 numbers in row 2", "[0.88]", "[0.88, 0.12]"),
    ("yaml-syntax-missing-dash", "`  - show: M`", "  show: M", "  - show: M"),
    ("yaml-syntax-open-quote", "\"什么是注意力\"", "\"什么是注意力", "\"什么是注意力\""),
    ("yaml-syntax-quote-far-above", "'两个词'", "'两个词", "'两个词'"),
    (
        "unknown-field-beside-its-owner",
        "`given: {values: [[1, 2], [3, 4]], rows: d, cols: d_k}`",
        "given: [[1, 2], [3, 4]], rows: d, cols: d_k",
        "given: {values: [[1, 2], [3, 4]], rows: d, cols: d_k}",
    ),
    ("yaml-syntax-wrong-bracket", "write `[1, 2]`", "[1, 2}", "[1, 2]"),
    ("yaml-syntax-wrong-bracket", "write `[M, N]`", "[M, N}", "[M, N]"),
    ("yaml-syntax-wrong-bracket-of-axes", "write `[thing, person]}`", "person}\n", "person]}\n"),
];

/// The same for advice about lessons without errors.
const ADVISED: &[Typed] = &[
    (
        "questionable-meant",
        "write `argmin(head.pattern[sat])`",
        "argmax(head.pattern[sat])",
        "argmin(head.pattern[sat])",
    ),
    (
        "questionable-meant",
        "`\"head.pattern[sat, cat]:%\"`",
        "\"head.pattern[sat, cat]:.2\"",
        "\"head.pattern[sat, cat]:%\"",
    ),
    ("questionable-meant", "`argmax(head.pattern[sat])`", "argmax(head.Q[sat])", "argmax(head.pattern[sat])"),
    ("untidy-sign-spaced-stars", "`*he*`", "word * he *", "word *he*"),
];

#[test]
fn what_advice_says_is_right_when_it_is_typed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    for (file, hint, stands, typed) in ADVISED.iter().copied() {
        let text = fs::read_to_string(folder.join(format!("{file}.yaml"))).unwrap();
        let before = check(&Source::new(file, &text)).advice;
        let says = |finding: &Diagnostic| finding.hint.as_ref().is_some_and(|words| words.en.contains(hint));
        assert!(before.iter().any(says), "{file}: no hint says {hint}");
        assert_eq!(text.matches(stands).count(), 1, "{file}: {stands}");
        let after = check(&Source::new(file, &text.replace(stands, typed)));
        assert_eq!(after.findings, [], "{file}: {hint}");
        assert_eq!(after.advice.len() + 1, before.len(), "{file}: {hint} leads to {:#?}", after.advice);
    }
}

fn errors(source: &Source) -> Vec<Diagnostic> {
    let findings = check(source).findings;
    findings.into_iter().filter(|finding| finding.severity() == Severity::Error).collect()
}

#[test]
fn what_a_hint_says_is_right_when_it_is_typed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    for (file, hint, stands, typed) in TYPED.iter().copied() {
        let text = fs::read_to_string(folder.join(format!("{file}.yaml"))).unwrap();
        let source = Source::new(file, &text);
        let before = errors(&source);
        let says = |finding: &Diagnostic| finding.hint.as_ref().is_some_and(|words| words.en.contains(hint));
        assert!(before.iter().any(says), "{file}: no hint says {hint}");
        assert_eq!(text.matches(stands).count(), 1, "{file}: {stands}");
        let after = errors(&Source::new(file, &text.replace(stands, typed)));
        assert!(after.len() < before.len(), "{file}: {hint} changes nothing:\n{after:#?}");
        for finding in &after {
            let known = before.iter().any(|old| old.message == finding.message);
            assert!(known, "{file}: {hint} leads to {finding:#?}");
        }
    }
}
