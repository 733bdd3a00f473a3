//! Compression of answers: what [`proxy::Encoding`] chose is done here.
//!
//! The levels are where the next one takes much longer for little less (docs/performance.md). A
//! large answer is compressed while it comes and never held for it; what others on this thread
//! wait for goes on in between.

use std::{
    io::{self, Cursor, Read as _, Write as _},
    mem,
};

use bytes::Bytes;
use flate2::write::GzEncoder;
use proxy::Encoding;
use tokio::{sync::OnceCell, task::yield_now};

const ZSTD_LEVEL: i32 = 2;
/// 512 KiB: what is alike in a list of people is near, and twice that costs memory for 0.2 %.
const ZSTD_WINDOW: u32 = 19;
const BROTLI_LEVEL: u32 = 1;
const BROTLI_WINDOW: u32 = 18;
const GZIP_LEVEL: u32 = 1;

/// So much at a time before others have their turn: a quarter of a millisecond and less.
const PIECE: usize = 64 * 1024;

/// Compresses what is fed to it piece by piece.
pub struct Packer(Form);

enum Form {
    Plain,
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
    Gzip(GzEncoder<Vec<u8>>),
}

impl Packer {
    /// What is fed to it comes out as it is.
    pub fn plain() -> Self {
        Self(Form::Plain)
    }

    /// `size` is that of all there will be, where it is known.
    pub fn new(encoding: Encoding, size: Option<usize>) -> io::Result<Self> {
        Ok(Self(match encoding {
            Encoding::Identity => Form::Plain,
            Encoding::Zstd => {
                let mut zstd = zstd::stream::write::Encoder::new(Vec::new(), ZSTD_LEVEL)?;
                zstd.window_log(ZSTD_WINDOW)?;
                // It takes less memory for less content.
                zstd.set_pledged_src_size(size.map(|size| size as u64))?;
                Form::Zstd(zstd)
            }
            Encoding::Brotli => Form::Brotli(Box::new(brotli::CompressorWriter::new(
                Vec::new(),
                PIECE,
                BROTLI_LEVEL,
                BROTLI_WINDOW,
            ))),
            Encoding::Gzip => {
                Form::Gzip(GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP_LEVEL)))
            }
        }))
    }

    /// What comes out of the next piece, which may be nothing yet.
    pub async fn feed(&mut self, bytes: Bytes) -> io::Result<Bytes> {
        if let Form::Plain = self.0 {
            return Ok(bytes);
        }
        for (number, piece) in bytes.chunks(PIECE).enumerate() {
            if number > 0 {
                yield_now().await;
            }
            match &mut self.0 {
                Form::Plain => {}
                Form::Zstd(zstd) => zstd.write_all(piece)?,
                Form::Brotli(brotli) => brotli.write_all(piece)?,
                Form::Gzip(gzip) => gzip.write_all(piece)?,
            }
        }
        Ok(match &mut self.0 {
            Form::Plain => Bytes::new(),
            Form::Zstd(zstd) => mem::take(zstd.get_mut()).into(),
            Form::Brotli(brotli) => mem::take(brotli.get_mut()).into(),
            Form::Gzip(gzip) => mem::take(gzip.get_mut()).into(),
        })
    }

    /// What comes out at the end.
    pub fn finish(self) -> io::Result<Bytes> {
        Ok(match self.0 {
            Form::Plain => Bytes::new(),
            Form::Zstd(zstd) => zstd.finish()?.into(),
            Form::Brotli(brotli) => brotli.into_inner().into(),
            Form::Gzip(gzip) => gzip.finish()?.into(),
        })
    }
}

/// The forms of one content, each made once for all who want it.
#[derive(Default)]
pub struct Forms {
    zstd: OnceCell<Bytes>,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
}

impl Forms {
    /// The form of `content` that is called for.
    pub async fn of(&self, content: &Bytes, encoding: Encoding) -> io::Result<Bytes> {
        let form = match encoding {
            Encoding::Identity => return Ok(content.clone()),
            Encoding::Zstd => &self.zstd,
            Encoding::Brotli => &self.brotli,
            Encoding::Gzip => &self.gzip,
        };
        form.get_or_try_init(|| pack(content, encoding)).await.cloned()
    }
}

/// The plain form of what is held as zstd, piece by piece as it is asked for.
pub struct Unpacked(zstd::stream::read::Decoder<'static, io::BufReader<Cursor<Bytes>>>);

impl Unpacked {
    pub fn new(packed: Bytes) -> io::Result<Self> {
        zstd::stream::read::Decoder::new(Cursor::new(packed)).map(Self)
    }
}

impl Iterator for Unpacked {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut piece = vec![0; PIECE];
        match self.0.read(&mut piece) {
            Ok(0) => None,
            Ok(length) => {
                piece.truncate(length);
                Some(Ok(piece.into()))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

async fn pack(content: &Bytes, encoding: Encoding) -> io::Result<Bytes> {
    let mut packer = Packer::new(encoding, Some(content.len()))?;
    let mut packed = Vec::from(packer.feed(content.clone()).await?);
    packed.extend_from_slice(&packer.finish()?);
    Ok(packed.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(encoding: Encoding, packed: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        match encoding {
            Encoding::Identity => plain.extend_from_slice(packed),
            Encoding::Zstd => zstd::stream::copy_decode(packed, &mut plain).unwrap(),
            Encoding::Brotli => {
                brotli::Decompressor::new(packed, PIECE).read_to_end(&mut plain).map(drop).unwrap();
            }
            Encoding::Gzip => {
                flate2::read::GzDecoder::new(packed).read_to_end(&mut plain).map(drop).unwrap();
            }
        }
        plain
    }

    #[tokio::test]
    async fn what_is_packed_is_the_same_again_whole_and_in_pieces() {
        let line = r#"{"user_id":"9b3ae8a1","name":"Zoë","max_risk_level":"high"},"#;
        let content = Bytes::from(line.repeat(40_000));
        for encoding in [Encoding::Zstd, Encoding::Brotli, Encoding::Gzip, Encoding::Identity] {
            let forms = Forms::default();
            let whole = forms.of(&content, encoding).await.unwrap();
            assert!(unpacked(encoding, &whole) == content, "{encoding:?}");
            assert!(encoding == Encoding::Identity || whole.len() < content.len() / 20);
            let again = forms.of(&content, encoding).await.unwrap();
            assert_eq!(again.as_ptr(), whole.as_ptr(), "it is made once");

            let mut packer = Packer::new(encoding, None).unwrap();
            let mut packed = Vec::new();
            for piece in content.chunks(100_000) {
                packed.extend_from_slice(&packer.feed(content.slice_ref(piece)).await.unwrap());
            }
            packed.extend_from_slice(&packer.finish().unwrap());
            assert!(unpacked(encoding, &packed) == content, "{encoding:?} in pieces");
        }
    }
}
