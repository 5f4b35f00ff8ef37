//! Tables of clients: rows and cells, whatever the blocks.

use std::io::{Cursor, Write};

use comanage_format::load::clients::{Clients, LONGEST_ROW, RowFault, split_rows};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::common::temporary;
use crate::random::Dice;

/// Every row of a table: its offset and its cells, or what is wrong with it.
fn rows(clients: &mut Clients, size: usize) -> Vec<(u64, Result<Vec<String>, RowFault>)> {
    let mut found = Vec::new();
    while let Some(block) = clients.blocks.next_block(size).expect("memory can be read") {
        for row in split_rows(&block) {
            let cells = row.cells().into_iter().map(String::from).collect();
            found.push((row.offset, row.fault().map_or(Ok(cells), Err)));
        }
    }
    found
}

fn of_bytes(bytes: &[u8]) -> Vec<(u64, Result<Vec<String>, RowFault>)> {
    let open =
        || Clients::of_stream("t.csv", Box::new(Cursor::new(bytes.to_vec())), false, None).expect("it can be opened");
    let found = rows(&mut open(), 1 << 16);
    assert_eq!(rows(&mut open(), 48), found, "blocks of any size have the same rows");
    found
}

fn cells_of(bytes: &[u8]) -> Vec<Vec<String>> {
    of_bytes(bytes).into_iter().map(|(_, row)| row.expect("a sound row")).collect()
}

fn random_cell(dice: &mut Dice) -> String {
    let many = match dice.below(40) {
        0 => 70_000,
        1..=8 => 0,
        _ => dice.below(12),
    };
    (0..many).map(|_| dice.one(&['a', '7', '.', ' ', 'é', '\u{1F600}', ',', '"', '\n', '\r', '%'])).collect()
}

/// What the `csv` crate writes is read as it was, and as it reads it itself.
#[test]
fn rows_are_what_was_written() {
    for seed in 0..150 {
        let mut dice = Dice::new(seed);
        let is_plain = dice.chance(40);
        let cell = |dice: &mut Dice| {
            let cell = random_cell(dice);
            if is_plain { cell.replace([',', '"', '\n', '\r'], "") } else { cell }
        };
        let width = dice.between(2, 6);
        let written: Vec<Vec<String>> =
            (0..dice.between(0, 60)).map(|_| (0..width).map(|_| cell(&mut dice)).collect()).collect();
        let style = dice.one(&[QuoteStyle::Necessary, QuoteStyle::Always]);
        let ends = dice.one(&[Terminator::CRLF, Terminator::Any(b'\n')]);
        let style = if is_plain { QuoteStyle::Necessary } else { style };
        let mut writer = WriterBuilder::new().quote_style(style).terminator(ends).from_writer(Vec::new());
        written.iter().for_each(|row| writer.write_record(row).expect("it is memory"));
        let mut bytes = writer.into_inner().expect("it is memory");
        if dice.chance(30) && bytes.ends_with(b"\n") {
            bytes.pop();
        }
        // Rows that say nothing are none, unless their cells stand in quotes.
        let is_blank = |row: &[String]| {
            !matches!(style, QuoteStyle::Always) && row.iter().all(|cell| cell.trim_matches(' ').is_empty())
        };
        let rows: Vec<Vec<String>> = written.iter().filter(|row| !is_blank(row)).cloned().collect();
        assert_eq!(cells_of(&bytes), rows, "seed {seed}");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let read: Vec<Vec<String>> =
            reader.records().map(|row| row.expect("a row").iter().map(String::from).collect()).collect();
        assert_eq!(read, written, "seed {seed}");
    }
}

#[test]
fn marks_ends_and_blank_lines_are_no_cells() {
    for text in [
        "\u{feff}id,x\r\na,1\r\nb,2",
        "id,x\na,1\nb,2\n",
        "\n\nid,x\n\n\r\na,1\n\nb,2\n\n",
        "\"id\",\"x\"\r\n\"a\",\"1\"\r\nb,2\r\n",
    ] {
        let mut clients = Clients::of_stream("t.csv", Box::new(Cursor::new(text.as_bytes().to_vec())), true, None)
            .expect("it can be opened");
        assert_eq!(clients.header.as_ref().expect("it has heads").cells, ["id", "x"], "{text:?}");
        let found: Vec<Vec<String>> =
            rows(&mut clients, 1 << 16).into_iter().map(|(_, row)| row.expect("sound")).collect();
        assert_eq!(found, [["a", "1"], ["b", "2"]], "{text:?}");
    }
}

