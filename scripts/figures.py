"""What the command computes, and sentences of the documents that quote it, for scripts that hold one to the other."""
import csv
import functools
import io
import json
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
STOCKTAKE = ''
NUMBER = r'([-+]?\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?)'  # 5, -0.3, 1.5-3.1


@functools.lru_cache(maxsize=None)
def run(*arguments):
    """What the command writes."""
    return subprocess.run([STOCKTAKE, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          encoding='utf-8', cwd=ROOT).stdout


def table(*arguments):
    return list(csv.DictReader(io.StringIO(run(*arguments, '--format', 'csv'))))


def document(*arguments):
    return json.loads(run(*arguments, '--format', 'json'))


def one(value, digits=0):
    return f'{round(value, digits) + 0.0:.{digits}f}'  # no negative zero


def span(values, digits=0, between='-'):
    """'51.7-52.2', or one number where both ends are the same."""
    low, high = one(min(values), digits), one(max(values), digits)
    return low if low == high else low + between + high


def open_command():
    """Takes PATH/stocktake [--update] from the command line; says whether documents are to be written."""
    global STOCKTAKE
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ['--update']):
        sys.exit(f'usage: scripts/{os.path.basename(sys.argv[0])} PATH/stocktake [--update]')
    STOCKTAKE = os.path.abspath(sys.argv[1])
    return sys.argv[2:] == ['--update']


class Document:
    """A document whose figures are held: what differs is told, or written by close()."""

    def __init__(self, name):
        self.name = name
        with open(os.path.join(ROOT, name), encoding='utf-8') as file:
            self.text = self.before = file.read()
        self.faults = []

    def place(self, at):
        return f'{self.name}:{self.text.count(chr(10), 0, at) + 1}'

    def hold(self, sentence, values):
        """The numbers at {} of a sentence that stands once in the document, whatever its line breaks."""
        pattern = re.escape(' '.join(sentence.split())).replace(r'\{\}', NUMBER).replace(r'\ ', r'\s+')
        found = list(re.finditer(pattern, self.text))
        if len(found) != 1:
            self.faults.append(f'{self.name}: found {len(found)} times: {sentence}')
            return
        match = found[0]
        if match.re.groups != len(values):
            raise ValueError(f'{len(values)} values for: {sentence}')
        for i in range(len(values), 0, -1):
            if match.group(i) != values[i - 1]:
                self.faults.append(f'{self.place(match.start(i))}: {match.group(i)} is {values[i - 1]}: {sentence}')
                self.text = self.text[:match.start(i)] + values[i - 1] + self.text[match.end(i):]

    def hold_block(self, name, lines):
        """The lines between <!-- NAME: begin; ... --> and <!-- NAME: end -->."""
        match = re.search(rf'(<!-- {name}: begin;[^\n]*-->\n)(.*?)(<!-- {name}: end -->)', self.text, re.S)
        made = '\n' + '\n'.join(lines).strip('\n') + '\n\n'
        if match.group(2) != made:
            old = match.group(2).split('\n')
            new = made.split('\n')
            differ = [f'  {b}' for a, b in zip(old, new) if a != b][:5] if len(old) == len(new) else []
            self.faults.append('\n'.join([f'{self.place(match.start(2))}: the block "{name}" differs', *differ]))
            self.text = self.text[:match.start(2)] + made + self.text[match.end(2):]

    def close(self, update):
        """Writes the document with what the command computes, or tells what differs; how many faults."""
        if update and self.text != self.before:
            with open(os.path.join(ROOT, self.name), 'w', encoding='utf-8') as file:
                file.write(self.text)
        left = [fault for fault in self.faults if not update or 'found' in fault]
        for fault in left:
            print(fault, file=sys.stderr)
        return len(left)
