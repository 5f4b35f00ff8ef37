//! Values that are written as a word: an enum and its words, declared once.

/// A value that a scenario file writes as one of some words.
pub trait Choice: Sized {
    /// The words, in the order of the documents.
    const WORDS: &'static [&'static str];

    /// The value of a word; `None` if it is none of [`Self::WORDS`].
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose variants are words of the scenario format.
macro_rules! choice {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// The word for it in a scenario file.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl $crate::choice::Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use choice;
