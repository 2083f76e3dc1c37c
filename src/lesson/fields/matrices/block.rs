//! The feed-forward network, the block, and blocks one after the other.

use super::attention::{BLOCK_ATTENTION, N_KV_HEADS_FIELD, WEIGHTS_FIELD};
use super::elementwise::{ACTIVATIONS, DROPPING, EPSILON, NORM};
use super::mask::MASK_FIELD;
use super::positions::ROTARY_FIELD;
use super::{name, required_name};
use crate::language::{Words, words};
use crate::lesson::fields::{Choice, Field, Kind, Presence, Record};

pub(super) static FEED_FORWARD: Record = Record {
    name: "feed_forward",
    doc: words(
        "A feed-forward network over each row: two products with a function between them.",
        "对每一行做的前馈网络：两次相乘，中间是一个非线性函数。",
    ),
    fields: &[
        required_name("of", words("The matrix whose rows go in.", "输入的矩阵。")),
        W_1,
        B_1,
        W_GATE,
        WITH,
        W_2,
        B_2,
        WEIGHTS_FIELD,
    ],
};

pub(in crate::lesson) static BLOCK_FEED_FORWARD: Record = Record {
    name: "block.feed_forward",
    doc: words("The feed-forward network of a block.", "块中的前馈网络。"),
    fields: &[W_1, B_1, W_GATE, WITH, W_2, B_2, WEIGHTS_FIELD],
};

const W_1: Field = required_name("W_1", words("The weights of the first product.", "第一次相乘的权重。"));
const B_1: Field =
    name("b_1", words("One row that is added to the first product.", "加到第一个乘积上的一行数。"));
const W_2: Field = required_name("W_2", words("The weights of the second product.", "第二次相乘的权重。"));
const B_2: Field =
    name("b_2", words("One row that is added to the second product.", "加到第二个乘积上的一行数。"));
const W_GATE: Field = name(
    "W_gate",
    words(
        "The weights of a gate; with silu this is SwiGLU. Left out, there is no gate.",
        "门控的权重；与 silu 一起就是 SwiGLU。不写就没有门控。",
    ),
);
const WITH: Field = Field {
    name: "with",
    kind: ACTIVATIONS,
    presence: Presence::Default("relu"),
    doc: words("The function between the two products.", "两次相乘之间的非线性函数。"),
};

pub(in crate::lesson) static BLOCK: Record = Record {
    name: "block",
    doc: words(
        "One layer: attention and a feed-forward network with residual sums and norms.",
        "一层：注意力和前馈网络，加上残差连接和归一化。",
    ),
    fields: &[
        OF,
        MEMORY,
        ATTENTION_OF_LAYER,
        CROSS_ATTENTION,
        FEED_FORWARD_OF_LAYER,
        norm_field("norm_1"),
        norm_field("norm_2"),
        norm_field("norm_3"),
        WEIGHTS,
        MASK_FIELD,
        ROTARY_OF_LAYERS,
        NORM_KIND,
        ORDER,
        EPSILON,
        DROPOUT,
    ],
};

pub(super) static STACK: Record = Record {
    name: "stack",
    doc: words("Several layers one after the other.", "一层接一层。"),
    fields: &[
        OF,
        MEMORY,
        LAYERS,
        REPEAT,
        WEIGHTS_OF_LAYERS,
        MASK_FIELD,
        ROTARY_OF_LAYERS,
        NORM_KIND,
        ORDER,
        EPSILON,
        FINAL_NORM,
        DROPOUT,
    ],
};

pub(super) static ENCODER: Record = Record {
    name: "encoder",
    doc: words("Layers in which every position sees all others.", "每个位置都能看到全部位置的各层。"),
    fields: &[
        OF,
        LAYERS,
        REPEAT,
        WEIGHTS_OF_LAYERS,
        MASK_FIELD,
        ROTARY_OF_LAYERS,
        NORM_KIND,
        ORDER,
        EPSILON,
        FINAL_NORM,
        DROPOUT,
    ],
};

