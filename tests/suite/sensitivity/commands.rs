//! What the two commands print, write and refuse.

use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs the program in a folder of its own, in which the scenario is `t.toml`.
fn run(name: &str, args: &[&str]) -> (Output, PathBuf) {
    let folder = std::env::temp_dir().join(format!("comanage-turns-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let text = "schema = 1\nname = \"Tea & Co\"\ncurrency = \"USD\"\nterm_months = 1\n[organization]\nusers = 40\n\
                [services.desk]\nhours = \"mon-fri 09:00-17:00\"\n\
                [offers.each]\nname = \"Each\"\nper_user = 10\ncovers = \"all\"\n\
                [offers.flat]\nname = \"Flat\"\nmonthly = { Everything = 500 }\ncovers = \"all\"\n";
    std::fs::write(folder.join("t.toml"), text).expect("a file can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_comanage")).args(args).current_dir(&folder).output();
    (output.expect("the program runs"), folder)
}

#[test]
fn a_break_even_is_told_in_sentences_and_written_to_files() {
    let args =
        ["breakeven", "t.toml", "--vary", "organization.users", "--from", "40", "--to", "60", "--between", "each,flat"];
    let (output, folder) = run("breakeven", &args);
    let expected = "\
Tea & Co: break-even analysis
t.toml, totals of 1 month in USD

Users from 40 to 60, now 40 users. The cheapest that meets the targets: Each up to 50 users, Flat
from 51. There is one break-even point in this range.

Break-even points
  Up to 49 users, Each is cheaper than Flat; from 51, Flat is cheaper.

Totals just below and above each break-even
First Second Users  First Second Difference
                    total  total
-------------------------------------------
Each  Flat      49 490.00 500.00     -10.00
                51 510.00 500.00      10.00

Values that meet the targets
Alternative From To Meets   Coverage Work
                    targets          done
-----------------------------------------
Each          40 60 yes        99.0% n/a
Flat          40 60 yes        99.0% n/a

Equal totals
  Each and Flat: 50 users.
";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert_eq!(output.status.code(), Some(0));
    for ending in ["csv", "json", "md", "svg"] {
        let file = folder.join("output/t").join(format!("breakeven-organization.users.{ending}"));
        assert!(file.is_file(), "{}", file.display());
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

/// What the page about break-evens shows is what is printed.
#[test]
fn the_page_shows_what_is_printed() {
    let page = include_str!("../../../docs/break-even.md").replace("\r\n", "\n");
    let between = |opening: &str| {
        let from = page.find(opening).expect("it is there") + opening.len();
        page[from..from + page[from..].find("```").expect("it ends")].to_string()
    };
    let folder = std::env::temp_dir().join(format!("comanage-turns-{}-page", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("tea-house.toml"), between("```toml scenario\n")).expect("a file can be written");
    let shown = between("```text\n$ comanage ");
    let (line, printed) = shown.split_once('\n').expect("a command and what it prints");
    let output = Command::new(env!("CARGO_BIN_EXE_comanage")).args(line.split(' ')).current_dir(&folder).output();
    assert_eq!(String::from_utf8_lossy(&output.expect("the program runs").stdout), printed);
    for line in between("## Sweeps\n\n```text\n").lines() {
        let args = line.strip_prefix("$ comanage ").expect("a command").split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_comanage")).args(args).current_dir(&folder).output();
        assert!(output.expect("the program runs").status.success(), "{line}");
    }
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn a_sweep_is_told_in_tables() {
    let args = ["sweep", "t.toml", "--vary", "organization.users=40..65:10", "--no-png"];
    let (output, folder) = run("sweep", &args);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("Cheapest that meets the targets: Each up to 50 users, Flat from 60."), "{text}");
    let note = String::from_utf8_lossy(&output.stderr);
    assert!(note.contains("steps of 10 from 40 do not reach 65 exactly, so organization.users ends at 60"), "{note}");
    let csv = std::fs::read_to_string(folder.join("output/t/sweep-organization.users.csv")).expect("it is written");
    let expected = "organization.users,total.in_house,total.each,total.flat,coverage.in_house,work_done.in_house,\
                    meets_targets.in_house,coverage.each,work_done.each,meets_targets.each,coverage.flat,\
                    work_done.flat,meets_targets.flat,cheapest,recommended,crossed\n\
                    40,0.00,400.00,500.00,0,,false,0.99,,true,0.99,,true,each,each,\n\
                    50,0.00,500.00,500.00,0,,false,0.99,,true,0.99,,true,each,each,\n\
                    60,0.00,600.00,500.00,0,,false,0.99,,true,0.99,,true,flat,flat,flat < each\n";
    assert_eq!(csv, expected);
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}

#[test]
fn what_was_typed_wrong_ends_with_two() {
    let breakeven = |vary: &'static str, from: &'static str, to: &'static str| {
        vec!["breakeven", "t.toml", "--vary", vary, "--from", from, "--to", to]
    };
    let between = |pair: &'static str| {
        let mut args = breakeven("organization.users", "1", "9");
        args.extend(["--between", pair]);
        args
    };
    let cases = [
        (breakeven("organization.user", "1", "9"), "did you mean `organization.users`?"),
        (breakeven("organization.users", "9", "1"), "name the lower value first: from 1 to 9"),
        (between("each"), "write two ids with a comma between"),
        (between("each,each"), "both are `each`"),
        (between("each,flt"), "it has in_house, each, flat"),
        (
            vec!["sweep", "t.toml", "--vary", "organization.users=1..9"],
            "the path, the first value, the last and the step",
        ),
        (vec!["sweep", "t.toml", "--vary", "organization.users=1..9:0"], "write a step above zero"),
        (vec!["sweep", "t.toml", "--vary", "organization.users=1..9:20"], "a step that fits between"),
        (vec!["sweep", "t.toml", "--vary", "organization.users=1..20000:1"], "use larger steps"),
        (
            vec!["sweep", "t.toml", "--vary", "organization.users=1..9:1", "--vary", "organization.users=1..9:1"],
            "name another number",
        ),
        (vec!["breakeven", "none.toml", "--vary", "x", "--from", "1", "--to", "2"], "there is no file"),
    ];
    for (number, (args, advice)) in cases.iter().enumerate() {
        let (output, folder) = run(&format!("wrong-{number}"), args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.contains(advice), "{args:?}: {told}");
        assert!(output.stdout.is_empty() && !folder.join("output").exists(), "{args:?}");
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
}
