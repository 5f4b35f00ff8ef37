//! Writes what is shipped with the program about its parts: the licences of the crates in it, and a
//! list of them for other programs (an SBOM in the form of CycloneDX 1.5).
//!
//! It reads what `cargo metadata` prints from standard input and writes to the folder that is named.
//! Crates that only build or test the program are not in it. `.ci/dist` calls it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The package that is shipped.
const SHIPPED: &str = "comanage";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or("name the folder to write to")?;
    let metadata: Value = serde_json::from_reader(io::stdin())?;
    let parts = parts(&metadata)?;
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("THIRD-PARTY-NOTICES.txt"), notices(&parts)?)?;
    fs::write(folder.join("comanage.cdx.json"), serde_json::to_string_pretty(&bill(&parts))? + "\n")?;
    Ok(())
}

/// A crate that is in the program.
struct Part<'a> {
    name: &'a str,
    version: &'a str,
    /// Its licence, as its author states it.
    licence: &'a str,
    /// Whether it comes from elsewhere.
    is_foreign: bool,
    /// The folder of its sources.
    folder: &'a Path,
    /// The parts it needs, by id.
    needs: BTreeSet<&'a str>,
}

/// The crates that the shipped package needs to run, by id.
fn parts(metadata: &Value) -> Result<BTreeMap<&str, Part<'_>>, Box<dyn Error>> {
    let packages: BTreeMap<&str, &Value> =
        list(&metadata["packages"]).filter_map(|package| Some((package["id"].as_str()?, package))).collect();
    let needs: BTreeMap<&str, BTreeSet<&str>> = list(&metadata["resolve"]["nodes"])
        .filter_map(|node| {
            let is_run = |need: &&Value| list(&need["dep_kinds"]).any(|kind| kind["kind"].is_null());
            let ids = list(&node["deps"]).filter(is_run).filter_map(|need| need["pkg"].as_str());
            Some((node["id"].as_str()?, ids.collect()))
        })
        .collect();
    let is_shipped = |package: &&&Value| package["name"] == SHIPPED;
    let root = packages.values().find(is_shipped).and_then(|package| package["id"].as_str());
    let mut ahead = vec![root.ok_or("the shipped package is not there")?];
    let mut parts = BTreeMap::new();
    while let Some(id) = ahead.pop() {
        if parts.contains_key(id) {
            continue;
        }
        let package = packages.get(id).ok_or_else(|| format!("{id} is not among the packages"))?;
        let text = |key: &str| package[key].as_str().ok_or_else(|| format!("{id} does not state its {key}"));
        let needs = needs.get(id).cloned().unwrap_or_default();
        ahead.extend(&needs);
        let manifest = Path::new(text("manifest_path")?);
        let part = Part {
            name: text("name")?,
            version: text("version")?,
            licence: text("license")?,
            is_foreign: !package["source"].is_null(),
            folder: manifest.parent().ok_or("a manifest lies in a folder")?,
            needs,
        };
        parts.insert(id, part);
    }
    Ok(parts)
}

/// The entries of a list.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The licences: each text once, under the crates that bring it.
fn notices(parts: &BTreeMap<&str, Part<'_>>) -> io::Result<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut notices = String::from("The program contains these crates, each under the licence that it states.\n\n");
    for part in parts.values().filter(|part| part.is_foreign) {
        let name = format!("{} {}", part.name, part.version);
        notices.push_str(&format!("{name}: {}\n", part.licence));
        for text in licence_texts(part.folder)? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    for (text, names) in texts {
        notices.push_str(&format!("\n{}\n{}\n\n{}\n", "-".repeat(72), names.join(", "), text.trim_end()));
    }
    Ok(notices)
}

/// The licences that come with the sources of a crate.
fn licence_texts(folder: &Path) -> io::Result<Vec<String>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let is_licence = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        path.is_file()
            && ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
                .iter()
                .any(|start| name.starts_with(start))
    };
    paths
        .into_iter()
        .filter(is_licence)
        .map(|path| Ok(String::from_utf8_lossy(&fs::read(path)?).replace("\r\n", "\n")))
        .collect()
}

/// The list of parts for other programs.
fn bill(parts: &BTreeMap<&str, Part<'_>>) -> Value {
    let reference = |part: &Part<'_>| format!("pkg:cargo/{}@{}", part.name, part.version);
    let component = |part: &Part<'_>| {
        let kind = if part.name == SHIPPED { "application" } else { "library" };
        json!({
            "type": kind, "bom-ref": reference(part), "name": part.name, "version": part.version,
            "purl": reference(part), "licenses": [{ "expression": part.licence.replace('/', " OR ") }],
        })
    };
    let needs = |part: &Part<'_>| {
        let ids = part.needs.iter().filter_map(|id| parts.get(id));
        json!({ "ref": reference(part), "dependsOn": ids.map(reference).collect::<BTreeSet<String>>() })
    };
    let shipped = parts.values().find(|part| part.name == SHIPPED);
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": shipped.map(component) },
        "components": parts.values().filter(|part| part.name != SHIPPED).map(component).collect::<Vec<Value>>(),
        "dependencies": parts.values().map(needs).collect::<Vec<Value>>(),
    })
}
