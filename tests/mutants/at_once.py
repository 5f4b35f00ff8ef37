"""All mutants of cargo-mutants in one program, each behind a switch: docs/mutation-testing.md.

cargo-mutants builds the program anew for each mutant, which takes ten times as long as the tests. Here
`cargo mutants --list --json` says what the mutants are; every function is written once for each of its
mutants, and the environment variable MUTANT chooses one when a test runs. What does not compile is left
out, as cargo-mutants would call it unviable.

    python3 tests/mutants/at_once.py FOLDER [--tests 'FILTER ...'] [--again]

FOLDER keeps the copy of the sources, its build and `outcomes.txt`.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SWITCH = """
/// Which mutant is on.
#[doc(hidden)]
pub mod mutant {
    static ON: std::sync::LazyLock<u32> =
        std::sync::LazyLock::new(|| std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0));

    /// Its number.
    pub fn on() -> u32 {
        *ON
    }
}
"""
# Texts and comments, in which braces and quotes are none of the code's.
QUIET = re.compile(r"""//[^\n]*|/\*.*?\*/|r#*".*?"#*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])'""", re.DOTALL)


def offset(text, place):
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1


def body(text, start, end):
    """The inside of a function's last braces."""
    quiet = QUIET.sub(lambda found: " " * len(found.group()), text[start:end])
    depth = 0
    for at in range(len(quiet) - 1, -1, -1):
        depth += {"}": 1, "{": -1}.get(quiet[at], 0)
        if depth == 0 and quiet[at] == "{":
            return start + at + 1, end - 1
    raise ValueError(f"no body in {text[start:end]}")


def rewrite(text, mutants):
    """The text with a copy of each function for each mutant, and the lines of each copy."""
    functions = {}
    for number, mutant in mutants:
        span = mutant["function"]["span"]
        functions.setdefault((offset(text, span["start"]), offset(text, span["end"])), []).append((number, mutant))
    parts, at, line, places = [], 0, 1, []

    def write(piece):
        nonlocal line
        parts.append(piece)
        line += piece.count("\n")

    for (start, end), own in sorted(functions.items()):
        first, last = body(text, start, end)
        write(text[at:first])
        write(" match crate::mutant::on() {\n")
        function = line
        for number, mutant in own:
            span = mutant["span"]
            one, other = offset(text, span["start"]), offset(text, span["end"])
            begin = line
            write(f"{number} => {{" + text[first:one] + mutant["replacement"] + text[other:last] + "}\n")
            places.append((begin, line - 1, [number]))
        write("_ => {" + text[first:last] + "}\n}")
        places.append((function, line, [number for number, _ in own]))
        write("\n}")
        at = end
    write(text[at:])
    return "".join(parts), places


def write_sources(folder, mutants, unviable):
    places = {}
    for file in sorted({mutant["file"] for _, mutant in mutants}):
        own = [m for m in mutants if m[1]["file"] == file and m[0] not in unviable]
        text, places[file] = rewrite((ROOT / file).read_text(), own)
        write(folder / file, text.encode())
    return places


def write(path, new):
    """Writes a file that is not the same already, so that the compiler need not look at it again."""
    if not path.exists() or path.read_bytes() != new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new)


def cargo(folder, *arguments):
    flags = {"RUSTFLAGS": "--cap-lints=allow", "CARGO_TARGET_DIR": str(folder / "target"), "CARGO_INCREMENTAL": "1"}
    command = ["cargo", *arguments, "--profile", "mutants", "--message-format", "json",
               "--config", "profile.mutants.package.comanage.opt-level=1"]
    return subprocess.run(command, cwd=folder, env=os.environ | flags, capture_output=True, text=True)


def refused(output, places):
    """The mutants in whose copies the compiler finds errors."""
    numbers = set()
    for line in output.splitlines():
        message = json.loads(line).get("message") if line.startswith("{") else None
        if not isinstance(message, dict) or message.get("level") != "error":
            continue
        for span in message["spans"]:
            around = [place for place in places.get(span["file_name"], []) if place[0] <= span["line_start"] <= place[1]]
            if span["is_primary"] and around:
                numbers.update(min(around, key=lambda place: place[1] - place[0])[2])
    return numbers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--tests")
    parser.add_argument("--again", action="store_true", help="leave out what was caught the last time")
    parser.add_argument("--timeout", type=float, default=20)
    given = parser.parse_args()
    config = tomllib.loads((ROOT / ".cargo/mutants.toml").read_text())["additional_cargo_test_args"]
    filters = given.tests.split() if given.tests else config[config.index("--") + 1:]

    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    listed = json.loads(subprocess.check_output(["cargo", "mutants", "--list", "--json"], cwd=ROOT))
    mutants = list(enumerate(listed, start=1))
    changed = {mutant["file"] for mutant in listed}
    files = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, text=True).split("\n")
    for file in files:
        if (ROOT / file).is_file() and file not in changed:
            write(folder / file, (ROOT / file).read_bytes() + (SWITCH.encode() if file == "src/lib.rs" else b""))

    unviable = set()
    while True:
        places = write_sources(folder, mutants, unviable)
        checked = cargo(folder, "check", "--lib")
        if checked.returncode == 0:
            break
        found = refused(checked.stdout, places)
        print(f"{len(found)} do not compile", flush=True)
        unviable |= found
        if not found:
            raise SystemExit(checked.stderr + checked.stdout[-5000:])
    built = cargo(folder, "test", "--test", "suite", "--no-run")
    messages = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
    binaries = [m["executable"] for m in messages if m.get("executable") and m["target"]["name"] == "suite"]
    if not binaries:
        raise SystemExit(built.stderr)

    def run(number):
        try:
            done = subprocess.run([binaries[0], *filters], cwd=folder, env=os.environ | {"MUTANT": str(number)},
                                  capture_output=True, timeout=given.timeout)
        except subprocess.TimeoutExpired:
            return "timeout"
        return "missed" if done.returncode == 0 else "caught"

    assert run(0) == "missed", "the tests fail without a mutant"
    last = folder / "outcomes.txt"
    caught = set()
    if given.again and last.exists():
        caught = {line.split(" ", 1)[1] for line in last.read_text().splitlines() if line.startswith("caught ")}
    counts = {}
    with last.open("w") as outcomes:
        for number, mutant in mutants:
            name = mutant["name"]
            outcome = "unviable" if number in unviable else "caught" if name in caught else run(number)
            counts[outcome] = counts.get(outcome, 0) + 1
            print(outcome, name, file=outcomes, flush=True)
    print(counts)


if __name__ == "__main__":
    main()