pub(super) static DECODER: Record = Record {
    name: "decoder",
    doc: words(
        "Layers with a causal mask, and with attention to the output of an encoder.",
        "带因果掩码的各层，并且关注编码器的输出。",
    ),
    fields: &[
        OF,
        MEMORY,
        LAYERS,
        REPEAT,
        WEIGHTS_OF_LAYERS,
        Field { presence: Presence::Default("causal"), ..MASK_FIELD },
        ROTARY_OF_LAYERS,
        NORM_KIND,
        ORDER,
        EPSILON,
        FINAL_NORM,
        DROPOUT,
    ],
};

static LAYER: Record = Record {
    name: "layer",
    doc: words("One of several layers.", "多层中的一层。"),
    fields: &[
        ATTENTION_OF_LAYER,
        CROSS_ATTENTION,
        FEED_FORWARD_OF_LAYER,
        norm_field("norm_1"),
        norm_field("norm_2"),
        norm_field("norm_3"),
    ],
};

const OF: Field = required_name("of", words("The vectors that go in.", "输入的向量。"));

const MEMORY: Field = name(
    "memory",
    words("What cross-attention looks at: the output of an encoder.", "交叉注意力所看的：编码器的输出。"),
);

const ATTENTION_OF_LAYER: Field = Field {
    name: "attention",
    kind: Kind::Record(&BLOCK_ATTENTION),
    presence: Presence::Optional,
    doc: words(
        "Self-attention: what `multi_head` takes, without where it looks.",
        "自注意力：写法同 `multi_head`，但不写看哪里。",
    ),
};

const CROSS_ATTENTION: Field = Field {
    name: "cross_attention",
    kind: Kind::Record(&BLOCK_ATTENTION),
    presence: Presence::Optional,
    doc: words("Attention to `memory`, written the same way.", "对 `memory` 的注意力，写法相同。"),
};

const FEED_FORWARD_OF_LAYER: Field = Field {
    name: "feed_forward",
    kind: Kind::Record(&BLOCK_FEED_FORWARD),
    presence: Presence::Optional,
    doc: words(
        "The feed-forward network: what `feed_forward` takes, without `of`.",
        "前馈网络：写法同 `feed_forward`，但不写 `of`。",
    ),
};

const fn norm_field(name: &'static str) -> Field {
    Field {
        name,
        kind: Kind::Record(&NORM),
        presence: Presence::Optional,
        doc: words("What is learned of the norm of this number.", "这个序号的归一化中学到的部分。"),
    }
}

const ROTARY_OF_LAYERS: Field = Field {
    doc: words(
        "Whether queries and keys of self-attention are turned by their positions, or how: {layout: …, base: …, first: …}.",
        "自注意力的查询和键是否按位置旋转，或怎样旋转：{layout: …, base: …, first: …}。",
    ),
    ..ROTARY_FIELD
};

const NORM_KIND: Field = Field {
    name: "norm",
    kind: Kind::Choice(&[
        Choice::new("layer", "layer norm", "层归一化"),
        Choice::new("rms", "RMS norm", "均方根归一化"),
        Choice::new("none", "no norm", "不做归一化"),
    ]),
    presence: Presence::Default("layer"),
    doc: words(
        "The kind of norm: layer norm, RMS norm or none.",
        "归一化的种类：layer（层归一化）、rms 或 none（没有）。",
    ),
};

const ORDER: Field = Field {
    name: "order",
    kind: Kind::Choice(&[
        Choice::new("pre", "norms before each part", "归一化在每个子层之前"),
        Choice::new("post", "norms behind each sum", "归一化在求和之后"),
    ]),
    presence: Presence::Default("pre"),
    doc: words(
        "Whether norms stand before each sublayer, or after each sum as in the first paper.",
        "归一化在每个子层之前（pre），还是像最初的论文那样在求和之后（post）。",
    ),
};

const DROPOUT: Field = Field {
    name: "dropout",
    kind: Kind::Record(&DROPPING),
    presence: Presence::Optional,
    doc: words(
        "As in training: some numbers that sublayers give back become 0.",
        "像训练时那样：子层输出的一些数变成 0。",
    ),
};

