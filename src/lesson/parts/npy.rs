//! Matrices as NumPy saves them: the NPY format, versions 1 to 3
//! (<https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>).
//!
//! Little-endian `f4`, `f8` and `i8`, in C and in Fortran order. A file is whatever someone has put there: every size in
//! it is held against its length before memory is taken, and nothing of it is executed.

use crate::both;
use crate::language::Localised;
use crate::math::Matrix;

const MAGIC: &[u8] = b"\x93NUMPY";
/// A header is one line of about 120 bytes; this is more than any has.
const LONGEST_HEADER: usize = 4096;

type Outcome<T> = Result<T, Localised<String>>;

/// What a header says.
#[derive(Debug, PartialEq, Eq)]
struct Header {
    number: Number,
    order: Order,
    rows: usize,
    columns: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    F4,
    F8,
    I8,
}

/// What stands side by side in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Rows,
    Columns,
}

/// The matrix of a file. A vector is one row.
pub(super) fn read(bytes: &[u8]) -> Outcome<Matrix> {
    let damaged = || both!("it is no NPY file, or damaged", "它不是 NPY 文件，或者已经损坏");
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let (version, rest) = rest.split_at_checked(2).ok_or_else(damaged)?;
    let (length, rest) = match version[0] {
        1 => rest.split_first_chunk().map(|(length, rest)| (usize::from(u16::from_le_bytes(*length)), rest)),
        2 | 3 => rest.split_first_chunk().map(|(length, rest)| (u32::from_le_bytes(*length) as usize, rest)),
        other => {
            return Err(both!("version {other} of the format is not known", "不认识该格式的第 {other} 版"));
        }
    }
    .ok_or_else(damaged)?;
    if length > LONGEST_HEADER {
        return Err(damaged());
    }
    let (header, numbers) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let header = header_of(str::from_utf8(header).map_err(|_| damaged())?)?;
    let size = match header.number {
        Number::F4 => 4,
        Number::F8 | Number::I8 => 8,
    };
    let needed = header.rows.checked_mul(header.columns).and_then(|count| count.checked_mul(size));
    if needed != Some(numbers.len()) || numbers.is_empty() {
        let (rows, columns) = (header.rows, header.columns);
        return Err(both!(
            "it should hold {rows} × {columns} numbers and does not",
            "它应当有 {rows} × {columns} 个数，但实际不符"
        ));
    }
    let values = numbers.chunks_exact(size).map(|bytes| number(header.number, bytes));
    let matrix = match header.order {
        Order::Rows => Matrix::from_row_iterator(header.rows, header.columns, values),
        Order::Columns => Matrix::from_iterator(header.rows, header.columns, values),
    };
    if matrix.iter().any(|number| !number.is_finite()) {
        return Err(both!("not all of its numbers are finite", "其中的数不全是有限的"));
    }
    Ok(matrix)
}

fn number(kind: Number, bytes: &[u8]) -> f64 {
    let eight = || <[u8; 8]>::try_from(bytes).unwrap_or_default();
    match kind {
        Number::F4 => f64::from(f32::from_le_bytes(<[u8; 4]>::try_from(bytes).unwrap_or_default())),
        Number::F8 => f64::from_le_bytes(eight()),
        Number::I8 => i64::from_le_bytes(eight()) as f64,
    }
}

