//! What the page may do: nothing but show itself and run its own script.

use sha2::{Digest, Sha256};

/// The content security policy of a page with this script.
pub(super) fn policy(script: &str) -> String {
    let digest = base64(&Sha256::digest(script.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
}

/// The content security policy of a page without any script.
pub(super) fn without_script() -> &'static str {
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
}

/// Bytes in base 64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |bytes: &[u8]| {
        let number =
            (0..3).fold(0_usize, |number, place| number << 8 | usize::from(bytes.get(place).copied().unwrap_or(0)));
        let letter = move |place: usize| {
            if place > bytes.len() { '=' } else { char::from(LETTERS[number >> (18 - 6 * place) & 63]) }
        };
        (0..4).map(letter).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::base64;

    /// The examples of RFC 4648, section 10.
    #[test]
    fn bytes_in_base_64() {
        for (bytes, letters) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), letters);
        }
    }
}
