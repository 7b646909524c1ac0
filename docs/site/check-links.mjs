// Follow every link of the built site: pages, files and pictures must be there, and so must the place that an
// anchor names. There is no network: of a link to elsewhere only the form is checked.
//   node check-links.mjs
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'parse5';
import { base, built } from './pages.mjs';

const attributes = ['href', 'src', 'srcset'];
const problems = [];
let count = 0;

function walk(node, visit) {
  visit(node);
  (node.childNodes || []).forEach((child) => walk(child, visit));
  if (node.content) {
    walk(node.content, visit);
  }
}

function read(file) {
  const page = { links: [], places: new Set(['']) };
  walk(parse(readFileSync(file, 'utf8')), (node) => {
    for (const { name, value } of node.attrs || []) {
      if (name === 'id') {
        page.places.add(value);
      } else if (attributes.includes(name) && node.tagName !== 'use') {
        page.links.push(value);
      }
    }
  });
  return page;
}

// links of the explorer are states of it, which its own tests follow
const files = readdirSync(built, { recursive: true })
  .filter((f) => f.endsWith('.html') && !f.startsWith('explorer/')).map((f) => join(built, f));
const pages = new Map(files.map((file) => [file, read(file)]));

function checkOutside(link, say) {
  let url;
  try {
    url = new URL(link);
  } catch {
    return say('is no address');
  }
  const web = ['http:', 'https:'].includes(url.protocol);
  if (!web && !['mailto:', 'data:'].includes(url.protocol)) {
    return say(`has the scheme ${url.protocol}`);
  }
  return web && (!url.hostname.includes('.') || /[\s<>"]|\)$/.test(link)) ? say('is no web address') : undefined;
}

function checkInside(file, link, say) {
  const url = new URL(link, `http://site${base}${relative(built, file)}`);
  const path = decodeURIComponent(url.pathname);
  if (!path.startsWith(base)) {
    return say(`is not under ${base}`);
  }
  let target = join(built, path.slice(base.length));
  if (existsSync(target) && statSync(target).isDirectory()) {
    target = join(target, 'index.html');
  }
  if (!existsSync(target)) {
    return say('leads nowhere');
  }
  const place = decodeURIComponent(url.hash.slice(1));
  return pages.has(target) && !pages.get(target).places.has(place) ? say('names no place of its page') : undefined;
}

for (const [file, page] of pages) {
  for (const link of new Set(page.links)) {
    const say = (what) => problems.push(`${relative(built, file)}: '${link}' ${what}`);
    count += 1;
    if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) {
      checkOutside(link, say);
    } else {
      checkInside(file, link, say);
    }
  }
}
problems.forEach((problem) => console.error(problem));
console.log(`${count} links of ${pages.size} pages, ${problems.length} problems`);
process.exit(problems.length > 0 || count === 0 ? 1 : 0);
