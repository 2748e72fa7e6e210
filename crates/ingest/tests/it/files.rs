//! Files of word processors and printers.

use crate::support::{blocks, read};
use griot_types::BlockKind::{Headline, Item, Paragraph};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const BODY: &str = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>
    <w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Market attacked</w:t></w:r></w:p>
    <w:p><w:r><w:t xml:space="preserve">Gunmen killed twelve people in </w:t></w:r><w:r><w:t>Ansongo &amp; fled; &#8220;nobody&#8221; claimed it.</w:t></w:r></w:p>
    <w:p><w:del><w:r><w:delText>Struck out.</w:delText></w:r></w:del></w:p>
    <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Three shops</w:t><w:tab/><w:t>were burnt.</w:t></w:r></w:p>
    </w:body></w:document>"#;

#[test]
fn paragraphs_of_a_word_processor() {
    let core = "<cp:coreProperties><dc:title>Note of 3 May</dc:title></cp:coreProperties>";
    let document = read("a.docx", &docx(&[("[Content_Types].xml", ""), ("word/document.xml", BODY), ("docProps/core.xml", core)])).unwrap();
    assert_eq!(
        blocks(&document),
        [
            (Headline, "Market attacked"),
            (Paragraph, "Gunmen killed twelve people in Ansongo & fled; “nobody” claimed it."),
            (Item, "Three shops were burnt.")
        ]
    );
    assert_eq!(document.title.as_deref(), Some("Market attacked"));
}

#[test]
fn word_processor_files_that_cannot_be_read() {
    let whole = docx(&[("word/document.xml", BODY)]);
    let message = |bytes: &[u8]| read("a.docx", bytes).unwrap_err().to_string();
    assert!(message(&whole[..whole.len() / 2]).starts_with("a.docx: is damaged (DOCX: "));
    assert_eq!(message(&docx(&[("word/other.xml", "")])), "a.docx: is damaged (it has no part word/document.xml); fetch or save it again");
    assert!(message(&docx(&[("word/document.xml", "<w:p><w:t>Gunmen")])).starts_with("a.docx: "));
    assert!(message(&docx(&[("word/document.xml", &"<w:p>".repeat(10_000))])).contains("deeper than 256"));
    assert_eq!(message(&docx(&[("word/document.xml", "<w:p/>")])), "a.docx: holds no text; leave it out, or check that it was saved whole");
}

/// A PDF of one page with these lines in one of the fonts that every reader has.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut content = "BT /F1 12 Tf 14 TL 72 720 Td\n".to_owned();
    for line in lines {
        content.push_str(&format!("({line}) Tj T*\n"));
    }
    content.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut table = String::new();
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

#[test]
fn the_text_layer_of_a_pdf() {
    let lines = [
        "Gunmen on motorbikes attacked the market of Ansongo on Thursday afternoon and killed at",
        "least twelve people, the mayor said. Three shops were set on fire, and the army sent a pa-",
        "trol from Gao, which found the attackers gone. Nobody has claimed the attack.",
        "12",
    ];
    let document = read("a.pdf", &pdf(&lines)).unwrap();
    let words = document.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("and killed at least twelve people") && words.contains("sent a patrol from Gao"), "{words}");
    assert!(words.ends_with("claimed the attack."), "{words}");
    assert_eq!(blocks(&document).len(), 1);
}

#[test]
fn pdfs_that_cannot_be_read() {
    let message = |bytes: &[u8]| read("a.pdf", bytes).unwrap_err().to_string();
    assert_eq!(message(&pdf(&[])), "a.pdf: is PDF without a text layer; run character recognition over it");
    assert!(message(b"%PDF-1.7\nnothing").starts_with("a.pdf: is damaged (PDF: "));
}

#[test]
fn a_pdf_that_unpacks_to_too_much_is_refused() {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b' '; 20_000_000]).unwrap();
    let packed = encoder.finish().unwrap();
    let bomb = [&b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n"[..], &packed, b"\nendstream\nendobj\n"].concat();
    let options = griot_ingest::Options { limits: griot_ingest::Limits { bytes: 1_000_000, text: 1_000_000 }, ..Default::default() };
    let outcome = crate::support::reader(options).read_bytes("a.pdf", bomb).remove(0);
    assert_eq!(outcome.unwrap_err().to_string(), "a.pdf: is larger than 1000000 bytes; split it into smaller files");
}
