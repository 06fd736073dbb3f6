//! What a page shows.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use pillbox_model::SkipReason;

use super::font::{Font, named};
use super::layout::{Lines, Matrix};
use super::{dictionary, entry, reason};

/// Forms in each other that are followed.
const DEEPEST: usize = 8;

/// Operations of all pages together, those of forms counted each time they are drawn. More than any document has, and done
/// in seconds.
const MOST: u64 = 50_000_000;

/// Text of a page, in bytes, beyond which it is no page.
const LONGEST: usize = 16 << 20;

/// A picture that takes more of a page, in square points, may be the page itself: half of A4.
const LARGE: f32 = 250_000.0;

/// Beside a picture of a page stand at most so many characters that are not its text: what a fax machine or a scanner
/// prints on the edge.
const EDGE: usize = 200;

/// An operator that no page has, put behind a content: the library ends without a word where it does not understand what
/// follows, and only when it comes this far was all of it read.
const END: &str = "EndOfContentReached";

/// Operations between two questions whether to go on.
const STEP: u64 = 8192;

/// Reads pages of a document one after the other.
pub(super) struct PageReader<'d> {
    document: &'d Document,
    /// Bytes that a stream may unpack to.
    limit: usize,
    operations: u64,
    fonts: HashMap<*const Dictionary, Rc<Font<'d>>>,
}

/// What was read of a page.
#[derive(Default)]
pub(super) struct ReadPage {
    pub(super) text: String,
    /// It shows text whose font does not tell what it says, or something that the library does not understand.
    unknown: bool,
    image: bool,
    /// One of the images is as large as a page.
    large_image: bool,
}

impl ReadPage {
    /// Why the page is not, or not wholly, read.
    pub(super) fn unread(&self) -> Option<SkipReason> {
        if self.unknown {
            Some(SkipReason::UnableToParseFile)
        } else if self.image && self.text.trim().is_empty() || self.large_image && self.text.chars().count() <= EDGE {
            Some(SkipReason::UnsupportedFileType)
        } else {
            None
        }
    }

    /// Takes note of an image that fills the unit square under this transformation.
    fn show_image(&mut self, matrix: Matrix) {
        let [a, b, c, d, _, _] = matrix.0;
        self.image = true;
        self.large_image |= (a * d - b * c).abs() >= LARGE;
    }
}

/// What holds for text and ends with `Q`.
#[derive(Clone)]
struct State<'d> {
    page: Matrix,
    font: Option<Rc<Font<'d>>>,
    size: f32,
    /// Between characters, between words, between lines; and how wide, 1 being as the font says.
    spacing: f32,
    word_spacing: f32,
    leading: f32,
    stretch: f32,
}

impl State<'_> {
    const fn new(page: Matrix) -> Self {
        Self { page, font: None, size: 1.0, spacing: 0.0, word_spacing: 0.0, leading: 0.0, stretch: 1.0 }
    }
}

/// A content that is being run.
struct Run<'r, 'd> {
    resources: &'r [&'d Dictionary],
    lines: &'r mut Lines,
    page: &'r mut ReadPage,
    state: State<'d>,
    kept: Vec<State<'d>>,
    text: Matrix,
    line: Matrix,
    depth: usize,
}

type GoOn<'g> = dyn FnMut() -> Result<(), SkipReason> + 'g;

impl<'d> PageReader<'d> {
    pub(super) fn new(document: &'d Document, limit: usize) -> Self {
        Self { document, limit, operations: 0, fonts: HashMap::new() }
    }

    /// Reads one page.
    pub(super) fn page(&mut self, id: ObjectId, go_on: &mut GoOn<'_>) -> Result<ReadPage, SkipReason> {
        let document = self.document;
        let content = document.get_page_content_with_limit(id, self.limit).map_err(|error| reason(&error))?;
        let (direct, inherited) = document.get_page_resources(id).map_err(|error| reason(&error))?;
        let inherited = inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        let resources: Vec<&Dictionary> = direct.into_iter().chain(inherited).collect();
        let (mut lines, mut page) = (Lines::default(), ReadPage::default());
        let mut run = Run {
            resources: &resources,
            lines: &mut lines,
            page: &mut page,
            state: State::new(Matrix::IDENTITY),
            kept: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            depth: 0,
        };
        self.run(content, &mut run, go_on)?;
        for annotation in document.get_page_annotations(id).unwrap_or_default() {
            // What is written into a field of a form may be kept with the field, its places on pages below it.
            let field = dictionary(document, annotation, b"Parent");
            let kept = [
                (Some(annotation), &b"Contents"[..]),
                (Some(annotation), b"V"),
                (Some(annotation), b"T"),
                (field, b"V"),
            ];
            for (dictionary, key) in kept {
                let text = dictionary.and_then(|dictionary| entry(document, dictionary, key));
                if let Some(text) = text.and_then(|text| decode_text_string(text).ok()) {
                    lines.line(&text);
                }
            }
        }
        page.text = lines.text;
        Ok(page)
    }

