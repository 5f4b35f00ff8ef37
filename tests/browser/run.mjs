// Opens the documents that comanage writes, in a browser, and uses them as a reader would.
//
//   node tests/browser/run.mjs report.html [report.html ...]
//
// Each check is a function; what fails is told and the rest goes on. Nothing is asked of the network.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { mkdtempSync, rmSync } from "node:fs";
import { chromium } from "playwright-core";
import { FLAGS } from "./flags.mjs";

const WIDTHS = [360, 1440];
const SCHEMES = ["light", "dark"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let failed = 0;
const expect = (holds, what) => {
  if (!holds) {
    failed += 1;
    console.log(`  failed: ${what}`);
  }
};

// The text of cells of a column, in the order they stand.
const column = (table, index) => table.evaluate(
  (table, index) => [...table.tBodies[0].rows].map((row) => row.cells[index].dataset.value ?? row.cells[index].textContent),
  index,
);

// How long the page takes to open, and what it says on the console.
// On a busy machine the quickest of three counts.
async function opens(page, said) {
  let took = Infinity;
  for (let time = 0; time < 3 && took >= 1000; time += 1) {
    if (time > 0) await page.reload();
    took = Math.min(took, await page.evaluate(() => performance.getEntriesByType("navigation")[0].duration));
  }
  expect(took < 1000, `it opens in ${Math.round(took)} ms`);
  expect(said.length === 0, `the console says ${said.join("; ")}`);
}

async function fits(page, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide <= width, `the page is ${wide} pixels wide of ${width}`);
  const charts = await page.evaluate(() => [...document.querySelectorAll(".plot svg")].filter((svg) => svg.checkVisibility())
    .every((svg) => svg.getBoundingClientRect().width > 300));
  expect(charts, "charts are wide enough to be read");
}

async function isAccessible(page, scheme) {
  await page.evaluate(axe);
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of result.violations) {
    const where = violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join("\n    ");
    expect(false, `axe in ${scheme}: ${violation.id}, ${violation.nodes.length} times: ${violation.help}\n    ${where}`);
  }
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = false; }));
}

