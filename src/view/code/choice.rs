//! Code for what becomes of logits: which tokens may be chosen, which is, and what is lost on the right ones.

use super::{Library, variable};
use crate::graph::op::{Choose, Choosing, CrossEntropy, Keep, Keeping};
use crate::graph::{Node, Op, Trace};

/// What a share may be missed by through rounding, as in `math::reaching_share`.
const ROUNDING: &str = "1e-12";

impl Library {
    /// The statements that come before the one that makes the matrix.
    pub(super) fn prepare_choice(self, trace: &Trace, node: &Node) -> Vec<String> {
        if let Op::Keep(keep) = &node.op {
            return self.ranks(trace, keep);
        }
        if let Op::Choose(Choose { choosing: choosing @ Choosing::Sampled { .. }, .. }) = &node.op {
            let numbers: Vec<f64> =
                (0..node.shape.rows.size()).filter_map(|row| choosing.number(row)).collect();
            let array = self.array(numbers.len(), 1, |row, _| numbers[row]);
            return vec![format!("u = {array}  # drawn")];
        }
        if let (Op::CrossEntropy(CrossEntropy { of, targets }), Self::NumPy) = (&node.op, self) {
            let (of, rows) = (variable(trace.node(*of)), targets.len());
            return vec![
                format!("x = {of}[:{rows}]"),
                "m = x.max(axis=-1, keepdims=True)".to_owned(),
                format!("right = x[np.arange({rows}), {targets:?}][:, None]"),
            ];
        }
        Vec::new()
    }

    /// The place of each number among those of its row, from the largest; of equal ones the first comes first.
    fn ranks(self, trace: &Trace, keep: &Keep) -> Vec<String> {
        let by = variable(trace.node(keep.by));
        let ranks = match self {
            Self::NumPy => [
                format!("order = np.argsort(-{by}, axis=-1, kind=\"stable\")"),
                "rank = np.argsort(order, axis=-1)".to_owned(),
            ],
            Self::PyTorch => [
                format!("order = torch.argsort(-{by}, dim=-1, stable=True)"),
                "rank = torch.argsort(order, dim=-1)".to_owned(),
            ],
        };
        let before = match (keep.keeping, self) {
            (Keeping::Most(_), Self::NumPy | Self::PyTorch) => Vec::new(),
            (Keeping::Share(_), Self::NumPy) => vec![
                format!("before = np.cumsum(np.take_along_axis({by}, order, axis=-1), axis=-1)"),
                "before = np.roll(before, 1, axis=-1)".to_owned(),
                "before[:, 0] = 0".to_owned(),
                "before = np.take_along_axis(before, rank, axis=-1)".to_owned(),
            ],
            (Keeping::Share(_), Self::PyTorch) => vec![
                format!("before = torch.gather({by}, -1, order).cumsum(dim=-1).roll(1, dims=-1)"),
                "before[:, 0] = 0".to_owned(),
                "before = torch.gather(before, -1, rank)".to_owned(),
            ],
        };
        ranks.into_iter().chain(before).collect()
    }

    /// The logits that are kept.
    pub(super) fn kept(self, trace: &Trace, keep: &Keep) -> String {
        let of = variable(trace.node(keep.of));
        let kept = match keep.keeping {
            Keeping::Most(k) => format!("rank < {k}"),
            Keeping::Share(share) => format!("before < {share} - {ROUNDING}"),
        };
        match self {
            Self::NumPy => format!("np.where({kept}, {of}, -np.inf)"),
            Self::PyTorch => format!("torch.where({kept}, {of}, -torch.inf)"),
        }
    }

    /// One-hot rows.
    pub(super) fn chosen(self, trace: &Trace, node: &Node, choose: &Choose) -> String {
        let (of, entries) = (variable(trace.node(choose.of)), node.shape.columns.size());
        let column = match (choose.choosing, self) {
            (Choosing::Greedy, Self::NumPy) => format!("{of}.argmax(axis=-1)"),
            (Choosing::Greedy, Self::PyTorch) => format!("{of}.argmax(dim=-1)"),
            (Choosing::Sampled { .. }, Self::NumPy) => {
                format!("(np.cumsum({of}, axis=-1) <= u).sum(axis=-1).clip(max={})", entries - 1)
            }
            (Choosing::Sampled { .. }, Self::PyTorch) => {
                format!("({of}.cumsum(dim=-1) <= u).sum(dim=-1).clamp(max={})", entries - 1)
            }
        };
        format!("{}.eye({entries})[{column}]", self.module())
    }

    /// What is lost on each right token.
    pub(super) fn cross_entropy(self, trace: &Trace, loss: &CrossEntropy) -> String {
        let (rows, targets) = (loss.targets.len(), &loss.targets);
        match self {
            Self::NumPy => "m + np.log(np.exp(x - m).sum(axis=-1, keepdims=True)) - right".to_owned(),
            Self::PyTorch => format!(
                "torch.nn.functional.cross_entropy({}[:{rows}], torch.tensor({targets:?}), reduction=\"none\")[:, None]",
                variable(trace.node(loss.of)),
            ),
        }
    }
}
