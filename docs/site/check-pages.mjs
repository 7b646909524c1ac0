// Open the built site as readers do: three widths, light and dark. Fails on sideways overflow, on any
// console message, on any request that the site itself cannot answer, on pictures that do not load, on
// what axe-core finds, and if the search finds nothing.
//   node check-pages.mjs [FOLDER FOR SCREENSHOTS [PAGE...]]
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { base, built } from './pages.mjs';

const shots = process.argv[2];
const pages = process.argv.length > 3 ? process.argv.slice(3)
  : ['index', 'tutorial', 'methods', 'comparison', 'commands/chart'];
const host = 'http://site.localhost';
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const problems = [];
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
                '.svg': 'image/svg+xml', '.png': 'image/png' };

// Requests are answered from the folder, so that nothing has to listen and nothing else can answer.
function answer(route, name) {
  const url = new URL(route.request().url());
  const file = join(built, decodeURIComponent(url.pathname.slice(base.length)) || 'index.html');
  if (url.origin !== host || !url.pathname.startsWith(base) || !existsSync(file) || !statSync(file).isFile()) {
    problems.push(`${name}: asks for ${url}`);
    return route.abort();
  }
  return route.fulfill({ body: readFileSync(file), contentType: types[extname(file)] || 'text/plain' });
}

// Elements that stick out to the right and in nothing that scrolls.
function findOverflow() {
  const room = document.documentElement.clientWidth;
  const scrolls = (e) => e !== null && e !== document.body &&
    (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  const wide = [...document.querySelectorAll('body *')].filter((e) =>
    e.getBoundingClientRect().right > room + 0.5 && !e.closest('.visually-hidden, mjx-assistive-mml') &&
    !scrolls(e.parentElement) && getComputedStyle(e).visibility !== 'hidden');
  return { by: document.documentElement.scrollWidth - room,
           elements: wide.slice(0, 3).map((e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`) };
}

async function checkPage(context, page_name, width, colorScheme) {
  const name = `${page_name}, ${width} px, ${colorScheme}`;
  const page = await context.newPage();
  page.on('console', (message) => problems.push(`${name}: console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`${name}: error: ${error.message}`));
  await page.route('**/*', (route) => answer(route, name));
  await page.goto(`${host}${base}${page_name}.html`);
  await page.waitForFunction(() => document.querySelector('#app').__vue_app__ !== undefined);
  const overflow = await page.evaluate(findOverflow);
  if (overflow.by > 0 || overflow.elements.length > 0) {
    problems.push(`${name}: ${overflow.by} px too wide: ${overflow.elements.join('; ')}`);
  }
  const blank = await page.evaluate(() => [...document.images].filter((i) => i.naturalWidth === 0).map((i) => i.src));
  blank.forEach((src) => problems.push(`${name}: no picture at ${src}`));
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
    const file = `${page_name.replace(/\//g, '-')}-${width}-${colorScheme}.png`;
    await page.screenshot({ path: join(shots, file), fullPage: true });
  }
  await page.close();
}

async function checkSearch(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.route('**/*', (route) => answer(route, 'search'));
  await page.goto(`${host}${base}index.html`);
  await page.waitForFunction(() => document.querySelector('#app').__vue_app__ !== undefined);
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').fill('hot air');
  await page.waitForSelector('.VPLocalSearchBox .result', { timeout: 10000 })
    .catch(() => problems.push('search: nothing is found for "hot air"'));
  await page.close();
}

if (shots) {
  mkdirSync(shots, { recursive: true });
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'] });
const jobs = [];
for (const width of [360, 800, 1440]) {
  for (const colorScheme of ['light', 'dark']) {
    pages.forEach((page_name) => jobs.push({ page_name, width, colorScheme }));
  }
}
async function work() {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    const context = await browser.newContext({ viewport: { width: job.width, height: 900 },
                                               colorScheme: job.colorScheme });
    await checkPage(context, job.page_name, job.width, job.colorScheme);
    await context.close();
  }
}
await Promise.all([work(), work()]);
await checkSearch(browser);
await browser.close();
problems.sort().forEach((problem) => console.error(problem));
console.log(`${pages.length} pages at three widths, light and dark: ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
