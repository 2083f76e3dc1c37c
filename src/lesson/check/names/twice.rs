//! Names that are defined twice, of which the second often is a copied line whose name was not changed.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Edit, Span};
use crate::lesson::check::Checker;
use crate::yaml::Key;

impl Checker<'_> {
    /// Whether no earlier matrix has the name; reports if one has.
    pub(in crate::lesson::check) fn is_free(&mut self, key: &Key) -> bool {
        let first = self.definitions.get(&key.text).copied();
        let taken = first.filter(|first| *first != key.span);
        if let Some(first) = taken {
            let name = &key.text;
            let message = both!("`{name}` is made twice", "`{name}` 被定义了两次");
            let related = both!("it is made here first", "第一次定义在这里");
            let other = self.free_name(name);
            let hint =
                both!("write another name here, such as `{other}`", "请在这里换个名称，例如 `{other}`");
            let finding = Diagnostic::new(Code::DuplicateName, key.span, message);
            self.findings.push(finding.with_related(first, related).with_hint(hint));
            self.twice.push(key.clone());
        }
        taken.is_none()
    }

    /// Whether a name that nothing has is that of a copied line, which then is told what it should be called.
    pub(in crate::lesson::check) fn is_copied_line(&mut self, name: &str, span: Span) -> bool {
        let is_meant = |key: &Key| key.span < span && differ_in_one_sign(&key.text, name);
        let Some(at) = self.twice.iter().position(is_meant) else { return false };
        let Key { text: again, span: place } = self.twice.remove(at);
        let is_it = |it: &&mut Diagnostic| it.code == Code::DuplicateName && it.span == place;
        let Some(finding) = self.findings.iter_mut().find(is_it) else { return false };
        finding.message = both!(
            "`{again}` is made twice, and `{name}`, which is used below, is missing",
            "`{again}` 被定义了两次，而后面用到的 `{name}` 却没有定义"
        );
        finding.hint = Some(both!("write `{name}` here", "请把这里改成 `{name}`"));
        finding.fix = vec![Edit { span: place, with: name.to_owned() }];
        finding.related.push((span, both!("`{name}` is used here", "这里用到了 `{name}`")));
        self.broken.insert(name.to_owned());
        // Of the first line the name is right.
        if !self.twice.iter().any(|other| other.text == again) {
            self.broken.remove(&again);
        }
        true
    }
}

/// Whether two names are as long and differ in one sign, as `W_Q` and `W_K` do.
fn differ_in_one_sign(one: &str, other: &str) -> bool {
    let is_as_long = one.chars().count() == other.chars().count();
    is_as_long && one.chars().zip(other.chars()).filter(|(a, b)| a != b).count() == 1
}
