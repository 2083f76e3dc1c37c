//! The program as the job of a shell: stopped, and brought forward again.

use rustix::process::{Pid, kill_process};
use vt100::MouseProtocolMode;

use crate::pty::{Pty, Signal, command, example};

const CTRL_Z: &str = "\x1a";

/// A program that was started from the prompt of a shell.
struct Job {
    pty: Pty,
    prompts: usize,
}

impl Job {
    fn start() -> Self {
        let shell = command("/bin/sh").arg("-i").env("PS1", "shell> ").env("PROGRAM", example("session"));
        let mut job = Self { pty: Pty::start((60, 16), shell), prompts: 0 };
        job.wait_for_prompt();
        job.pty.send("\"$PROGRAM\"\n");
        job.pty.wait_for_text("started");
        job
    }

    /// Waits until the shell asks for a command once more: keys typed sooner would go to the program.
    fn wait_for_prompt(&mut self) {
        self.prompts += 1;
        let wanted = self.prompts;
        self.pty.wait_for(|screen| {
            let given_back = !screen.alternate_screen() && !screen.hide_cursor();
            let mouse_is_free = screen.mouse_protocol_mode() == MouseProtocolMode::None;
            given_back && mouse_is_free && screen.contents().matches("shell>").count() == wanted
        });
    }

    /// Has the shell do something, which shows that it has a terminal with lines and echo.
    fn use_shell(&mut self) {
        self.pty.send("echo us''able\n");
        self.pty.wait_for_text("echo us''able\nusable\n");
        self.wait_for_prompt();
    }

    fn bring_forward(&mut self) {
        self.pty.send("fg\n");
        self.pty.wait_for_text("continue");
        assert!(self.pty.screen().alternate_screen() && self.pty.screen().hide_cursor());
    }

    fn quit(mut self) {
        self.pty.send("q");
        self.wait_for_prompt();
        self.pty.send("exit\n");
        assert!(self.pty.exit_status().success());
    }
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_draws_everything_again() {
    let mut job = Job::start();
    job.pty.send(CTRL_Z);
    job.wait_for_prompt();
    job.use_shell();
    job.bring_forward();
    let shown = job.pty.screen().contents();
    assert!(
        shown.starts_with("60x16 process") && shown.ends_with("red\nstarted\nsuspend\ncontinue"),
        "{shown}"
    );
    job.quit();
}

#[test]
fn sigtstp_from_outside_is_as_ctrl_z() {
    let mut job = Job::start();
    let shown = job.pty.screen().contents();
    let number = shown.lines().next().and_then(|line| line.rsplit(' ').next()).unwrap();
    kill_process(Pid::from_raw(number.parse().unwrap()).unwrap(), Signal::TSTP).unwrap();
    job.wait_for_prompt();
    job.use_shell();
    job.bring_forward();
    job.quit();
}

#[test]
fn a_program_can_be_stopped_again_and_again() {
    let mut job = Job::start();
    for _ in 0..3 {
        job.pty.send(CTRL_Z);
        job.wait_for_prompt();
        job.bring_forward();
    }
    job.quit();
}

#[test]
fn the_mouse_is_the_shells_while_the_program_is_stopped_and_taken_again_after() {
    let mut job = Job::start();
    job.pty.send("m");
    job.pty.wait_for_text("key m");
    job.pty.send(CTRL_Z);
    job.wait_for_prompt();
    job.bring_forward();
    assert_ne!(job.pty.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    job.quit();
}
