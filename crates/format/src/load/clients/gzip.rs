//! Compressed tables: gzip, any number of members after one another, and zeros behind them, as tapes
//! and some programs leave them.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::bufread::GzDecoder;

/// What is said of bytes behind the compressed data.
pub const TRAILING: &str = "bytes follow the compressed data";

/// The bytes of every member.
pub struct Unpacked<R> {
    /// The member that is read; none at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Unpacked<R> {
    /// Begins at the first member.
    pub fn new(packed: R) -> Self {
        Self { member: Some(GzDecoder::new(packed)) }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let many = member.read(buffer)?;
            if many > 0 || buffer.is_empty() {
                return Ok(many);
            }
            let packed = self.member.take().map(GzDecoder::into_inner);
            self.member = packed.map_or(Ok(None), next)?;
        }
        Ok(0)
    }
}

/// The member that follows; none if nothing or only zeros do.
fn next<R: BufRead>(mut packed: R) -> io::Result<Option<GzDecoder<R>>> {
    /// The first byte of a member.
    const MAGIC: u8 = 0x1f;
    let mut is_padded = false;
    loop {
        let ahead = match packed.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            ahead => ahead?,
        };
        match ahead.first() {
            None => return Ok(None),
            Some(&MAGIC) if !is_padded => return Ok(Some(GzDecoder::new(packed))),
            Some(0) => {
                let zeros = ahead.iter().take_while(|&&byte| byte == 0).count();
                is_padded = true;
                packed.consume(zeros);
            }
            Some(_) => return Err(io::Error::new(ErrorKind::InvalidData, TRAILING)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn unpacked(behind: &[u8]) -> io::Result<String> {
        let pack = |text: &str| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(text.as_bytes()).and_then(|()| packer.finish())
        };
        let packed = [pack("a,")?, pack("b")?, behind.to_vec()].concat();
        let mut text = String::new();
        Unpacked::new(&packed[..]).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn zeros_may_follow_and_nothing_else() {
        assert_eq!(unpacked(b"").expect("it is whole"), "a,b");
        assert_eq!(unpacked(&[0; 512]).expect("zeros are padding"), "a,b");
        assert_eq!(unpacked(b"x").expect_err("not gzip").to_string(), TRAILING);
        assert_eq!(unpacked(b"\0x").expect_err("not gzip").to_string(), TRAILING);
    }
}
