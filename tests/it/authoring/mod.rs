//! What an author uses: lessons to begin with, laid out, and watched while they are written; and a look at the surroundings.

mod doctor;
mod fmt;
mod new;
mod renew;
#[cfg(unix)]
mod watch;
