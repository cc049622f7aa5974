//! Thumbnails of the PNG images below a directory: files are read eight at once, shrunk on all cores, written sixteen at once.
//!
//! Shows work for the processor (`workers`) between work for the disk (`in_flight`), buffers that bound what is in memory, and files
//! that cannot be used: they are counted and named, and end nothing. `--check` does it again in a loop and compares every byte.
//! `cargo run --release --example thumbnails -- FROM TO` or `-- --check [FROM]`, by default with images that it makes.

use std::{
    collections::BTreeMap,
    error::Error,
    ffi::OsString,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    thread::available_parallelism,
};

use pipeline_runtime::{BoxError, Pipeline, Rejected, pipeline};
use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};
use walkdir::WalkDir;

/// The longest side of a thumbnail, in pixels.
const SIDE: usize = 64;

pipeline! {
    /// Writes a thumbnail of every image below `from` to the directory `to`. Gives how many it wrote, and what is wrong with the others.
    fn thumbnails(from: PathBuf, to: PathBuf, workers: usize) -> Pipeline<(u64, Vec<String>)> {
        #[blocking]
        source images = images(&from);

        // at most 16 wait in memory to be shrunk, however many there are and however long that takes
        #[in_flight(8), buffer(16)]
        stage files = images.map(async |ref image| {
            let bytes = tokio::fs::read(&image.path).await.map_err(|error| image.fault(error))?;
            (image.clone(), bytes)
        }) else unreadable;

        #[workers(workers), buffer(16)]
        stage thumbs = files.map(|ref file| {
            let (image, bytes) = file;
            (to.join(&image.name), shrink(bytes).map_err(|error| image.fault(error))?)
        }) else unusable;

        #[in_flight(16)]
        sink written = thumbs.for_each(async |thumb| {
            let (path, bytes) = thumb;
            tokio::fs::write(path, bytes).await?
        });

        sink faults = merge(fault(unreadable), fault(unusable)).collect::<Vec<_>>();

        (written, faults)
    }
}

/// The same, one image after the other.
fn one_by_one(from: &Path, to: &Path) -> Result<(u64, Vec<String>), BoxError> {
    let (mut written, mut faults) = (0, Vec::new());
    for image in images(from) {
        let bytes = fs::read(&image.path).map_err(|error| image.fault(error));
        match bytes.and_then(|bytes| shrink(&bytes).map_err(|error| image.fault(error))) {
            Ok(bytes) => fs::write(to.join(&image.name), bytes).map(|()| written += 1)?,
            Err(fault) => faults.push(fault.to_string()),
        }
    }
    Ok((written, faults))
}

/// Why an item was rejected.
fn fault<T>(rejected: Rejected<T>) -> String {
    rejected.error().to_string()
}

/// Where an image is, and the name of its thumbnail.
#[derive(Clone)]
struct Image {
    path: PathBuf,
    name: String,
}

impl Image {
    fn fault(&self, error: impl Error) -> BoxError {
        format!("{}: {error}", self.path.display()).into()
    }
}

/// The images below `from`. Their thumbnails are numbered, since files in different directories may have the same name.
fn images(from: &Path) -> impl Iterator<Item = Image> {
    let entries = WalkDir::new(from).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let images = files.filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png")));
    images.enumerate().map(|(i, path)| Image { path, name: format!("{i:05}.png") })
}

/// A thumbnail of a PNG image: each of its pixels is the mean of a square of the image's.
fn shrink(image: &[u8]) -> Result<Vec<u8>, png::DecodingError> {
    let mut decoder = Decoder::new(Cursor::new(image));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(png::DecodingError::LimitsExceeded)?];
    let from = reader.next_frame(&mut pixels)?;

    let (width, height, channels) = (from.width as usize, from.height as usize, from.color_type.samples());
    let square = width.max(height).div_ceil(SIDE);
    let mut thumb = Vec::new();
    for y in (0..height).step_by(square) {
        for x in (0..width).step_by(square) {
            let (columns, rows) = (x..width.min(x + square), y..height.min(y + square));
            for channel in 0..channels {
                let row = |y: usize| columns.clone().map(move |x| y * from.line_size + x * channels + channel);
                let sum: usize = rows.clone().flat_map(row).map(|i| usize::from(pixels[i])).sum();
                thumb.push((sum / (columns.len() * rows.len())) as u8);
            }
        }
    }
    encode(&thumb, width.div_ceil(square), height.div_ceil(square), from.color_type).map_err(|error| match error {
        png::EncodingError::IoError(error) => error.into(),
        other => std::io::Error::other(other).into(),
    })
}

fn encode(pixels: &[u8], width: usize, height: usize, color: ColorType) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(bytes)
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let workers = available_parallelism()?.get();
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    match &args[..] {
        [check, from @ ..] if check == "--check" && from.len() < 2 => {
            let dir = tempfile::tempdir()?;
            let from = from.first().map_or_else(|| samples(dir.path()), |from| Ok(from.into()))?;
            check_against_loop(from, dir.path(), workers).await
        }
        [from, to] => {
            fs::create_dir_all(to)?;
            let (written, faults) = thumbnails(from.into(), to.into(), workers).run().await?;
            println!("{written} thumbnails, {} files that could not be used", faults.len());
            faults.iter().for_each(|fault| println!("  {fault}"));
            Ok(())
        }
        _ => Err("usage: thumbnails FROM TO, or thumbnails --check [FROM]".into()),
    }
}

/// Makes all thumbnails twice, and fails on any difference.
async fn check_against_loop(from: PathBuf, dir: &Path, workers: usize) -> Result<(), BoxError> {
    let (piped, looped) = (dir.join("piped"), dir.join("looped"));
    fs::create_dir(&piped)?;
    fs::create_dir(&looped)?;

    let (written, mut faults) = thumbnails(from.clone(), piped.clone(), workers).run().await?;
    let (expected, mut others) = one_by_one(&from, &looped)?;
    faults.sort();
    others.sort();
    if (written, &faults) != (expected, &others) || contents(&piped)? != contents(&looped)? {
        return Err(format!("{written} and {expected} thumbnails, or what is in them, differ").into());
    }
    println!("check: the same, {written} thumbnails, {} rejected", faults.len());
    Ok(())
}

/// What is in the files of a directory, by their names.
fn contents(dir: &Path) -> std::io::Result<BTreeMap<OsString, Vec<u8>>> {
    fs::read_dir(dir)?.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), fs::read(entry.path())?)))).collect()
}

/// Makes some images below `dir`, and two files that only say that they are images.
fn samples(dir: &Path) -> Result<PathBuf, BoxError> {
    let from = dir.join("samples");
    fs::create_dir(&from)?;
    for i in 1..=40 {
        let (width, height) = (97 * i % 640 + 1, 61 * i % 480 + 1);
        let pixels: Vec<u8> = (0..3 * width * height).map(|byte| (byte * i / 7) as u8).collect();
        fs::write(from.join(format!("{i}.png")), encode(&pixels, width, height, ColorType::Rgb)?)?;
    }
    fs::write(from.join("text.png"), "no image")?;
    fs::write(from.join("empty.png"), "")?;
    Ok(from)
}
