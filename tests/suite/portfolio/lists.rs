//! Lists of clients as spreadsheets export them: read as they are, or with the one flag that is named.

use std::fs;
use std::process::Output;

use crate::common::{comanage, temporary};

const BASE: &str = "scenarios/two-seniors-or-hybrid.toml";

/// How a spreadsheet of some country writes a list.
struct Export {
    name: &'static str,
    separator: char,
    /// A rate of 74.50, a salary of 131500, and 1064 users.
    figures: [&'static str; 3],
    encoding: Text,
    /// The flag without which rows are rejected.
    flag: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum Text {
    Utf8,
    Utf8Marked,
    Utf16,
    Windows,
}

const US: [&str; 3] = ["74.50", "$131,500", "1,064"];
const DE: [&str; 3] = ["74,50", "131.500,00", "1.064"];
const CH: [&str; 3] = ["74.50", "131\u{2019}500.00", "1'064"];

/// Menu entries of Excel: CSV UTF-8, CSV, Text (tab delimited), Unicode Text, and the same by country.
const EXPORTS: [Export; 11] = [
    Export { name: "US, CSV UTF-8", separator: ',', figures: US, encoding: Text::Utf8Marked, flag: "" },
    Export { name: "US, CSV", separator: ',', figures: US, encoding: Text::Windows, flag: "--encoding=windows-1252" },
    Export { name: "US, tabs", separator: '\t', figures: US, encoding: Text::Windows, flag: "" },
    Export { name: "US, Unicode", separator: '\t', figures: US, encoding: Text::Utf16, flag: "" },
    Export { name: "US, no mark", separator: ',', figures: US, encoding: Text::Utf8, flag: "" },
    Export { name: "DE, CSV UTF-8", separator: ';', figures: DE, encoding: Text::Utf8Marked, flag: "--decimal=comma" },
    Export { name: "DE, CSV", separator: ';', figures: DE, encoding: Text::Windows, flag: "--decimal=comma" },
    Export { name: "DE, Unicode", separator: '\t', figures: DE, encoding: Text::Utf16, flag: "--decimal=comma" },
    Export { name: "CH, CSV UTF-8", separator: ';', figures: CH, encoding: Text::Utf8Marked, flag: "" },
    Export { name: "CH, CSV", separator: ';', figures: CH, encoding: Text::Windows, flag: "" },
    Export { name: "CH, Unicode", separator: '\t', figures: CH, encoding: Text::Utf16, flag: "" },
];

impl Export {
    /// The list, with a blank row and empty cells behind the last column, as spreadsheets leave them.
    fn bytes(&self) -> Vec<u8> {
        let [rate, salary, users] = self.figures;
        let header = ["ID", "Name", "Users", "offers.hybrid.per_user.rate", "team.\"IT manager\".salary", ""];
        let rows = [
            header,
            ["A1", "Müller & Söhne", "90", rate, salary, ""],
            ["", "", "", "", "", ""],
            ["A2", "Café Zürich", users, "", "", ""],
        ];
        let quoted = |cell: &str| match cell.contains([self.separator, '"']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_string(),
        };
        let line = |row: &[&str; 6]| row.map(quoted).join(&self.separator.to_string()) + "\r\n";
        let text: String = rows.iter().map(line).collect();
        match self.encoding {
            Text::Utf8 => text.into_bytes(),
            Text::Utf8Marked => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            Text::Utf16 => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            Text::Windows => text.chars().map(windows).collect(),
        }
    }
}

/// A letter in Windows-1252.
fn windows(letter: char) -> u8 {
    match letter {
        '\u{2019}' => 0x92,
        letter => u8::try_from(u32::from(letter)).expect("it is a letter of Western Europe"),
    }
}

fn run(folder: &std::path::Path, bytes: &[u8], flags: &[&str]) -> Output {
    let (table, out) = (folder.join("list.csv"), folder.join("out"));
    fs::write(&table, bytes).expect("it can be written");
    let (table, out) = (table.to_string_lossy().into_owned(), out.to_string_lossy().into_owned());
    let arguments = ["portfolio", BASE, &table, "--to", "-", "--no-png", "--output", &out];
    comanage(&[&arguments, flags].concat()).output().expect("the program starts")
}

#[test]
fn lists_of_spreadsheets_are_read() {
    let folder = temporary("portfolio-lists");
    let standard = "id,name,organization.users,offers.hybrid.per_user.rate,\"team.\"\"IT manager\"\".salary\"\n\
                    A1,Müller & Söhne,90,74.50,131500\nA2,Café Zürich,1064,,\n";
    let expected = run(&folder, standard.as_bytes(), &[]);
    let rows = String::from_utf8_lossy(&expected.stdout).into_owned();
    assert!(rows.starts_with("id,name,alternative,") && rows.contains("\nA2,Café Zürich,hybrid,"), "{rows}");
    for export in EXPORTS {
        let bytes = export.bytes();
        if !export.flag.is_empty() {
            let output = run(&folder, &bytes, &[]);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(said.contains(&export.flag.replace('=', " ")), "{}: {said}", export.name);
        }
        let flags: Vec<&str> = Some(export.flag).into_iter().filter(|flag| !flag.is_empty()).collect();
        let output = run(&folder, &bytes, &flags);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{}: {said}", export.name);
        assert_eq!(String::from_utf8_lossy(&output.stdout), rows, "{}: {said}", export.name);
    }
}

/// What is written does not depend on threads, and the first ones are those of all rows in order.
#[test]
fn the_first_by_saving_are_those_of_all() {
    let folder = temporary("portfolio-top");
    let list: String = (0..300).map(|row| format!("c{row},{}\n", 20 + row * 37 % 250)).collect();
    let list = format!("id,users\n{list}");
    let rows = |flags: &[&str]| {
        let output = run(&folder, list.as_bytes(), &[&["--best"], flags].concat());
        String::from_utf8(output.stdout).expect("rows are text")
    };
    let all = rows(&[]);
    let column = |row: &str, name: &str| {
        let place = all.lines().next().and_then(|header| header.split(',').position(|cell| cell == name));
        row.split(',').nth(place.expect("it is a column")).expect("it has a cell").to_string()
    };
    let cents = |row: &str| column(row, "saving").replace('.', "").parse::<i64>().expect("it is an amount");
    let mut sorted: Vec<&str> = all.lines().skip(1).collect();
    sorted.sort_by_key(|row| std::cmp::Reverse((column(row, "recommended") == "true").then(|| cents(row))));
    for jobs in ["1", "3"] {
        let top = rows(&["--sort", "saving", "--top", "20", "--jobs", jobs]);
        assert_eq!(top.lines().skip(1).collect::<Vec<_>>(), sorted[..20], "{jobs} threads");
    }
    assert_eq!(rows(&["--sort", "saving"]).lines().skip(1).collect::<Vec<_>>(), sorted);
}
