import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { equations, outputApart, plainer, works } from '../console.mjs';
import { copyFiles, links } from '../links.mjs';
import { base, built, commandGroup, explorer, pageGroups, root, staged } from '../pages.mjs';

const commands = JSON.parse(readFileSync(join(staged, 'commands.json'), 'utf8'));

function sidebar() {
  return pageGroups().map((group) => {
    const items = group.pages.map((p) => ({ text: p.text, link: `/${p.page}` }));
    if (group.text === commandGroup) {
      items.unshift({ text: 'Commands', link: '/commands/', collapsed: true,
                      items: commands.map((name) => ({ text: name, link: `/commands/${name}` })) });
    }
    return { text: group.text, items };
  });
}

export default defineConfig({
  base,
  srcDir: staged,
  outDir: built,
  cacheDir: join(root, 'build', 'site-cache'),
  lang: 'en-GB',
  title: 'stocktake',
  description: "What the world's climate pledges add up to",
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }]],
  metaChunk: true,
  buildConcurrency: 1, // the search index is in the order in which pages are read
  vite: { build: { chunkSizeWarningLimit: 2000 }, publicDir: join(staged, 'public') },
  markdown: {
    math: true,
    anchor: { slugify: (text) => slug(text) }, // as code hosts name headings
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    codeTransformers: [outputApart],
    config(md) {
      md.use(links);
      md.use(works);
      md.use(equations);
      md.use(plainer);
    },
  },
  transformPageData(page) {
    if (page.relativePath === 'overview.md') {
      page.title = 'Overview';
    }
  },
  buildEnd: copyFiles,
  themeConfig: {
    logo: '/icon.svg',
    nav: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'Methods', link: '/methods' },
      { text: 'Commands', link: '/commands/' },
      { text: 'Overview', link: '/overview' },
      // a file and no page of the site, so that the browser goes there
      ...(existsSync(explorer) ? [{ text: 'Explorer', link: '/explorer/index.html', target: '_self' }] : []),
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local', options: { detailedView: true } },
    docFooter: { prev: 'Before', next: 'Next' },
  },
});
