// Changes inputs in the reports that comanage writes, in a browser, and tells what the page says of each setting.
//
//   node tests/browser/settings.mjs SETTINGS report.html [report.html ...]
//
// Each setting is a line of JSON: the page, the command that the page names, and what it shows; null where it shows no
// figure. Settings are spread over the pages, and the same on every run. Nothing is asked of the network.
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { FLAGS } from "./flags.mjs";

// The same numbers on every run: a generator of 32 bits (mulberry32).
let state = 2027;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
const below = (count) => Math.floor(random() * count);

// Moves some sliders: one, two or three of them, or all. A third of the values is typed and need not lie on a step.
const moves = (sliders) => {
  const many = [1, 2, 3, sliders.length][below(4)];
  const all = [...sliders.keys()].sort(() => random() - 0.5).slice(0, many);
  return all.map((at) => {
    const { min, max, step } = sliders[at];
    const isTyped = random() < 1 / 3;
    const units = isTyped ? min + below(max - min + 1) : min + step * below((max - min) / step + 1);
    return { at, units, isTyped };
  });
};

// Works in the page: makes the moves, and reads off what it says and how long the last of them took.
const setAndRead = (moves) => {
  const board = document.getElementById("what-if-board");
  const data = JSON.parse(document.getElementById("what-if-data").textContent);
  board.querySelectorAll(".command button")[1].click();
  let took = 0;
  for (const { at, units, isTyped } of moves) {
    const [range, box] = board.querySelectorAll(".slider")[at].querySelectorAll("input");
    const { digits, kind } = data.sliders[at];
    const places = kind === "share" ? digits - 2 : digits;
    const text = String(units).padStart(places + 1, "0");
    if (isTyped) box.value = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
    else range.value = units;
    const from = performance.now();
    (isTyped ? box : range).dispatchEvent(new Event("input"));
    board.getBoundingClientRect();
    took = Math.max(took, performance.now() - from);
  }
  const heads = [...board.querySelectorAll("thead th")].map((head) => head.textContent);
  const row = (row) => Object.fromEntries([...row.cells].map((cell, at) => [heads[at], cell.textContent]));
  const marked = [...board.querySelectorAll("tbody tr")].map((row) => row.querySelector(".mark")?.textContent ?? "");
  return {
    command: board.querySelector(".command code").textContent,
    rows: board.classList.contains("outside") ? null : [...board.querySelectorAll("tbody tr")].map(row),
    marked,
    verdict: board.querySelector(".verdict").textContent,
    took,
  };
};

const [settings, ...paths] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
try {
  for (const [number, path] of paths.entries()) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => { throw error; });
    await page.goto(pathToFileURL(path).href);
    const sliders = await page.evaluate(() => JSON.parse(document.getElementById("what-if-data").textContent).sliders);
    const own = Math.floor((number + 1) * settings / paths.length) - Math.floor(number * settings / paths.length);
    for (let time = 0; time < own; time += 1) {
      const shown = await page.evaluate(setAndRead, moves(sliders));
      console.log(JSON.stringify({ page: path, ...shown }));
    }
    await page.close();
  }
} finally {
  await browser.close();
}