/// What is wrong with a row costs that row alone.
#[test]
fn a_fault_costs_one_row() {
    let long = "x".repeat(LONGEST_ROW + 1);
    let whole = "y".repeat(LONGEST_ROW);
    let just = "y".repeat(LONGEST_ROW - 2);
    for (text, expected) in [
        (b"a,1\nb\xff,2\nc,3\n".to_vec(), vec!["a", "not text", "c"]),
        (b"a,1\n\"b,2\nc,3\n".to_vec(), vec!["a", "unclosed", "c"]),
        (b"a,1\n\"b,2\n\"c,3\n\"d,4".to_vec(), vec!["a", "b,2\nc", "unclosed"]),
        (format!("a,1\n{long},2\nc,3\n").into_bytes(), vec!["a", "too long", "c"]),
        (format!("a,1\n{just},2\nc,3\n").into_bytes(), vec!["a", just.as_str(), "c"]),
        (format!("a,1\n\"{long}\",2\nc,\"3\"\n").into_bytes(), vec!["a", "too long", "c"]),
        (format!("a,1\n\"b\n{long}\",2\nc,3\n").into_bytes(), vec!["a", "unclosed", "too long", "c"]),
        (format!("a,\"1\"\nb,{long}").into_bytes(), vec!["a", "too long"]),
        (format!("a,1\n\"{},2\nc,3\n", long.repeat(3)).into_bytes(), vec!["a", "too long", "c"]),
        (format!("{whole}\r\nc,3\n").into_bytes(), vec![whole.as_str(), "c"]),
        (b"".to_vec(), vec![]),
        (b"\n".to_vec(), vec![]),
    ] {
        let found: Vec<String> = of_bytes(&text)
            .into_iter()
            .map(|(_, row)| match row {
                Ok(cells) => cells[0].clone(),
                Err(RowFault::NotText) => "not text".into(),
                Err(RowFault::Unclosed) => "unclosed".into(),
                Err(RowFault::TooLong) => "too long".into(),
                Err(RowFault::Cells { .. }) => unreachable!("rows that are as they must be are not counted"),
            })
            .collect();
        let shown = String::from_utf8_lossy(&text[..text.len().min(60)]).into_owned();
        assert_eq!(found, expected, "{shown}");
    }
}

/// Offsets are places in the file, a byte order mark counted.
#[test]
fn offsets_are_places_in_the_file() {
    let text = "\u{feff}id,x\r\na,1\r\n\"b\n\",2\r\nc,3";
    let mut clients = Clients::of_stream("t.csv", Box::new(Cursor::new(text.as_bytes().to_vec())), true, None)
        .expect("it can be opened");
    let found: Vec<u64> = rows(&mut clients, 1 << 16).into_iter().map(|(offset, _)| offset).collect();
    assert_eq!(found, ["a,1", "\"b\n", "c,3"].map(|row| text.find(row).expect("it is there") as u64));
}

#[test]
fn packed_tables_are_unpacked() {
    let folder = temporary("portfolio-packed");
    let text: String = (0..5_000).map(|row| format!("client {row},{}\n", row * 7)).collect();
    let packed = |text: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).expect("it is memory");
        packer.finish().expect("it is memory")
    };
    // Several packed files in a row are one.
    let (one, two) = text.split_at(text.len() / 3);
    let path = folder.join("t.csv.gz");
    std::fs::write(&path, [packed(one), packed(two)].concat()).expect("it can be written");
    let mut clients = Clients::open(&path.to_string_lossy(), false, None, None).expect("it can be opened");
    assert_eq!(rows(&mut clients, 1 << 16), of_bytes(text.as_bytes()));
    std::fs::remove_dir_all(folder).expect("it can be removed");
}
