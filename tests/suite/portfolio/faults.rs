//! What goes wrong on the way ends as `docs/portfolio.md` says: how the run ends, what is told, and
//! what is left in the folder.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::common::{all_files, comanage, temporary};

/// All that a run writes, with `--no-png`.
const ALL: usize = 6;

fn check(what: &str, table: &[u8], script: &str, exit: i32, told: &str, files: usize) {
    let folder = temporary(&format!("portfolio-fault-{}", what.replace(' ', "-")));
    let path = folder.join("t.csv");
    fs::write(&path, table).expect("it can be written");
    let out = folder.join("out");
    // The script finds the command and its arguments as its own.
    let mut run = std::process::Command::new("sh");
    run.args(["-c", script, env!("CARGO_BIN_EXE_comanage"), "portfolio", "scenarios/strong-team.toml"]);
    run.arg(&path).args(["--no-png", "--quiet", "--output"]).arg(&out);
    run.current_dir(comanage(&[]).get_current_dir().expect("it has one")).stdin(Stdio::null());
    let output = run.output().expect("there is a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(exit), "{what}: {said}");
    assert!(said.contains(told), "{what}: {said}");
    let left = if out.is_dir() { all_files(&out) } else { Vec::new() };
    assert_eq!(left.len(), files, "{what}: {left:?}");
    assert!(left.iter().all(|path| !path.to_string_lossy().contains(".comanage-")), "{what}: {left:?}");
    fs::remove_dir_all(folder).expect("it can be removed");
}

#[test]
fn a_run_ends_as_the_document_says() {
    let many: String = (0..2_000).map(|row| format!("client {row},{}\n", 20 + row % 300)).collect();
    let many = format!("id,organization.users\n{many}").into_bytes();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&many).expect("it is memory");
    let packed = packer.finish().expect("it is memory");
    let as_it_is = r#""$0" "$@""#;
    let rows_to_nobody = r#"{ "$0" "$@" --to -; echo "ended with $?" >&2; } | head -1 > /dev/null"#;
    let summary_to_nobody = r#"{ "$0" "$@"; echo "ended with $?" >&2; } | true"#;
    let heads = b"id,organization.users\n".to_vec();
    let table = |rest: &[u8]| [&heads, rest].concat();
    for (what, table, script, exit, told, files) in [
        ("rows to a full disk", &many, r#""$0" "$@" --to /dev/full"#, 3, "cannot write /dev/full", 0),
        ("rows printed to a full disk", &many, r#""$0" "$@" --to - > /dev/full"#, 3, "No space left", 0),
        ("a summary printed to a full disk", &many, r#""$0" "$@" > /dev/full"#, 3, "No space left", ALL),
        ("a reader of rows that goes away", &many, rows_to_nobody, 0, "ended with 0", 0),
        ("a reader of the summary that goes away", &many, summary_to_nobody, 0, "ended with 0", ALL),
        ("packed and cut off", &packed[..packed.len() / 2].to_vec(), as_it_is, 2, "is truncated", 0),
        ("no rows", &heads, as_it_is, 0, "", ALL - 1),
        ("no heads", &Vec::new(), as_it_is, 2, "is empty", 0),
        ("heads that are not text", &b"\xff,x\n".to_vec(), as_it_is, 2, "is not UTF-8", 0),
        ("a row without its end", &table(b"a,10\nb"), as_it_is, 0, "", ALL),
        ("quotes without their end", &table(b"a,10\n\"b,1"), as_it_is, 0, "", ALL),
    ] {
        check(what, table, script, exit, told, files);
    }
}
