// Which files of the project are pages of the site, in the order of the side bar.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const staged = join(root, 'build', 'site-source');
export const built = join(root, 'build', 'site');
// the page of make explorer, which the site carries where it was made
export const explorer = join(root, 'build', 'explorer', 'site');

// The folder that the site is served from, for hosts that do not give it a name of its own.
export const base = process.env.STOCKTAKE_SITE_BASE || '/';

const groups = [
  { text: 'Start here', pages: ['README.md', 'docs/install.md', 'docs/tutorial.md', 'docs/examples.md',
                                  'docs/limits.md'] },
  { text: 'How it is done', pages: ['docs/methods.md', 'docs/warming.md', 'docs/climate.md',
                                    'docs/calibrations.md', 'docs/scenario.md', 'docs/fairness.md', 'docs/scaling.md',
                                    'docs/finance.md', 'docs/comparison.md'] },
  { text: 'Reference', pages: ['docs/formats.md', 'docs/c-library.md', 'docs/python.md', 'docs/r.md',
                                'data/README.md', 'docs/sources.md'] },
  { text: 'Project', pages: ['docs/architecture.md', 'docs/decisions.md', 'CHANGELOG.md', 'CONTRIBUTING.md',
                              'SECURITY.md'] },
];

// Names of pages and in the side bar where the file's own do not do.
const names = {
  'README.md': { page: 'overview', text: 'Overview' },
  'docs/limits.md': { text: 'What the figures cannot say' },
  'data/README.md': { page: 'data' },
  'docs/methods.md': { text: 'Methods: pledges to gap' },
  'docs/comparison.md': { text: 'Comparison' },
};

// Command pages are made while staging; this is their place in the side bar.
export const commandGroup = 'Reference';

function heading(file) {
  const line = readFileSync(join(root, file), 'utf8').split('\n').find((l) => l.startsWith('# '));
  return line === undefined ? file : line.slice(2).trim();
}

function describe(source) {
  const own = names[source] || {};
  const page = own.page || source.replace(/^.*\//, '').replace(/\.md$/, '').toLowerCase();
  return { source, page, text: own.text || heading(source) };
}

/** Groups of { source, page, text }; documents that no group names come last. */
export function pageGroups() {
  const listed = new Set(groups.flatMap((g) => g.pages));
  const others = readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
    .filter((file) => !listed.has(file)).sort();
  return [...groups, { text: 'More', pages: others }]
    .map((g) => ({ text: g.text, pages: g.pages.filter((f) => existsSync(join(root, f))).map(describe) }))
    .filter((g) => g.pages.length > 0);
}

/** The front page, then every other page that is a file of the project. */
export function allPages() {
  return [{ source: 'docs/site/index.md', page: 'index', text: 'stocktake' },
          ...pageGroups().flatMap((g) => g.pages)];
}