const FINAL_NORM: Field = Field {
    name: "final_norm",
    kind: Kind::Record(&NORM),
    presence: Presence::Optional,
    doc: words(
        "What is learned of the norm after the last layer, which there is with norms before sublayers.",
        "最后一层之后的归一化中学到的部分；归一化在子层之前时才有。",
    ),
};

const LAYERS: Field = Field {
    name: "layers",
    kind: Kind::List { of: &Kind::Record(&LAYER), least: 1, most: usize::MAX },
    presence: Presence::Optional,
    doc: words("The layers with their weights, in order.", "各层及其权重，按顺序。"),
};

const REPEAT: Field = Field {
    name: "repeat",
    kind: Kind::Size,
    presence: Presence::Default("1"),
    doc: words("How often the layers are run through, with the same weights.", "用同样的权重把各层走几遍。"),
};

const WEIGHTS: Field = Field {
    name: "weights",
    kind: Kind::Record(&MADE_WEIGHTS),
    presence: Presence::Optional,
    doc: words(
        "Instead of naming weights: random ones are made from a seed.",
        "不写权重的名字，而由种子随机生成。",
    ),
};

const WEIGHTS_OF_LAYERS: Field = Field { kind: Kind::Record(&MADE_WEIGHTS_OF_LAYERS), ..WEIGHTS };

static MADE_WEIGHTS: Record = Record {
    name: "block.weights",
    doc: MADE,
    fields: &[SEED, N_HEADS, N_KV_HEADS, D_K, D_V, NETWORK, D_FF, MADE_WITH, DECIMALS],
};

static MADE_WEIGHTS_OF_LAYERS: Record = Record {
    name: "stack.weights",
    doc: MADE,
    fields: &[
        SEED,
        Field {
            name: "n_layers",
            kind: Kind::Size,
            presence: Presence::Default("1"),
            doc: words("How many layers, each with weights of its own.", "有几层，每层有自己的权重。"),
        },
        N_HEADS,
        N_KV_HEADS,
        D_K,
        D_V,
        NETWORK,
        D_FF,
        MADE_WITH,
        DECIMALS,
    ],
};

const MADE: Words = words("Random weights, made from a seed.", "由种子随机生成的权重。");

const SEED: Field = Field {
    name: "seed",
    kind: Kind::Count,
    presence: Presence::Required,
    doc: words("A number that fixes the random ones.", "随机种子；同一个数总是给出同样的权重。"),
};

const N_HEADS: Field = Field {
    name: "n_heads",
    kind: Kind::Size,
    presence: Presence::Default("1"),
    doc: words("How many heads each attention has.", "每个注意力有几个头。"),
};

const N_KV_HEADS: Field = Field { kind: Kind::Size, ..N_KV_HEADS_FIELD };

const D_K: Field = Field {
    name: "d_k",
    kind: Kind::Name,
    presence: Presence::Default("d_k"),
    doc: words("The axis of queries and keys.", "查询和键的轴。"),
};

const D_V: Field =
    name("d_v", words("The axis of values; left out, that of queries.", "值的轴；不写时与查询的轴相同。"));

const D_FF: Field = Field {
    name: "d_ff",
    kind: Kind::Name,
    presence: Presence::Default("d_ff"),
    doc: words("The axis of the hidden numbers of the feed-forward network.", "前馈网络隐藏层的轴。"),
};

const NETWORK: Field = Field {
    name: "feed_forward",
    kind: Kind::Choice(&[
        Choice::new("plain", "two matrices with a function between them", "两个矩阵，中间一个函数"),
        Choice::new("gated", "with a gate", "带门控"),
        Choice::new("none", "no network", "没有前馈网络"),
    ]),
    presence: Presence::Default("plain"),
    doc: words(
        "The feed-forward network: plain, with a gate, or none.",
        "前馈网络：plain（普通）、gated（带门控）或 none（没有）。",
    ),
};

const MADE_WITH: Field = Field { presence: Presence::Default("relu"), ..WITH };

const DECIMALS: Field = Field {
    name: "decimals",
    kind: Kind::Count,
    presence: Presence::Optional,
    doc: words("Rounds the weights to so many decimals.", "把权重四舍五入到几位小数。"),
};
