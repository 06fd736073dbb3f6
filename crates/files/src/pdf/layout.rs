//! From pieces of text at places on a page to lines.

/// A transformation of the plane: `[a b c d e f]` as in ISO 32000-1, section 8.3.3.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix(pub(super) [f32; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn moved(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this one, then `then`.
    pub(super) fn then(self, then: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = then.0;
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }
}

/// Lines of text, as far as the page was read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    /// Where the last piece ended.
    end: Option<(f32, f32)>,
}

impl Lines {
    /// Adds a piece that begins where `matrix` puts the origin; `size` is the font's before `matrix`. A piece above or
    /// below the last one's line begins a new line; one further along it, a new word or a new column.
    pub(super) fn add(&mut self, piece: &str, matrix: Matrix, size: f32) {
        let [a, b, c, d, x, y] = matrix.0;
        if let Some((last_x, last_y)) = self.end {
            let length = a.hypot(b).max(f32::MIN_POSITIVE);
            let (along_x, along_y) = (a / length, b / length);
            let height = (size * c.hypot(d)).abs().max(f32::MIN_POSITIVE);
            let (dx, dy) = (x - last_x, y - last_y);
            let (along, across) = (dx * along_x + dy * along_y, dy * along_x - dx * along_y);
            if across.abs() > height * 0.5 {
                self.separate('\n');
            } else if along > height * 1.5 {
                self.separate('\t');
            } else if along > height * 0.2 || along < -height {
                self.separate(' ');
            }
        }
        self.text.push_str(piece);
    }

    /// The last piece ends where `matrix` puts the origin.
    pub(super) fn end_at(&mut self, matrix: Matrix) {
        self.end = Some((matrix.0[4], matrix.0[5]));
    }

    /// What follows stands on a line of its own.
    pub(super) fn line(&mut self, text: &str) {
        self.separate('\n');
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn separate(&mut self, by: char) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace)
            || by == '\n' && !self.text.ends_with('\n')
        {
            self.text.push(by);
        }
    }
}
