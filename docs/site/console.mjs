// Blocks of console text: the examples of the documents, whose commands make the site's pictures.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { base, staged } from './pages.mjs';

export const narrowWidth = 340;
const shortCell = 14; // characters

/** What the commands of a block draw or write: [{ kind, name, words }]. What they write into a folder is a file of the
 * project, which the page shows itself. */
export function worksOf(text) {
  const works = [];
  for (const line of text.split('\n')) {
    const command = /^\$ stocktake ((chart|report) .*)$/.exec(line);
    if (command === null) {
      continue;
    }
    if (/["'\\$|;]/.test(command[1])) {
      throw new Error(`a chart or report of the documents must be one plain command: ${line}`);
    }
    const words = command[1].split(/ +/);
    const output = words.indexOf('--output');
    const name = words[0] === 'report' ? words[1] : output < 0 ? '' : words[output + 1];
    if (/^[^/]+\.(svg|html)$/.test(name)) {
      works.push({ kind: words[0], name, words });
    }
  }
  return works;
}

/** The works of every console block of a Markdown text. */
export function worksOfPage(markdown) {
  return [...markdown.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap((m) => worksOf(m[1]));
}

function attribute(text) {
  return text.replace(/&(?!amp;|lt;|gt;|quot;|#)/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

function inside(svg, tag) {
  const found = new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(svg);
  return found === null ? '' : found[1];
}

function size(svg) {
  const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg);
  return `width="${width}" height="${height}"`;
}

function picture(name) {
  const file = join(staged, 'public', 'pictures', name);
  if (!existsSync(file)) {
    throw new Error(`${file} is missing; scripts/docs makes it`);
  }
  const narrow = name.replace(/\.svg$/, '-narrow.svg');
  const wideSvg = readFileSync(file, 'utf8');
  const narrowSvg = readFileSync(join(staged, 'public', 'pictures', narrow), 'utf8');
  const alt = attribute(`${inside(wideSvg, 'title')}. ${inside(wideSvg, 'desc')}`);
  return `<figure class="picture" v-pre><picture>` +
    `<source media="(max-width: 639px)" srcset="/pictures/${narrow}" ${size(narrowSvg)}>` +
    `<img src="/pictures/${name}" alt="${alt}" ${size(wideSvg)}>` +
    `</picture></figure>\n`;
}

function link(name) {
  return `<p class="written" v-pre><a href="${base}${name}" target="_self">Open ${name}</a>, ` +
    `the page that this command wrote.</p>\n`;
}

/** markdown-it: blocks of ```math are equations. Code hosts know them, and they need no escapes. */
export function equations(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, i, ...rest) => (tokens[i].info.trim() === 'math'
    ? md.renderer.rules.math_block(tokens, i, ...rest) : fence(tokens, i, ...rest));
}

/** markdown-it: indented code is a block like any other, a table's empty heading is no heading, and dates and
 * numbers in tables stay on one line. */
export function plainer(md) {
  md.renderer.rules.code_block = (tokens, i, ...rest) => {
    tokens[i].info = 'text';
    return md.renderer.rules.fence(tokens, i, ...rest);
  };
  md.core.ruler.push('plain-tables', (state) => {
    state.tokens.forEach((token, i) => {
      if (token.type === 'th_open' && state.tokens[i + 1].content === '') {
        token.tag = 'td';
        state.tokens[i + 2].tag = 'td';
      }
      if (token.type === 'td_open' && state.tokens[i + 1].content.length <= shortCell) {
        token.attrJoin('class', 'short');
      }
    });
  });
}

/** markdown-it: what the commands of a block make follows the block. */
export function works(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, i, ...rest) => {
    const block = fence(tokens, i, ...rest);
    if (tokens[i].info.trim() !== 'console') {
      return block;
    }
    return block + worksOf(tokens[i].content)
      .map((work) => (work.kind === 'report' ? link(work.name) : picture(work.name))).join('');
  };
}

function textOf(node) {
  return node.type === 'text' ? node.value : (node.children || []).map(textOf).join('');
}

/** Shiki: output is set apart from commands, and not copied with them. */
export const outputApart = {
  name: 'stocktake:output-apart',
  code(node) {
    if (!['console', 'shellsession'].includes(this.options.lang)) {
      return;
    }
    const children = [];
    let output = null;
    for (const child of node.children) {
      const command = child.type === 'element' && textOf(child).startsWith('$ ');
      if (command) {
        output = null;
        children.push(child);
      } else if (output !== null) {
        output.children.push(child);
      } else if (children.length > 0) {
        output = { type: 'element', tagName: 'span', properties: { class: 'output vp-copy-ignore' },
                   children: [child] };
        children.push(output);
      } else {
        children.push(child);
      }
    }
    node.children = children;
  },
};
