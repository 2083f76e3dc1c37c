//! What an author uses: lessons to begin with, laid out, and watched while they are written.

mod fmt;
mod new;
