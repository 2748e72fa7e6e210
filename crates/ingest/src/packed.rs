//! Streams that may be packed: gzip and zstd, in one member or thousands, as web archives are.

use std::io::{self, BufRead, BufReader, Read};

/// A stream whose bytes are not yet looked at.
pub type Raw<'r> = Box<dyn Read + Send + 'r>;

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// A frame of zstd that holds a dictionary for all that follow: how web archives packed with zstd begin.
const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";
/// The largest dictionary that is taken.
const LARGEST_DICTIONARY: u64 = 64 << 20;
const BUFFER: usize = 64 << 10;
/// How much of a member is kept to look for the next one in, when it is damaged: damaged bytes may be unpacked far into what follows.
const KEPT: usize = 1 << 20;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    None,
    /// gzip.
    Gzip,
    /// zstd.
    Zstd,
}

impl Packing {
    /// Told from first bytes.
    pub fn tell(head: &[u8]) -> Packing {
        if head.starts_with(GZIP) {
            Packing::Gzip
        } else if head.starts_with(ZSTD) || head.starts_with(DICTIONARY) {
            Packing::Zstd
        } else {
            Packing::None
        }
    }

    fn magic(self) -> &'static [u8] {
        match self {
            Packing::None => &[],
            Packing::Gzip => GZIP,
            Packing::Zstd => ZSTD,
        }
    }
}

/// A buffered stream that knows how far it has been read, and can go back to where a member began.
pub struct Counted<'r> {
    inner: BufReader<Raw<'r>>,
    /// Bytes that were given back, and how many of them are taken again.
    front: Vec<u8>,
    passed: usize,
    /// The bytes since the last mark, while they are few enough to keep.
    kept: Vec<u8>,
    keeps: bool,
    at: u64,
}

impl<'r> Counted<'r> {
    fn new(stream: Raw<'r>) -> Counted<'r> {
        let inner = BufReader::with_capacity(BUFFER, stream);
        Counted { inner, front: Vec::new(), passed: 0, kept: Vec::new(), keeps: false, at: 0 }
    }

    /// Keeps from here on what is taken.
    fn mark(&mut self, keeps: bool) {
        self.kept.clear();
        self.keeps = keeps;
    }

    /// Gives back all that was taken since the mark but for its first byte; nothing where it was too much to keep.
    fn go_back(&mut self) {
        if self.keeps && !self.kept.is_empty() {
            let kept = std::mem::take(&mut self.kept);
            self.at -= kept.len() as u64 - 1;
            self.give_back(&kept[1..]);
        }
        self.mark(false);
    }

    fn give_back(&mut self, bytes: &[u8]) {
        let mut front = bytes.to_vec();
        front.extend_from_slice(&self.front[self.passed..]);
        (self.front, self.passed) = (front, 0);
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.passed < self.front.len() { Ok(&self.front[self.passed..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        let fronted = self.passed < self.front.len();
        if self.keeps {
            let bytes = if fronted { &self.front[self.passed..] } else { self.inner.buffer() };
            self.kept.extend_from_slice(&bytes[..amount]);
            self.keeps = self.kept.len() <= KEPT;
        }
        if fronted { self.passed += amount } else { self.inner.consume(amount) }
    }
}

enum Member<'r> {
    Plain(Counted<'r>),
    Gzip(Box<flate2::bufread::GzDecoder<Counted<'r>>>),
    Zstd(zstd::stream::read::Decoder<'static, Counted<'r>>),
}

impl<'r> Member<'r> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Member::Plain(input) => input.read(buffer),
            Member::Gzip(input) => input.read(buffer),
            Member::Zstd(input) => input.read(buffer),
        }
    }

    fn into_inner(self) -> Counted<'r> {
        match self {
            Member::Plain(input) => input,
            Member::Gzip(input) => input.into_inner(),
            Member::Zstd(input) => input.finish(),
        }
    }
}

/// What a stream holds once it is unpacked, member by member: of a packed web archive every record is a member of its own, so that damage to one
/// leaves the next ones whole.
///
/// As [`Read`] and [`BufRead`] it runs through all members; [`Unpacked::fill`] stops at each one's end.
pub struct Unpacked<'r> {
    member: Option<Member<'r>>,
    packing: Packing,
    dictionary: Vec<u8>,
    buffer: Vec<u8>,
    from: usize,
    /// What went wrong behind the bytes that are at hand.
    failed: Option<io::Error>,
    /// Whether the member under way is damaged: a zstd decoder that is asked again would go on in the midst of what it did not understand.
    damaged: bool,
    /// Where the member under way begins in the stream.
    start: u64,
    /// How many unpacked bytes were taken.
    taken: u64,
}

