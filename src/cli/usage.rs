//! What is wrong with a call, in Chinese: clap says it in English only.

use clap::Error;
use clap::error::{ContextKind, ErrorKind};

use crate::lesson::template::STAGES;

/// The whole report in Chinese; `None` for what hardly anybody meets, which stays English.
pub(super) fn in_chinese(error: &Error) -> Option<String> {
    let told = |kind| error.get(kind).map(ToString::to_string).filter(|text| !text.is_empty());
    let arg = told(ContextKind::InvalidArg);
    let value = told(ContextKind::InvalidValue);
    let message = match (error.kind(), arg, value) {
        (ErrorKind::InvalidValue, Some(arg), Some(value)) => format!("`{arg}` 不能是 `{value}`"),
        (ErrorKind::InvalidValue, Some(arg), None) => format!("`{arg}` 后面缺少值"),
        (ErrorKind::ValueValidation, Some(arg), Some(value)) => {
            let all = STAGES.len();
            let wanted = if arg.contains("N-M") {
                "请写步骤的编号，或 3-5 这样的范围".to_owned()
            } else if arg.contains("--stage") {
                format!("教程共有 {all} 个阶段，请写 1 到 {all} 的数")
            } else {
                "请写从 1 起的整数".to_owned()
            };
            format!("`{arg}` 不能是 `{value}`：{wanted}")
        }
        (ErrorKind::UnknownArgument, Some(arg), _) => format!("没有 `{arg}` 这个参数或选项"),
        (ErrorKind::InvalidSubcommand, ..) => {
            format!("没有 `{}` 这个命令", told(ContextKind::InvalidSubcommand)?)
        }
        (ErrorKind::ArgumentConflict, Some(arg), _) => match told(ContextKind::PriorArg)? {
            prior if prior == arg => format!("`{arg}` 不能写两次"),
            prior => format!("`{arg}` 不能与 `{prior}` 同时使用"),
        },
        (ErrorKind::MissingRequiredArgument, Some(arg), _) => format!("缺少 `{arg}`"),
        (ErrorKind::TooManyValues, Some(arg), Some(value)) => {
            format!("`{arg}` 后面不需要 `{value}`")
        }
        _ => return None,
    };
    let values = told(ContextKind::ValidValue).map(|values| format!("  可选：{values}\n"));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().find_map(told).map(|near| format!("\n  是不是想写 `{near}`？\n"));
    let usage = told(ContextKind::Usage);
    let usage = usage.map(|usage| format!("\n用法：{}\n", usage.trim_start_matches("Usage:").trim()));
    let parts: String = [values, near, usage].into_iter().flatten().collect();
    Some(format!("错误：{message}\n{parts}\n加上 `--help` 可以看到全部用法。\n"))
}
