//! Aligned columns.

use anstyle::Style;

use crate::line::{Line, PLAIN, STRONG};

/// A column: its head, its side, and how soon it gives way when there is no room for all.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    head: String,
    right: bool,
    /// 0 stays; of the others the highest goes first.
    rank: u8,
    widest: usize,
}

impl Column {
    /// A column whose cells stand at the left.
    pub(crate) fn left(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            right: false,
            rank: 0,
            widest: usize::MAX,
        }
    }

    /// A column whose cells stand at the right.
    pub(crate) fn right(head: impl Into<String>) -> Self {
        Self {
            right: true,
            ..Self::left(head)
        }
    }

    /// The same, giving way in that order.
    pub(crate) fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// The same, with longer cells cut.
    pub(crate) fn at_most(mut self, columns: usize) -> Self {
        self.widest = columns;
        self
    }

    /// The same, at the right if all its cells are numbers.
    pub(crate) fn aligned(mut self, right: bool) -> Self {
        self.right = right;
        self
    }
}

/// Rows below heads. The last column takes the room that is left.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Line>>,
    /// Columns of the screen the last column should have before others give way to it.
    last: usize,
}

/// A cell of one style.
pub(crate) fn cell(style: Style, text: impl Into<String>) -> Line {
    Line::new().text(style, text)
}

/// A cell without style.
pub(crate) fn plain(text: impl Into<String>) -> Line {
    cell(PLAIN, text)
}

/// Blanks between columns.
const GAP: usize = 2;

impl Table {
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            last: 24,
        }
    }

    /// The same, with less or more room for the last column.
    pub(crate) fn last(mut self, columns: usize) -> Self {
        self.last = columns;
        self
    }

    /// Adds a row: a cell for each column.
    pub(crate) fn push(&mut self, row: Vec<Line>) {
        self.rows.push(row);
    }

    /// The heads and all rows, none wider than the limit.
    pub(crate) fn lines(self, limit: usize, mark: &str) -> Vec<Line> {
        let widths = self.widths();
        let kept = self.choose(&widths, limit);
        let Self { columns, rows, .. } = self;
        let heads = columns
            .iter()
            .map(|column| cell(STRONG, column.head.clone()))
            .collect();
        let line = |row: Vec<Line>| {
            let mut line = Line::new();
            let mut first = true;
            for (place, ((cell, column), width)) in
                row.into_iter().zip(&columns).zip(&widths).enumerate()
            {
                if !kept.contains(&place) {
                    continue;
                }
                let gap = if first { 0 } else { GAP };
                first = false;
                line = line.gap(gap);
                // What is last is not filled up, so that only text can be cut.
                line = if Some(&place) == kept.last() && !column.right {
                    line.join(cell.cut(*width, mark))
                } else {
                    line.join(cell.within(*width, column.right, mark))
                };
            }
            line.cut(limit, mark)
        };
        std::iter::once(heads).chain(rows).map(line).collect()
    }

    /// The width of each column: that of its widest cell.
    fn widths(&self) -> Vec<usize> {
        let each = self.columns.iter().enumerate().map(|(place, column)| {
            let cells = self
                .rows
                .iter()
                .filter_map(|row| row.get(place))
                .map(Line::width);
            cells
                .max()
                .unwrap_or(0)
                .min(column.widest)
                .max(crate::line::width(&column.head))
        });
        each.collect()
    }

    /// The columns there is room for.
    fn choose(&self, widths: &[usize], limit: usize) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..widths.len()).collect();
        loop {
            let last = kept.last().copied();
            let needed: usize = kept
                .iter()
                .filter_map(|place| {
                    let width = *widths.get(*place)?;
                    Some(
                        GAP + if Some(*place) == last {
                            width.min(self.last)
                        } else {
                            width
                        },
                    )
                })
                .fold(0, usize::saturating_add);
            let rank = |place: &usize| self.columns.get(*place).map_or(0, |column| column.rank);
            let weakest = kept
                .iter()
                .copied()
                .max_by_key(rank)
                .filter(|place| rank(place) > 0);
            match weakest {
                Some(place) if needed > limit.saturating_add(GAP) => {
                    kept.retain(|other| *other != place);
                }
                _ => return kept,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table {
        let columns = vec![
            Column::left("USER").at_most(5),
            Column::right("SIZE").rank(1),
            Column::left("COMMAND"),
        ];
        let mut table = Table::new(columns);
        table.push(vec![
            plain("somebody"),
            plain("1"),
            plain("a command of some length, really"),
        ]);
        table.push(vec![plain("me"), plain("12345"), plain("b")]);
        table
    }

    fn shown(limit: usize) -> String {
        let mut out = Vec::new();
        for line in sample().lines(limit, "+") {
            assert!(line.width() <= limit);
            line.write(&mut anstream::StripStream::new(&mut out))
                .unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        let whole = "\
USER    SIZE  COMMAND
some+      1  a command of some length, really
me     12345  b
";
        assert_eq!(shown(usize::MAX), whole);
    }

    #[test]
    fn the_weakest_column_gives_way_and_the_last_is_cut() {
        assert_eq!(
            shown(20),
            "USER   COMMAND\nsome+  a command of+\nme     b\n"
        );
    }
}