// The keyboard goes from the top to the bottom, and what it stops at can be seen.
async function tabs(page) {
  const stops = [];
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const node = document.activeElement;
      if (node === document.body) return null;
      const all = [...document.querySelectorAll("*")];
      const box = node.getBoundingClientRect();
      return { at: all.indexOf(node), name: node.textContent.trim().slice(0, 40), seen: box.width > 0 && box.height > 0 };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  expect(stops[0]?.name === "Skip to the content", `the first stop is ${stops[0]?.name}`);
  expect(stops.every((stop, index) => index === 0 || stop.at > stops[index - 1].at), "stops follow the page");
  expect(stops.every((stop) => stop.seen), "every stop can be seen");
  expect(await page.evaluate(() => document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").length) === 0,
    "nothing jumps the line");
}

async function sorts(page) {
  const table = page.locator("table[data-sortable]").first();
  const head = table.locator("thead th").nth(2);
  const given = await column(table, 2);
  const numbers = given.map(Number);
  const rising = [...numbers].sort((a, b) => a - b);
  const press = async () => {
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    return [(await column(table, 2)).map(Number), await head.getAttribute("aria-sort")];
  };
  const same = (a, b) => a.join() === b.join();
  expect(await head.getAttribute("aria-sort") === "none", "a table begins unsorted");
  let [now, order] = await press();
  expect(same(now, rising) && order === "ascending", `first press: ${now}, ${order}`);
  [now, order] = await press();
  expect(same(now, [...rising].reverse()) && order === "descending", `second press: ${now}, ${order}`);
  [now, order] = await press();
  expect(same(now, numbers) && order === "none", `third press: ${now}, ${order}`);
}

async function chooses(page) {
  const boxes = page.locator("#choose input");
  const number = await boxes.count();
  expect(number > 1, "alternatives can be chosen");
  const shown = () => page.evaluate(() => ({
    rows: document.querySelector("table[data-by=rows]").querySelectorAll("tbody tr:not([hidden])").length,
    columns: [...document.querySelector("table[data-by=columns]").rows[0].cells].filter((cell) => !cell.hidden).length,
    away: document.querySelector("figure[data-by]").querySelectorAll("g.away").length,
  }));
  const before = await shown();
  await boxes.nth(1).uncheck();
  const after = await shown();
  expect(after.rows === before.rows - 1 && after.columns === before.columns - 1 && after.away > 0,
    `one less is shown: ${JSON.stringify([before, after])}`);
  await boxes.nth(1).check();
  expect(JSON.stringify(await shown()) === JSON.stringify(before), "and all again");
}

async function readsOff(page) {
  const figure = page.locator("figure:has(g[data-along])").first();
  const slider = figure.locator("input[type=range]");
  await slider.focus();
  await page.keyboard.press("Home");
  const first = await figure.locator(".readout dd").allTextContents();
  await page.keyboard.press("ArrowRight");
  const second = await figure.locator(".readout dd").allTextContents();
  const table = await figure.locator("table").evaluate((table) => [0, 1].map((row) =>
    [...table.tBodies[0].rows[row].cells].slice(1).map((cell) => cell.textContent)));
  expect(JSON.stringify([first, second]) === JSON.stringify(table), "a month's figures are those of the table");
  await figure.locator("svg").scrollIntoViewIfNeeded();
  const box = await figure.locator("svg").boundingBox();
  await page.mouse.move(box.x + box.width * .4, box.y + box.height * .6);
  expect(Number(await slider.inputValue()) > 1, "pointing at the chart chooses a month");
  const bars = page.locator("figure:has(g[data-of]):not(:has(g[data-along])) select").first();
  await bars.selectOption({ index: 1 });
}

async function looksUp(page) {
  await page.locator("#ledger-month").fill("2");
  const sum = await page.locator("#ledger tbody").evaluate((body) => {
    const cents = (row) => BigInt(row.cells[row.cells.length - 1].textContent.replace(/[,.]/g, ""));
    const rows = [...body.rows];
    return rows.slice(0, -1).reduce((sum, row) => sum + cents(row), 0n) === cents(rows[rows.length - 1]);
  });
  expect(sum, "the lines of a month add up");
  const caption = await page.locator("#ledger caption").textContent();
  expect(caption.includes("month 2"), `the caption says ${caption}`);
}

// Inputs can be changed by slider and by number; what the page cannot work out it says and shows no figure of.
async function changes(page) {
  const board = page.locator("#what-if-board");
  const field = (name) => board.locator(".slider", { has: page.locator("label", { hasText: name }) }).first();
  const line = () => board.locator(".command code").textContent();
  const totals = () => board.locator("tbody td:nth-child(2)").allTextContents();
  const given = await totals();
  const compared = (await column(page.locator("table[data-by=rows]").first(), 3)).map(Number);
  expect(given.length > 1 && given.map((total) => Number(total.replaceAll(",", ""))).join() === compared.join(),
    `totals are ${given}, those of the comparison ${compared}`);
  const users = field("Users");
  await users.locator("input[type=range]").focus();
  await page.keyboard.press("ArrowRight");
  const typed = await users.locator(".box input").inputValue();
  expect((await line()).endsWith(`--set organization.users=${typed}`), `the command is ${await line()}`);
  expect((await totals()).join() !== given.join(), "another number of users costs something else");
  await users.locator(".box input").fill("1000000");
  expect(await board.locator("table").isHidden() && await board.locator(".bars").isHidden(), "no figure is shown beyond the ends");
  expect((await board.locator(".verdict").textContent()).includes("outside"), "the page says so");
  expect((await line()).endsWith("--set organization.users=1000000"), "and names the command");
  await isAccessible(page, "a setting outside");
  await board.getByRole("button", { name: "Copy as --set" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText()) === await line(), "the command is copied");
  await board.getByRole("button", { name: "Reset all" }).click();
  expect((await totals()).join() === given.join(), "everything is as in the file again");
}

// On paper: nothing is wider than the page, no chart is cut.
async function prints(page, folder) {
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ path: join(folder, `${format}.pdf`), format, printBackground: true });
    expect(pdf.subarray(0, 5).toString() === "%PDF-", `${format} is written`);
  }
  await page.emulateMedia({ media: "print" });
  // A4 less its margins, at 96 pixels an inch.
  await page.setViewportSize({ width: Math.floor((210 - 26) / 25.4 * 96), height: Math.floor((297 - 30) / 25.4 * 96) });
  const cut = await page.evaluate((height) => [...document.querySelectorAll(".plot")].filter((plot) => plot.checkVisibility())
    .filter((plot) => plot.getBoundingClientRect().height > height || getComputedStyle(plot).breakInside !== "avoid").length, 1009);
  expect(cut === 0, `${cut} charts are cut`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide <= 0, `print is ${wide} pixels too wide`);
  await page.emulateMedia({ media: "screen" });
}

// Without script the document is all there.
async function readsWithoutScript(browser, address) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  expect(await page.locator("h2").count() > 5, "sections are there without script");
  expect(await page.locator("table").count() > 10, "tables are there without script");
  expect(await page.locator("button, input, select").count() === 0, "nothing is offered that does nothing");
  await context.close();
}

const folder = mkdtempSync(join(tmpdir(), "comanage-browser-"));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
try {
  for (const path of process.argv.slice(2)) {
    console.log(path);
    const address = pathToFileURL(path).href;
    for (const colorScheme of SCHEMES) {
      for (const width of WIDTHS) {
        const permissions = ["clipboard-read", "clipboard-write"];
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, permissions });
        const said = [];
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(error.message));
        page.on("request", (request) => { if (!request.url().startsWith("file:")) said.push(request.url()); });
        await page.goto(address);
        await opens(page, said);
        await fits(page, width);
        // A scheme changes colours alone, whatever the width.
        if (colorScheme === "light" || width === 1440) await isAccessible(page, `${colorScheme}, ${width} pixels`);
        if (colorScheme === "light" && width === 1440) {
          await page.reload();
          for (const check of [tabs, sorts, chooses, readsOff, looksUp, changes]) await check(page);
          await prints(page, folder);
        }
        expect(said.length === 0, `the console says ${said.join("; ")}`);
        await page.close();
      }
    }
    await readsWithoutScript(browser, address);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(failed === 0 ? "all checks passed" : `${failed} checks failed`);
process.exit(failed === 0 ? 0 : 1);
