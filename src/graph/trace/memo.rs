//! What was worked out of many numbers of a trace, so that it is not worked out again for every frame.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::Trace;
use crate::graph::Graph;

/// Something that was worked out of the numbers of a trace, for as long as it is asked of that trace. The graph holds all
/// numbers that others are computed from, and does not change, so what is remembered is never stale.
///
/// It says nothing of what it belongs to: all are equal.
#[derive(Debug)]
pub struct Memo<T>(Mutex<Option<(Weak<Graph>, T)>>);

impl<T: Clone> Memo<T> {
    /// What is remembered of this trace; else it is worked out.
    pub fn of(&self, trace: &Trace, work_out: impl FnOnce() -> T) -> T {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // Whoever holds a weak pointer keeps its address from being used again.
        match known {
            Some((graph, found)) if std::ptr::eq(graph.as_ptr(), trace.graph()) => found,
            Some(_) | None => {
                let found = work_out();
                let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                *known = Some((Arc::downgrade(&trace.graph), found.clone()));
                found
            }
        }
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()))
    }
}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::graph::{Axis, Op, Part, Shape, op};
    use crate::math::Matrix;

    #[test]
    fn it_is_worked_out_once_for_each_trace() {
        let mut graph = Graph::default();
        let shape = Shape::new(Axis::numbered(1), Axis::numbered(1));
        let values = Arc::new(Matrix::from_element(1, 1, 2.0));
        let op = Op::Given(op::Given::written(values, shape));
        let node = graph.push("X", op, Part::Other).expect("the name is free");
        let trace = Trace::evaluate(Arc::new(graph));
        let (memo, times) = (Memo::default(), Cell::new(0));
        let sum = |trace: &Trace| {
            memo.of(trace, || {
                times.set(times.get() + 1);
                trace.value(node).sum()
            })
        };
        assert_eq!((sum(&trace), sum(&trace), sum(&trace.clone()), times.get()), (2.0, 2.0, 2.0, 1));
        let other = trace.replaced(node, Matrix::from_element(1, 1, 3.0));
        assert_eq!((sum(&other), sum(&other), times.get()), (3.0, 3.0, 2));
        assert_eq!((sum(&trace), times.get()), (2.0, 3));
    }
}