/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`
fn header_of(text: &str) -> Outcome<Header> {
    let damaged = || both!("its header cannot be read", "无法读懂它的文件头");
    let after = |key: &str| {
        let quoted = [format!("'{key}'"), format!("\"{key}\"")];
        let at = quoted.iter().find_map(|key| Some(text.find(key.as_str())? + key.len()));
        at.and_then(|at| text[at..].trim_start().strip_prefix(':')).map(str::trim_start)
    };
    let described = after("descr").ok_or_else(damaged)?;
    let quote = described
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"'))
        .ok_or_else(|| both!("its numbers are not of one simple kind", "它的数据不是单一的数值类别"))?;
    let described = described[1..].split(quote).next().unwrap_or_default();
    let number = match described {
        "<f4" => Number::F4,
        "<f8" => Number::F8,
        "<i8" => Number::I8,
        other => {
            let other: String = other.chars().filter(char::is_ascii_graphic).take(12).collect();
            return Err(both!("its numbers are of the kind `{other}`", "它的数是 `{other}` 类的"));
        }
    };
    let order = match after("fortran_order").ok_or_else(damaged)? {
        rest if rest.starts_with("False") => Order::Rows,
        rest if rest.starts_with("True") => Order::Columns,
        _ => return Err(damaged()),
    };
    let shape = after("shape").and_then(|rest| rest.strip_prefix('(')).ok_or_else(damaged)?;
    let shape = shape.split_once(')').ok_or_else(damaged)?.0;
    let sizes = shape.split(',').map(str::trim).filter(|size| !size.is_empty());
    let sizes: Vec<usize> = sizes.map(str::parse).collect::<Result<_, _>>().map_err(|_| damaged())?;
    match sizes[..] {
        [columns] => Ok(Header { number, order: Order::Rows, rows: 1, columns }),
        [rows, columns] => Ok(Header { number, order, rows, columns }),
        _ => {
            let count = sizes.len();
            Err(both!("it has {count} axes, and a matrix has two", "它有 {count} 个轴，而矩阵只有两个"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file of version 1 with this header and these bytes after it.
    fn file(header: &str, numbers: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([1, 0]);
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(numbers);
        bytes
    }

    fn eight(numbers: &[f64]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    #[test]
    fn rows_and_columns_come_in_either_order() {
        let numbers = eight(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let of = |order| format!("{{'descr': '<f8', 'fortran_order': {order}, 'shape': (2, 3), }}");
        let expected = Matrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(read(&file(&of("False"), &numbers)), Ok(expected));
        let turned = Matrix::from_row_slice(2, 3, &[1.0, 3.0, 5.0, 2.0, 4.0, 6.0]);
        assert_eq!(read(&file(&of("True"), &numbers)), Ok(turned));
    }

    #[test]
    fn numbers_of_three_kinds_and_files_of_three_versions_are_read() {
        let ints: Vec<u8> = [-7_i64, 1 << 40].iter().flat_map(|number| number.to_le_bytes()).collect();
        let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n";
        assert_eq!(
            read(&file(header, &ints)),
            Ok(Matrix::from_row_slice(1, 2, &[-7.0, 1_099_511_627_776.0]))
        );
        let floats: Vec<u8> = [0.5_f32, -2.0].iter().flat_map(|number| number.to_le_bytes()).collect();
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }\n";
        for version in [2, 3] {
            let mut bytes = MAGIC.to_vec();
            bytes.extend([version, 0]);
            bytes.extend((header.len() as u32).to_le_bytes());
            bytes.extend(header.as_bytes());
            bytes.extend(&floats);
            assert_eq!(read(&bytes), Ok(Matrix::from_row_slice(2, 1, &[0.5, -2.0])));
        }
    }

    #[test]
    fn hostile_headers_are_refused() {
        let good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }";
        assert!(read(&file(good, &eight(&[1.0]))).is_ok());
        for (from, to) in [
            ("(1, 1)", "(18446744073709551615, 18446744073709551615)"),
            ("(1, 1)", "(4294967296, 4294967296)"),
            ("(1, 1)", "(99999999999999999999, 1)"),
            ("(1, 1)", "(1, 2)"),
            ("(1, 1)", "(-1, -1)"),
            ("(1, 1)", "(1, 1, 1)"),
            ("(1, 1)", "()"),
            ("(1, 1)", "(0, 1)"),
            ("(1, 1)", "(1, 1"),
            ("<f8", ">f8"),
            ("<f8", "|O"),
            ("'<f8'", "[('a', '<f8')]"),
            ("False", "Maybe"),
            ("'descr'", "'descry'"),
            ("'shape': ", "'shape' "),
        ] {
            assert!(read(&file(&good.replace(from, to), &eight(&[1.0]))).is_err(), "{to}");
        }
        for number in [f64::NAN, f64::INFINITY] {
            assert!(read(&file(good, &eight(&[number]))).is_err());
        }
        let mut long = file(good, &[]);
        long[8..10].copy_from_slice(&u16::MAX.to_le_bytes());
        assert!(read(&long).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..120) {
            let good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }";
            let mut bytes_after = MAGIC.to_vec();
            bytes_after.extend(&bytes);
            drop(read(&bytes));
            drop(read(&bytes_after));
            let whole = file(good, &eight(&[1.0]));
            let cut = cut.min(whole.len() - 1);
            prop_assert!(read(&whole[..cut]).is_err());
        }
    }
}