    fn run(&mut self, mut content: Vec<u8>, run: &mut Run<'_, 'd>, go_on: &mut GoOn<'_>) -> Result<(), SkipReason> {
        content.push(b'\n');
        content.extend_from_slice(END.as_bytes());
        for operation in Content::decode_iter(&content) {
            let Ok(operation) = operation else { break };
            if operation.operator == END {
                return Ok(());
            }
            self.operations += 1;
            if self.operations.is_multiple_of(STEP) {
                go_on()?;
            }
            if self.operations > MOST || run.lines.text.len() > LONGEST {
                return Err(SkipReason::FileExceedsSizeLimit);
            }
            if operation.operator == "Do" {
                self.draw(&operation, run, go_on)?;
            } else if operation.operator == "Tf" {
                run.state.font = operation.operands.first().and_then(|name| self.font(name, run.resources));
                run.state.size = number(&operation, 1);
            } else {
                run.operate(&operation);
            }
        }
        run.page.unknown = true;
        Ok(())
    }

    fn font(&mut self, name: &Object, resources: &[&'d Dictionary]) -> Option<Rc<Font<'d>>> {
        let name = name.as_name().ok()?;
        let font = resources.iter().find_map(|resources| named(self.document, resources, name))?;
        let (document, limit) = (self.document, self.limit);
        let known = self.fonts.entry(std::ptr::from_ref(font));
        Some(Rc::clone(known.or_insert_with(|| Rc::new(Font::new(document, font, limit)))))
    }

    /// Draws a form, which has a content of its own, or an image.
    fn draw(&mut self, operation: &Operation, run: &mut Run<'_, 'd>, go_on: &mut GoOn<'_>) -> Result<(), SkipReason> {
        let document = self.document;
        let name = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
        let found = run.resources.iter().find_map(|resources| {
            entry(document, dictionary(document, resources, b"XObject")?, name)?.as_stream().ok()
        });
        let Some(stream) = found else { return Ok(()) };
        let kind = entry(document, &stream.dict, b"Subtype").and_then(|kind| kind.as_name().ok()).unwrap_or_default();
        if kind == b"Image" {
            run.page.show_image(run.state.page);
        }
        if kind != b"Form" || run.depth == DEEPEST {
            return Ok(());
        }
        let content = stream.get_plain_content_with_limit(self.limit).map_err(|error| reason(&error))?;
        let own: Vec<&Dictionary> = dictionary(document, &stream.dict, b"Resources").into_iter().collect();
        let mut matrix = Matrix::IDENTITY;
        if let Some(numbers) = entry(document, &stream.dict, b"Matrix").and_then(|matrix| matrix.as_array().ok()) {
            for (slot, number) in matrix.0.iter_mut().zip(numbers) {
                *slot = number.as_float().unwrap_or(*slot);
            }
        }
        let mut inner = Run {
            resources: if own.is_empty() { run.resources } else { &own },
            lines: &mut *run.lines,
            page: &mut *run.page,
            state: State::new(matrix.then(run.state.page)),
            kept: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            depth: run.depth + 1,
        };
        self.run(content, &mut inner, go_on)
    }
}

impl Run<'_, '_> {
    /// One operation (ISO 32000-1, annex A).
    fn operate(&mut self, operation: &Operation) {
        let n = |index| number(operation, index);
        match operation.operator.as_str() {
            "q" if self.kept.len() < 256 => self.kept.push(self.state.clone()),
            "Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => self.state.page = matrix(operation).then(self.state.page),
            "BT" => self.set_line(Matrix::IDENTITY),
            "Tm" => self.set_line(matrix(operation)),
            "Td" => self.next_line(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "TL" => self.state.leading = n(0),
            "Tc" => self.state.spacing = n(0),
            "Tw" => self.state.word_spacing = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "Tj" => self.show(operation.operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operation.operands.first());
            }
            "\"" => {
                (self.state.word_spacing, self.state.spacing) = (n(0), n(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operation.operands.get(2));
            }
            "TJ" => {
                for object in operation.operands.first().and_then(|array| array.as_array().ok()).into_iter().flatten() {
                    match object.as_float() {
                        Ok(back) => self.advance(-back / 1000.0 * self.state.size * self.state.stretch),
                        Err(_) => self.show(Some(object)),
                    }
                }
            }
            "BI" => self.page.show_image(self.state.page),
            _ => {}
        }
    }

    fn set_line(&mut self, matrix: Matrix) {
        (self.text, self.line) = (matrix, matrix);
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.set_line(Matrix::moved(x, y).then(self.line));
    }

    fn advance(&mut self, by: f32) {
        self.text = Matrix::moved(by, 0.0).then(self.text);
    }

    fn show(&mut self, string: Option<&Object>) {
        let Some(codes) = string.and_then(|string| string.as_str().ok()).filter(|codes| !codes.is_empty()) else {
            return;
        };
        let Some(font) = self.state.font.clone() else {
            self.page.unknown = true;
            return;
        };
        match font.text(codes) {
            Some(text) => self.lines.add(&text, self.text.then(self.state.page), self.state.size),
            None => self.page.unknown = true,
        }
        let (count, width) = font.extent(codes);
        let spaces = codes.iter().filter(|code| **code == b' ').count() as f32;
        let spacing = count * self.state.spacing + spaces * self.state.word_spacing;
        self.advance((width * self.state.size + spacing) * self.state.stretch);
        self.lines.end_at(self.text.then(self.state.page));
    }
}

fn number(operation: &Operation, index: usize) -> f32 {
    operation.operands.get(index).and_then(|operand| operand.as_float().ok()).unwrap_or_default()
}

fn matrix(operation: &Operation) -> Matrix {
    Matrix(std::array::from_fn(|index| number(operation, index)))
}
