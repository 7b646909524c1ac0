// Lay out what the site is built of in build/site-source: the project's documents as they are, pages
// of the commands, and the pictures that the documents' own examples draw.
//   node stage.mjs PATH/stocktake
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandPage, commandsPage, listCommands } from './commands.mjs';
import { narrowWidth, worksOfPage } from './console.mjs';
import { allPages, explorer, root, staged } from './pages.mjs';

const stocktake = resolve(process.argv[2]);
const pictures = join(staged, 'public', 'pictures');
const scratch = join(root, 'build', 'site-scratch');

// Commands run as they are written, in a folder that the project's folders are linked into.
function openScratch() {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  for (const name of readdirSync(root).filter((n) => !n.startsWith('.'))) {
    symlinkSync(join(root, name), join(scratch, name));
  }
}

function runs(words) {
  execFileSync(stocktake, words, { cwd: scratch, stdio: ['ignore', 'inherit', 'inherit'] });
}

function keep(name, folder) {
  copyFileSync(join(scratch, name), join(folder, name));
}

function draw(work) {
  runs(work.words);
  if (work.kind === 'report') {
    keep(work.name, join(staged, 'public'));
    return;
  }
  keep(work.name, pictures);
  const narrow = work.name.replace(/\.svg$/, '-narrow.svg');
  runs([...work.words.map((w) => (w === work.name ? narrow : w)), '--width', String(narrowWidth)]);
  keep(narrow, pictures);
}

function stageDocuments() {
  const drawn = new Map();
  for (const { source, page } of allPages()) {
    const text = readFileSync(join(root, source), 'utf8');
    writeFileSync(join(staged, `${page}.md`), text);
    for (const work of worksOfPage(text)) {
      const words = work.words.join(' ');
      if (drawn.has(work.name) && drawn.get(work.name) !== words) {
        throw new Error(`${source}: ${work.name} is another picture elsewhere: ${drawn.get(work.name)}`);
      }
      if (!drawn.has(work.name)) {
        draw(work);
      }
      drawn.set(work.name, words);
    }
  }
  mkdirSync(join(staged, 'docs'), { recursive: true });
  for (const name of readdirSync(join(root, 'docs')).filter((n) => /\.(svg|png)$/.test(n))) {
    copyFileSync(join(root, 'docs', name), join(staged, name));
    copyFileSync(join(root, 'docs', name), join(staged, 'docs', name)); // as README.md names it
  }
  return drawn.size;
}

function stageCommands() {
  const commands = listCommands(stocktake);
  mkdirSync(join(staged, 'commands'));
  writeFileSync(join(staged, 'commands', 'index.md'), commandsPage(stocktake, commands));
  for (const command of commands) {
    writeFileSync(join(staged, 'commands', `${command.name}.md`), commandPage(stocktake, command));
  }
  writeFileSync(join(staged, 'commands.json'), JSON.stringify(commands.map((c) => c.name)));
  return commands.length;
}

rmSync(staged, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
// pages import vue, which is looked for beside them
symlinkSync(join(root, 'docs', 'site', 'node_modules'), join(staged, 'node_modules'));
copyFileSync(join(root, 'docs', 'site', 'icon.svg'), join(staged, 'public', 'icon.svg'));
if (existsSync(explorer)) {
  cpSync(explorer, join(staged, 'public', 'explorer'), { recursive: true });
}
openScratch();
const count = stageDocuments();
rmSync(scratch, { recursive: true });
console.log(`${count} pictures and pages drawn, ${stageCommands()} commands`);
