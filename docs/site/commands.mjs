// The command's own manual pages as pages of the site.
import { execFileSync } from 'node:child_process';

function run(program, words, input) {
  return execFileSync(program, words, { input, encoding: 'utf8' });
}

/** [{ name, title }] as `stocktake --help` lists them. */
export function listCommands(stocktake) {
  const help = run(stocktake, ['--help']);
  const list = /^Commands:\n([\s\S]*?)^$/m.exec(help)[1];
  return [...list.matchAll(/^ {2}([a-z]+) +(.+)$/gm)].map((m) => ({ name: m[1], title: m[2] }));
}

function decode(html) {
  return html.replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9A-Fa-f]+);/g, (all, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
}

function sections(html) {
  return [...html.matchAll(/<section class="Sh">\s*<h1[^>]*>([\s\S]*?)<\/h1>([\s\S]*?)<\/section>/g)]
    .map((m) => ({ name: decode(m[1]).replace(/\s+/g, ' ').trim(), body: m[2].trim() }));
}

function sentence(words) {
  return words[0] + words.slice(1).toLowerCase();
}

function examples(body) {
  const lines = decode(/<pre>([\s\S]*?)<\/pre>/.exec(body)[1]).split('\n').map((l) => l.replace(/^ {2}/, ''));
  return '```sh\n' + lines.join('\n') + '\n```';
}

function usage(stocktake, words) {
  return '```text\n' + run(stocktake, [...words, '--help']).split('\n')[0].replace(/^Usage: /, '') + '\n```';
}

// One HTML block of Markdown ends at the first empty line, so there must be none.
function raw(body) {
  return `<div class="manual" v-pre>\n${body.replace(/\n\s*\n/g, '\n')}\n</div>`;
}

function manual(stocktake, words) {
  const page = run(stocktake, ['manual', ...words]);
  return sections(run('mandoc', ['-T', 'html', '-O', 'fragment'], page));
}

const leftOut = ['NAME', 'SYNOPSIS', 'SEE ALSO', 'COMMANDS'];

function body(stocktake, words) {
  return manual(stocktake, words).filter((s) => !leftOut.includes(s.name)).map((s) =>
    `## ${sentence(s.name)}\n\n${s.name === 'EXAMPLES' ? examples(s.body) : raw(s.body)}\n`).join('\n');
}

/** The page of one command. */
export function commandPage(stocktake, command) {
  const title = command.title[0].toUpperCase() + command.title.slice(1);
  return `# stocktake ${command.name}\n\n${title}.\n\n${usage(stocktake, [command.name])}\n\n` +
    body(stocktake, [command.name]);
}

/** The page that lists all commands. */
export function commandsPage(stocktake, commands) {
  const rows = commands.map((c) => `| [${c.name}](/commands/${c.name}) | ${c.title} |`);
  return `# Commands\n\n${usage(stocktake, [])}\n\n| command | what it does |\n|---|---|\n${rows.join('\n')}\n\n` +
    body(stocktake, []) +
    '\nThese pages are made of the manual pages that the command writes itself: ' +
    '`stocktake manual COMMAND`, and in short `stocktake COMMAND --help`.\n';
}
