//! Near-copies over a whole archive, once all of its shards are there.
//!
//! Sketches lie on the disk. Bands are looked at one after the other, so that what is held is one number for each report; reports that agree in a
//! band are compared by their shingles, which are read when they are needed.

use crate::rows::Sketch;
use crate::schema::{self, REPORTS};
use crate::table::Table;
use crate::{Error, Folder, io_at, put};
use griot_near as near;
use parquet::column::writer::ColumnCloseResult;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::file::writer::SerializedFileWriter;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// With so many earlier reports of one band a report is compared.
const COMPARED: usize = 8;
/// Reports between two looks at progress.
const BEAT: usize = 1000;
const NONE: u32 = u32::MAX;

/// Writes a shard's sketches: their number; of each band all values; where each report's shingles and names lie; these.
pub fn write(file: &mut File, sketches: &[Sketch]) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    let word = |n: usize| u32::try_from(n).map_err(io::Error::other).map(u32::to_le_bytes);
    out.write_all(&word(sketches.len())?)?;
    for band in 0..near::BANDS {
        for sketch in sketches {
            out.write_all(&sketch.bands[band].to_le_bytes())?;
        }
    }
    let mut at = 0;
    for sketch in sketches {
        out.write_all(&word(at)?)?;
        at += sketch.shingles.len();
    }
    out.write_all(&word(at)?)?;
    for shingle in sketches.iter().flat_map(|sketch| &sketch.shingles) {
        out.write_all(&shingle.to_le_bytes())?;
    }
    for name in sketches.iter().flat_map(|sketch| [&sketch.document, &sketch.report]) {
        out.write_all(&word(name.len())?)?;
        out.write_all(name.as_bytes())?;
    }
    out.flush()
}

/// The sketches of a run.
struct Sketches<'f> {
    folder: &'f Folder,
    /// The number of each shard's first report, and one past the last.
    first: Vec<u32>,
}

impl Sketches<'_> {
    fn open(folder: &Folder, shards: u32) -> Result<Sketches<'_>, Error> {
        let mut first = vec![0];
        for shard in 0..shards {
            let path = folder.work_file(shard, "sketches");
            let mut file = File::open(&path).map_err(io_at(&path))?;
            let count = word(&mut file).map_err(io_at(&path))?;
            first.push(first[shard as usize] + count);
        }
        Ok(Sketches { folder, first })
    }

    fn all(&self) -> u32 {
        self.first[self.first.len() - 1]
    }

    fn count(&self, shard: usize) -> u64 {
        u64::from(self.first[shard + 1] - self.first[shard])
    }

    fn file<T>(&self, shard: usize, read: impl FnOnce(BufReader<File>) -> io::Result<T>) -> Result<T, Error> {
        let path = self.folder.work_file(shard as u32, "sketches");
        File::open(&path).map(BufReader::new).and_then(read).map_err(io_at(&path))
    }

    /// The values of a band with the reports' numbers, in order of value and number.
    fn band(&self, band: usize) -> Result<Vec<(i64, u32)>, Error> {
        let mut values = Vec::with_capacity(self.all() as usize);
        for shard in 0..self.first.len() - 1 {
            let count = self.count(shard);
            self.file(shard, |mut file| {
                file.seek(SeekFrom::Start(4 + 8 * count * band as u64))?;
                for number in self.first[shard]..self.first[shard + 1] {
                    let mut bytes = [0; 8];
                    file.read_exact(&mut bytes)?;
                    values.push((i64::from_le_bytes(bytes), number));
                }
                Ok(())
            })?;
        }
        values.sort_unstable();
        Ok(values)
    }

    fn shingles(&self, number: u32) -> Result<Vec<u32>, Error> {
        let shard = self.first.partition_point(|&first| first <= number) - 1;
        let (count, at) = (self.count(shard), u64::from(number - self.first[shard]));
        self.file(shard, |mut file| {
            let index = 4 + 8 * count * near::BANDS as u64;
            file.seek(SeekFrom::Start(index + 4 * at))?;
            let (start, end) = (word(&mut file)?, word(&mut file)?);
            file.seek(SeekFrom::Start(index + 4 * (count + 1) + 4 * u64::from(start)))?;
            (start..end).map(|_| word(&mut file)).collect()
        })
    }

    /// The hash and the name of each report of a shard.
    fn names(&self, shard: usize) -> Result<Vec<(String, String)>, Error> {
        let count = self.count(shard);
        self.file(shard, |mut file| {
            let index = 4 + 8 * count * near::BANDS as u64;
            file.seek(SeekFrom::Start(index + 4 * count))?;
            let shingles = word(&mut file)?;
            file.seek(SeekFrom::Start(index + 4 * (count + 1) + 4 * u64::from(shingles)))?;
            (0..count).map(|_| Ok((name(&mut file)?, name(&mut file)?))).collect()
        })
    }
}

