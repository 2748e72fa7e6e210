//! CoNLL-U: sentences as the Universal Dependencies treebanks write them.
//!
//! Written: `# sent_id`, `# text`, ten columns a token, `SpaceAfter=No` and names (`Name=B-Place`, `Name=I-Place`) in the last. Read: sentences
//! and tokens alone; every other column is ignored.

use crate::model::Error;
use griot_types::{Block, BlockKind, Document, NameKind, ROOT, Sentence, Span};
use std::fmt::Write;

/// Given sentences and tokens, and the text that they stand in.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// A document whose blocks are the sentences.
    pub document: Document,
    /// The tokens of each sentence.
    pub sentences: Vec<Vec<Span>>,
    /// Each sentence's id, where it has one.
    pub ids: Vec<Option<String>>,
}

/// Writes a document's sentences, numbered from 1.
pub fn write(document: &Document, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    for (number, sentence) in sentences.iter().enumerate() {
        write_sentence(&mut out, &document.text, sentence, &(number + 1).to_string());
    }
    out
}

/// Writes the sentences of [`read`] under the ids that they came with.
pub fn write_given(given: &Given, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let id = given.ids.get(number).cloned().flatten().unwrap_or_else(|| (number + 1).to_string());
        write_sentence(&mut out, &given.document.text, sentence, &id);
    }
    out
}

/// Writes one sentence and the empty line behind it. A line end inside the sentence's text is written as a space.
pub fn write_sentence(out: &mut String, text: &str, sentence: &Sentence, id: &str) {
    let line: String =
        sentence.span.of(text).chars().map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }).collect();
    let mut names = vec![None; sentence.tokens.len()];
    for name in &sentence.names {
        for token in name.first..name.end {
            if let Some(slot) = names.get_mut(token as usize) {
                *slot = Some((if token == name.first { "B" } else { "I" }, kind(name.kind)));
            }
        }
    }
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# sent_id = {id}\n# text = {line}");
    for (at, token) in sentence.tokens.iter().enumerate() {
        let head = if token.head == ROOT { 0 } else { token.head + 1 };
        let feats = if token.feats.is_empty() { "_" } else { &token.feats };
        let form = token.span.of(text);
        let _ = write!(out, "{}\t{form}\t{}\t{}\t{}\t{feats}\t{head}\t{}\t_\t", at + 1, token.lemma, token.upos, token.xpos, token.deprel);
        let mut misc = Vec::new();
        if let Some((part, kind)) = names[at] {
            misc.push(format!("Name={part}-{kind}"));
        }
        if sentence.tokens.get(at + 1).is_some_and(|next| next.span.start == token.span.end) {
            misc.push("SpaceAfter=No".to_owned());
        }
        let _ = writeln!(out, "{}", if misc.is_empty() { "_".to_owned() } else { misc.join("|") });
    }
    out.push('\n');
}

fn kind(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "Person",
        NameKind::Place => "Place",
        NameKind::Organisation => "Organisation",
    }
}

/// Reads sentences and tokens. The text is put together from the forms and `SpaceAfter=No`; multi-word tokens stand as their words, and empty
/// nodes are left out.
pub fn read(input: &str) -> Result<Given, Error> {
    let mut given = Given::default();
    let mut reader = Reader::default();
    for (number, line) in input.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            reader.finish(&mut given);
        } else if let Some(comment) = line.strip_prefix('#') {
            if let Some((key, value)) = comment.split_once('=')
                && key.trim() == "sent_id"
            {
                reader.id = Some(value.trim().to_owned());
            }
        } else {
            reader.token(&mut given.document.text, line).map_err(|what| Error::Conllu { line: number + 1, what })?;
        }
    }
    reader.finish(&mut given);
    Ok(given)
}

/// The sentence being read.
#[derive(Default)]
struct Reader {
    id: Option<String>,
    tokens: Vec<Span>,
    /// Whether a space stands before the next token.
    space: bool,
    /// The last word of an open multi-word token, and whether a space follows it.
    open: Option<(u32, bool)>,
}

impl Reader {
    fn token(&mut self, text: &mut String, line: &str) -> Result<(), &'static str> {
        let mut columns = line.split('\t');
        let number = columns.next().unwrap_or("");
        let form = columns.next().ok_or("it has no second column")?;
        let space = !columns.nth(7).unwrap_or("").split('|').any(|pair| pair == "SpaceAfter=No");
        if let Some((_, last)) = number.split_once('-') {
            self.open = Some((last.parse().map_err(|_| "the range of tokens is no number")?, space));
            return Ok(());
        }
        if number.contains('.') {
            return Ok(());
        }
        let number: u32 = number.parse().map_err(|_| "the first column is no number")?;
        if form.is_empty() {
            return Err("the form is empty");
        }
        if self.tokens.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
        } else if self.space {
            text.push(' ');
        }
        let start = u32::try_from(text.len()).map_err(|_| "the text is longer than 4 GB")?;
        text.push_str(form);
        let end = u32::try_from(text.len()).map_err(|_| "the text is longer than 4 GB")?;
        self.tokens.push(Span::new(start, end));
        self.space = match self.open {
            Some((last, after)) if number == last => {
                self.open = None;
                after
            }
            Some(_) => false,
            None => space,
        };
        Ok(())
    }

    fn finish(&mut self, given: &mut Given) {
        let id = self.id.take();
        let tokens = std::mem::take(&mut self.tokens);
        (self.space, self.open) = (false, None);
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            given.document.blocks.push(Block { span: first.cover(*last), kind: BlockKind::Paragraph });
            given.sentences.push(tokens);
            given.ids.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# sent_id = a-1\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3.1\tgone\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\tYes\n";

    #[test]
    fn reads_tokens_and_text() {
        let given = read(TEXT).unwrap();
        assert_eq!(given.document.text, "Don't go.\nYes");
        assert_eq!(given.ids, [Some("a-1".to_owned()), None]);
        let forms: Vec<&str> = given.sentences[0].iter().map(|s| s.of(&given.document.text)).collect();
        assert_eq!(forms, ["Do", "n't", "go", "."]);
        assert_eq!(given.sentences[1].len(), 1);
    }

    #[test]
    fn names_the_line_that_is_wrong() {
        assert_eq!(read("1\tA\n\nx\tB\n").unwrap_err(), Error::Conllu { line: 3, what: "the first column is no number" });
        assert_eq!(read("1\n").unwrap_err(), Error::Conllu { line: 1, what: "it has no second column" });
    }
}
