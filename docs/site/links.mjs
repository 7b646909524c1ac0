// Links as they are in the project's files, which a code host follows too, to links of the site.
import { existsSync, statSync, copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { allPages, base, built, root } from './pages.mjs';

const pages = allPages();
const pageOfSource = new Map(pages.map((p) => [p.source, p.page]));
const sourceOfPage = new Map(pages.map((p) => [`${p.page}.md`, p.source]));
const files = new Set();

function absolute(href) {
  return /^([a-z][a-z0-9+.-]*:|\/|#)/i.test(href);
}

function rewrite(token, source) {
  const href = token.attrGet('href');
  if (href === null || absolute(href)) {
    return;
  }
  const [path, anchor] = href.split('#');
  const target = posix.normalize(posix.join(posix.dirname(source), path));
  if (target.startsWith('..') || !existsSync(join(root, target)) ||
      statSync(join(root, target)).isDirectory()) {
    throw new Error(`${source}: '${href}' is no file of the project`);
  }
  if (pageOfSource.has(target)) {
    token.attrSet('href', `/${pageOfSource.get(target)}${anchor === undefined ? '' : `#${anchor}`}`);
    return;
  }
  files.add(target);
  token.attrSet('href', `${base}files/${target}`);
  token.attrSet('target', '_self'); // a file, not a page of the site
}

/** markdown-it: pages link to pages, and to copies of the project's other files. */
export function links(md) {
  md.core.ruler.push('project-links', (state) => {
    const source = sourceOfPage.get(state.env.relativePath);
    if (source === undefined || source === 'docs/site/index.md') {
      return; // pages that are written for the site have its links
    }
    for (const block of state.tokens) {
      for (const token of block.children || []) {
        if (token.type === 'link_open') {
          rewrite(token, source);
        }
      }
    }
  });
}

/** Copy the files that pages link to into the built site. */
export function copyFiles() {
  for (const file of files) {
    const to = join(built, 'files', file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(root, file), to);
  }
}