fn word(file: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn name(file: &mut impl Read) -> io::Result<String> {
    let length = word(file)?;
    let mut name = String::new();
    file.take(length.into()).read_to_string(&mut name)?;
    Ok(name)
}

/// Finds the near-copies and writes the reports' tables with what each is a copy of. How many there are.
pub fn mark(folder: &Folder, shards: u32, beat: &dyn Fn()) -> Result<u64, Error> {
    let sketches = Sketches::open(folder, shards)?;
    let originals = originals(&sketches, beat)?;
    let mut names: Vec<Option<(String, String)>> = vec![None; if originals.iter().any(|&n| n != NONE) { originals.len() } else { 0 }];
    let mut is_original = vec![false; names.len()];
    originals.iter().filter(|&&original| original != NONE).for_each(|&original| is_original[original as usize] = true);
    if !names.is_empty() {
        for shard in 0..shards as usize {
            for (number, name) in (sketches.first[shard]..).zip(sketches.names(shard)?) {
                if is_original[number as usize] {
                    names[number as usize] = Some(name);
                }
            }
        }
    }
    for shard in 0..shards {
        let mut table = Table::new(REPORTS);
        for &original in &originals[sketches.first[shard as usize] as usize..sketches.first[shard as usize + 1] as usize] {
            let name = if original == NONE { None } else { names[original as usize].as_ref() };
            table.text(name.map(|(document, _)| document.as_str()));
            table.text(name.map(|(_, report)| report.as_str()));
            table.end_row();
        }
        let (from, to) = (folder.work_file(shard, "parquet"), folder.table("reports", shard));
        put(&to, |file| finish(&from, file, &table).map_err(|error| Error::Table(to.clone(), error)))?;
        beat();
    }
    Ok(originals.iter().filter(|&&original| original != NONE).count() as u64)
}

/// For each report the number of the one that it is a copy of.
fn originals(sketches: &Sketches, beat: &dyn Fn()) -> Result<Vec<u32>, Error> {
    let mut original = vec![NONE; sketches.all() as usize];
    let mut looked = 0;
    for band in 0..near::BANDS {
        let values = sketches.band(band)?;
        for alike in values.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
            // A copy of a copy is found through what both are copies of.
            let mut heads: Vec<(u32, Vec<u32>)> = Vec::new();
            for &(_, number) in alike {
                looked += 1;
                if looked % BEAT == 0 {
                    beat();
                }
                if original[number as usize] != NONE {
                    continue;
                }
                let mine = sketches.shingles(number)?;
                match heads.iter().find(|(_, theirs)| near::share_sorted(&mine, theirs) >= near::COPIED) {
                    Some((head, _)) => original[number as usize] = *head,
                    None if heads.len() < COMPARED => heads.push((number, mine)),
                    None => {}
                }
            }
        }
    }
    // An original found in one band may be a copy found in a later one.
    for number in 0..original.len() {
        let head = original[number];
        if head != NONE && original[head as usize] != NONE {
            original[number] = original[head as usize];
        }
    }
    Ok(original)
}

/// Copies a table's columns as they lie, and writes the last ones anew.
fn finish(from: &Path, to: &mut File, last: &Table) -> parquet::errors::Result<()> {
    let bytes = File::open(from)?;
    let reader = SerializedFileReader::new(bytes.try_clone()?)?;
    let mut writer = SerializedFileWriter::new(to, schema::parse(REPORTS), schema::properties())?;
    for rows in reader.metadata().row_groups() {
        let mut group = writer.next_row_group()?;
        let kept = rows.num_columns() - 2;
        for column in &rows.columns()[..kept] {
            let close = ColumnCloseResult {
                bytes_written: column.compressed_size() as u64,
                rows_written: rows.num_rows() as u64,
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            group.append_column(&bytes, close)?;
        }
        for at in 0..2 {
            if let Some(mut column) = group.next_column()? {
                last.write_column(at, column.untyped())?;
                column.close()?;
            }
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}
