/** Words of the view that says where every figure comes from. */
import { count } from './en'
import { fixed, kelvin, percent } from './numbers'

export const say = {
  headline: (edition: string, files: number) =>
    `Every figure here is computed in this page${edition === '' ? '' : `, from edition ${edition} of the data`}: ${count(files, 'file', 'files')}, public sources and the documents of all Parties.`,
  lead: 'The engine of the command stocktake runs in the page; nothing is asked of a server. Each chart names the command that prints its numbers, to the last digit.',

  trace: 'How a pledge becomes a level',
  traceLead: 'Each target with its document, the passage that was read, what it states, the rule that applies and every factor, down to the level. The same for every Party:',
  party: 'Party',
  noParty: (typed: string) => `No country is called “${typed}” here; choose one below.`,
  noTargets: 'No target of this Party is a number on this day.',
  noTrace: 'The page cannot show this chain:',

  cases: 'Four cases of warming',
  casesLead: 'What is pledged ends in 2030 or 2035. How warm it gets depends on what follows, so there are four answers; all from unconditional pledges, at their weakest.',
  caseWords: {
    current_trend: ['Current trend', 'no pledge at all: every Party goes on along its baseline'],
    targets_only: ['Targets only', 'targets are kept, then each Party goes on at the pace of its own documents; no net zero'],
    pledges_and_targets: ['Pledges and targets', 'targets, then a straight line to net-zero years that stand in law or policy documents'],
    optimistic: ['Optimistic', 'every announced target and every net-zero year, whatever it stands on'],
  } as Record<string, readonly [string, string]>,
  caseColumns: ['Case', 'What is assumed', 'Median 2100, °C', '5–95 %', 'Ever above 2 °C'],
  casesCaption: 'Warming in 2100 above 1850–1900 by case',
  range: (low: number, high: number) => `${kelvin(low)}–${kelvin(high)}`,
  exceeds: (share: number) => `${percent(share)} %`,
  kelvin: (value: number) => fixed(value, 2),

  ensemble: 'The ensemble',
  ensembleText: (members: number) =>
    `Emissions become warming in ${members} members of a small climate model (FaIR, calibration 1.4.1), each with its own answer to CO₂, clouds and oceans, chosen so that together they match what was measured since 1850 and what the IPCC assessed. ` +
    'Every movement of a slider runs all of them. The spread is that of the climate alone: whether pledges are kept is not in it.',

  unknown: 'What is not known',
  unknownLead: (year: string) => `Every level for ${year} has a mark that says what it rests on.`,
  marksCaption: (year: string) => `Marks of the targets that reach ${year}, with their share of the world’s emissions`,
  markColumns: ['Mark', 'What it rests on', 'Share of emissions'],
  checks: 'Levels that look wrong',
  checksLead: 'A level under CHECK is far from what the Party emits, or from what it could reach. Look at the document before you quote it.',
  checksCaption: (year: string) => `Targets for ${year} under CHECK`,
  checkColumns: ['Party', 'What looks wrong', 'Level, Mt'],
  noChecks: 'None on this day.',
  limits: [
    ['Promises, not what is done.', 'Whether laws, money and power stations are on the way to a promise is not looked at.'],
    ['The trend is no forecast.', 'Where nothing is promised the past goes on: a public projection of the economy, and a little less emissions each year for the same output.'],
    ['Forests are the largest doubt.', 'Governments credit forests with more than scientists’ models do; in a few countries the way of counting moves the level by half.'],
    ['Conditions are two figures.', 'Unconditional leaves promises of help out, conditional takes all of them for granted.'],
    ['After the last target it is a rule.', 'Say “if the targets are kept” or “if net-zero aims are kept too”; never one for the other.'],
  ] as readonly (readonly [string, string])[],
  choices: 'Each choice of method can be changed, and what it moves stands under',

  sources: 'Sources',
  sourcesLead: (edition: string) => `The files of edition ${edition}, whose they are, and under which licence.`,
  sourcesOther: 'This page carries another edition than the one that it was made with. The command lists its files with sources, licences and checksums:',
  sourcesCaption: 'Files of the edition',
  sourceColumns: ['File', 'What is in it', 'Source', 'Version', 'Licence', 'To cite'],

  cite: 'How to cite',
  citeText: (version: string, edition: string, day: string, address: string) =>
    `The stocktake developers: stocktake: what the world’s climate pledges add up to, version ${version}${edition === '' ? '' : `, edition ${edition}`}. ${day}. ${address}`,
  citeLead: 'The address holds the whole question. Cite the data that your figure rests on too, as the table of sources names it.',

  commands: 'Commands',
  commandsLead: 'What this page shows, a command prints. With the question as it is now:',
  documentation: 'Documentation',
  documents: [
    ['tutorial', 'A week in April 2021, step by step'], ['methods', 'From a document to a level, the world and the gap'],
    ['warming', 'The warming of the pledges, beside what others published'], ['climate', 'The climate model and its ensemble'],
    ['fairness', 'Fair shares'], ['finance', 'Climate finance'], ['limits', 'What the figures cannot say'], ['sources', 'Sources'],
  ] as readonly (readonly [string, string])[],
}
