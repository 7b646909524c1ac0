// Open a page from disk as readers do: three widths, light and dark. Fails on sideways overflow, on
// any console message, on any request for another file, on texts of a drawing that lie over one
// another or stick out of it, and on what axe-core finds.
//   node check-page.mjs PAGE.html [FOLDER FOR SCREENSHOTS]
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [page_file, shots] = process.argv.slice(2);
const url = pathToFileURL(resolve(page_file)).href;
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const problems = [];

// Runs in the page: what a reader of the drawings that are shown would stumble over.
function faultsOfDrawings() {
  const faults = [];
  for (const drawing of document.querySelectorAll('svg.stk')) {
    const frame = drawing.getBoundingClientRect();
    if (frame.width === 0) {
      continue; // the drawing for another width
    }
    const title = drawing.querySelector('title')?.textContent ?? drawing.getAttribute('aria-label');
    const texts = [...drawing.querySelectorAll('text')].map((e) => ({ text: e.textContent, box: e.getBoundingClientRect() }));
    texts.forEach(({ text, box }, i) => {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
        faults.push(`'${title}': '${text}' sticks out of the drawing`);
      }
      for (const other of texts.slice(i + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (wide > 2 && high > 4) { // boxes of lines of text have some air above and below
          faults.push(`'${title}': '${text}' and '${other.text}' lie over one another`);
        }
      }
    });
  }
  return faults;
}

async function check(browser, width, colorScheme) {
  const name = `${width} px, ${colorScheme}`;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.on('console', (message) => problems.push(`${name}: console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`${name}: error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) {
      problems.push(`${name}: asks for ${request.url()}`);
    }
  });
  await page.goto(url);
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  const overflow = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].filter(
      (e) => !e.closest('.scroll') && !e.closest('.skip') && e.getBoundingClientRect().right > room + 0.5);
    return { by: document.documentElement.scrollWidth - room,
             elements: wide.slice(0, 3).map((e) => `${e.tagName} ${e.className.baseVal ?? e.className} ${e.textContent.slice(0, 40)}`) };
  });
  if (overflow.by > 0 || overflow.elements.length > 0) {
    problems.push(`${name}: ${overflow.by} px too wide: ${overflow.elements.join('; ')}`);
  }
  for (const fault of await page.evaluate(faultsOfDrawings)) {
    problems.push(`${name}: ${fault}`);
  }
  await page.addScriptTag({ path: axe });
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const violation of result.violations) {
    const where = violation.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ');
    problems.push(`${name}: axe: ${violation.id}: ${violation.help} (${violation.nodes.length}: ${where})`);
  }
  if (result.passes.length < 10) {
    problems.push(`${name}: axe passed only ${result.passes.length} rules: did it run?`);
  }
  if (shots) {
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = false)));
    await page.screenshot({ path: join(shots, `${width}-${colorScheme}.png`), fullPage: true });
  }
  await context.close();
  return result.passes.length;
}

if (shots) {
  mkdirSync(shots, { recursive: true });
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'] });
for (const width of [360, 800, 1440]) {
  for (const colorScheme of ['light', 'dark']) {
    const passes = await check(browser, width, colorScheme);
    console.log(`${page_file}: ${width} px, ${colorScheme}: ${passes} rules of axe-core passed`);
  }
}
await browser.close();
for (const problem of problems) {
  console.error(problem);
}
process.exit(problems.length > 0 ? 1 : 0);