impl<'r> Unpacked<'r> {
    /// Begins on a stream.
    pub fn new(stream: Raw<'r>) -> io::Result<Unpacked<'r>> {
        let mut input = Counted::new(stream);
        let packing = Packing::tell(input.fill_buf()?);
        let dictionary = dictionary(&mut input)?;
        let mut unpacked =
            Unpacked { member: None, packing, dictionary, buffer: Vec::new(), from: 0, failed: None, damaged: false, start: 0, taken: 0 };
        unpacked.begin(input)?;
        Ok(unpacked)
    }

    /// How the stream is packed.
    pub fn packing(&self) -> Packing {
        self.packing
    }

    /// Where the next byte stands: in a packed stream where its member begins, else the byte itself.
    pub fn offset(&self) -> u64 {
        if self.packing == Packing::None { self.taken } else { self.start }
    }

    /// How many unpacked bytes were taken.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// How many bytes were pulled from the stream, into buffers too.
    pub fn pulled(&self) -> u64 {
        match &self.member {
            Some(Member::Plain(input)) => input.at + input.inner.buffer().len() as u64,
            _ => 0,
        }
    }

    fn begin(&mut self, mut input: Counted<'r>) -> io::Result<()> {
        (self.start, self.damaged) = (input.at, false);
        input.mark(self.packing != Packing::None);
        self.member = Some(match self.packing {
            Packing::None => Member::Plain(input),
            Packing::Gzip => Member::Gzip(Box::new(flate2::bufread::GzDecoder::new(input))),
            Packing::Zstd => Member::Zstd(zstd::stream::read::Decoder::with_dictionary(input, &self.dictionary)?.single_frame()),
        });
        Ok(())
    }

    /// The bytes of the member under way that are at hand; empty at its end.
    pub fn fill(&mut self) -> io::Result<&[u8]> {
        if self.from == self.buffer.len() {
            if let Some(error) = self.failed.take() {
                self.damaged = true;
                return Err(error);
            }
            if self.damaged {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let Some(member) = &mut self.member else { return Ok(&[]) };
            self.from = 0;
            self.buffer.resize(BUFFER, 0);
            let length = match member.read(&mut self.buffer) {
                Ok(length) => length,
                Err(error) => {
                    self.buffer.clear();
                    self.damaged = self.packing != Packing::None;
                    return Err(error);
                }
            };
            self.buffer.truncate(length);
        }
        Ok(&self.buffer[self.from..])
    }

    /// The first bytes, up to `length` of them and none of a second member, without taking them.
    pub fn peek(&mut self, length: usize) -> io::Result<&[u8]> {
        self.fill_buf()?;
        while self.buffer.len() - self.from < length {
            let held = self.buffer.len();
            let Some(member) = &mut self.member else { break };
            self.buffer.resize(held + BUFFER, 0);
            let outcome = member.read(&mut self.buffer[held..]);
            self.buffer.truncate(held + *outcome.as_ref().unwrap_or(&0));
            match outcome {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        let end = self.buffer.len().min(self.from + length);
        Ok(&self.buffer[self.from..end])
    }

    /// Takes bytes that [`Unpacked::fill`] gave.
    pub fn pass(&mut self, amount: usize) {
        self.from += amount;
        self.taken += amount as u64;
    }

    /// Gives bytes back that were taken last.
    pub fn give_back(&mut self, bytes: &[u8]) {
        self.taken -= bytes.len() as u64;
        let mut buffer = bytes.to_vec();
        buffer.extend_from_slice(&self.buffer[self.from..]);
        (self.buffer, self.from) = (buffer, 0);
    }

    /// Goes on to the next member, once one is at its end. Whether there is one.
    pub fn next_member(&mut self) -> io::Result<bool> {
        if self.packing == Packing::None {
            return Ok(false);
        }
        let Some(member) = self.member.take() else { return Ok(false) };
        let mut input = member.into_inner();
        // Some programs fill the last block with zeros.
        while input.fill_buf()?.first() == Some(&0) {
            input.consume(1);
        }
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.begin(input)?;
        Ok(true)
    }

    /// After damage inside a member: leaves it and looks for the start of another. Whether there is one.
    pub fn recover(&mut self) -> io::Result<bool> {
        self.buffer.clear();
        (self.from, self.failed) = (0, None);
        let magic = self.packing.magic();
        let Some(member) = self.member.take() else { return Ok(false) };
        if magic.is_empty() {
            return Ok(false);
        }
        let mut input = member.into_inner();
        input.go_back();
        // A decoder that failed at its first look has taken nothing: its own start is no other's.
        if input.at == self.start && !input.fill_buf()?.is_empty() {
            input.consume(1);
        }
        let mut met = 0;
        loop {
            let bytes = input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            let Some(at) = bytes.iter().position(|byte| {
                // Neither magic number has its first byte twice.
                met = if *byte == magic[met] { met + 1 } else { usize::from(*byte == magic[0]) };
                met == magic.len()
            }) else {
                let length = bytes.len();
                input.consume(length);
                continue;
            };
            input.consume(at + 1);
            input.at -= magic.len() as u64;
            input.give_back(magic);
            self.begin(input)?;
            return Ok(true);
        }
    }
}

/// The dictionary that a zstd stream begins with; empty for none.
fn dictionary(input: &mut Counted) -> io::Result<Vec<u8>> {
    if !input.fill_buf()?.starts_with(DICTIONARY) {
        return Ok(Vec::new());
    }
    let mut head = [0; 8];
    input.read_exact(&mut head)?;
    let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let mut bytes = Vec::new();
    input.take(length.min(LARGEST_DICTIONARY)).read_to_end(&mut bytes)?;
    if bytes.starts_with(ZSTD) {
        let mut unpacked = Vec::new();
        zstd::stream::read::Decoder::new(&bytes[..])?.take(LARGEST_DICTIONARY).read_to_end(&mut unpacked)?;
        return Ok(unpacked);
    }
    Ok(bytes)
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.fill()?.is_empty() {
            if !self.next_member()? {
                return Ok(&[]);
            }
        }
        Ok(&self.buffer[self.from..])
    }

    fn consume(&mut self, amount: usize) {
        self.pass(amount);
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let length = bytes.len().min(buffer.len());
        buffer[..length].copy_from_slice(&bytes[..length]);
        self.pass(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn all(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Unpacked::new(Box::new(bytes))?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn members_are_read_one_after_the_other() {
        let (a, b) = ("one ".repeat(50_000), "two ".repeat(50_000));
        let both = a.clone() + &b;
        assert_eq!(all(both.as_bytes()).unwrap(), both);
        assert_eq!(all(&[gzip(a.as_bytes()), gzip(b.as_bytes()), vec![0; 100]].concat()).unwrap(), both);
        let zstd = |text: &str| zstd::encode_all(text.as_bytes(), 1).unwrap();
        assert_eq!(all(&[zstd(&a), zstd(&b)].concat()).unwrap(), both);
        assert_eq!(all(b"").unwrap(), "");
    }

    #[test]
    fn a_dictionary_in_front_serves_all_frames() {
        let dictionary = b"Gunmen attacked the market of the town and killed people, the mayor said. ".repeat(20);
        let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 1, &dictionary).unwrap();
        encoder.write_all(b"Gunmen attacked the market of Gao.").unwrap();
        let frame = encoder.finish().unwrap();
        for held in [dictionary.clone(), zstd::encode_all(&dictionary[..], 1).unwrap()] {
            let mut file = [DICTIONARY, &(held.len() as u32).to_le_bytes()].concat();
            file.extend(held);
            file.extend(&frame);
            file.extend(&frame);
            assert_eq!(all(&file).unwrap(), "Gunmen attacked the market of Gao.".repeat(2));
        }
    }

    #[test]
    fn damage_costs_a_member_and_no_more() {
        let mut bytes = gzip("one ".repeat(5_000).as_bytes());
        let length = bytes.len();
        bytes[length / 2] ^= 0x55;
        bytes.extend(gzip(b"two"));
        let mut unpacked = Unpacked::new(Box::new(&bytes[..])).unwrap();
        while unpacked.fill().map(|bytes| bytes.len()).unwrap_or(0) > 0 {
            let length = unpacked.fill().unwrap().len();
            unpacked.pass(length);
        }
        assert!(unpacked.recover().unwrap());
        assert_eq!((unpacked.offset(), unpacked.fill().unwrap()), (length as u64, &b"two"[..]));
        assert!(all(&gzip(&"one ".repeat(50_000).into_bytes())[..100]).is_err());
    }
}
