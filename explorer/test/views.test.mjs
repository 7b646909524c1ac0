/**
 * Every view but the first screen beside the command: the tables behind its charts to the last digit, its other tables
 * and its sentence as the command's figures are rounded, in states that people would share and in random ones.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { figures, goTo, launch, file, numbersIn, open, quick, readCsv, run } from './support.mjs'

const fixed = [
  '#/country', '#/country?as-of=2021-04-22&include-announced&sort=-change', '#/country?year=2030&set=CHN.2030=9000', '#/country?gwp=AR4&as-of=2016-11-04',
  '#/country/BRA', '#/country/USA?as-of=2021-04-22&set=USA.2030=3500', '#/country/IND?year=2030&hot-air=cap&net-zero=none', '#/country/EUU?as-of=2020-12-18&gwp=AR5',
  '#/country/DEU', '#/country/G20?set=G20.2035=-10%25', '#/country/WORLD?year=2050', '#/country/BRA,IND?set=IND.net-zero=2060', '#/country/RUS?sinks=unscaled&lulucf-source=hold&as-of=2022-01-01',
  '#/compare', '#/compare?iso=DEU,FRA,EUU', '#/compare?iso=USA,CHN&unit=head&set=CHN.2035=8000', '#/compare?iso=WORLD,G7,LDC&unit=2005', '#/compare?iso=JPN&unit=1990&as-of=2021-04-22&include-announced',
  '#/compare?iso=BRA,ZAF,IDN,MEX,TUR,SAU&unit=2010&extend=constant_level', '#/compare?iso=AUS,CAN&gwp=SAR&year=2030',
  '#/map', '#/map?show=head&year=2050', '#/map?show=since&since=2024-11-24', '#/map?show=since&since=2021-04-20&as-of=2021-04-22&include-announced', '#/map?show=mark&as-of=2019-01-01',
  '#/map?bins=0.1&sort=name&set=IND.2035=2500', '#/map?show=head&bins=6&set=G20.2035=-30%25', '#/map?gwp=AR4&year=2030&as-of=2018-06-01',
  '#/changes', '#/changes?as-of=2025-11-20&since=2024-11-24', '#/changes?as-of=2021-04-22&since=2021-04-20&include-announced', '#/changes?show=conditional&since=2025-01-01&benchmark=C3',
  '#/changes?as-of=2017-12-31&since=2015-12-12&hot-air=cap', '#/changes?set=IND.2035=4000,USA.2035=2500&year=2035', '#/changes?since=2026-08-20', '#/changes?as-of=2016-01-01&since=2015-01-01&gwp=AR5',
  '#/fair', '#/fair?benchmark=C3&year=2030', '#/fair?methods=per_capita,gdr&as-of=2021-11-01', '#/fair?set=CHN.2035=7000&condition=conditional&ambition=high', '#/fair?responsibility=0.8&fade=yes&year=2040',
  '#/fair/USA', '#/fair/IND?from=1850&discount=0.02', '#/fair/EUU?converge=2060&population=fixed&year=2050', '#/fair/BRA?as-of=2018-01-01&benchmark=C2', '#/fair/CHN?set=CHN.2035=6000&methods=ecpc,gdr',
  '#/finance', '#/finance?source=Oxfam', '#/finance?as-of=2021-04-22&money=2018', '#/finance?include-unchecked=yes&since=2022-01-01', '#/finance?weights=gdp=1&money=2016', '#/finance?weights=gdp=2,population=1&from=1850&public-only=yes',
  '#/finance?as-of=2012-06-01', '#/finance/USA', '#/finance/FRA?weights=fossil_co2=1&as-of=2023-01-01', '#/finance/IND', '#/finance/G7', '#/finance/DEU?include-unchecked=yes',
]

/** As many of each view as are asked for, of a seed that is written down. */
function atRandom(ofEach, seed) {
  const random = n => (seed = (seed * 48271) % 2147483647) % n
  const pick = list => list[random(list.length)]
  const day = () => new Date(Date.UTC(2015, 11, 12 + random(3900))).toISOString().slice(0, 10)
  const areas = ['USA', 'CHN', 'IND', 'EUU', 'RUS', 'JPN', 'BRA', 'IDN', 'GBR', 'ZAF', 'NGA', 'TUV', 'KOR', 'SAU']
  const years = ['2030', '2035', '2040']
  const change = () => pick([() => `${pick(years)}=${100 + random(4000)}`, () => `${pick(years)}=-${1 + random(60)}%25`, () => `net-zero=${2035 + random(40)}`])()
  const some = (of, text) => (random(of) === 0 ? [text()] : [])
  const options = () => [
    ...some(2, () => `as-of=${day()}`), ...some(4, () => 'include-announced'), ...some(4, () => `gwp=${pick(['SAR', 'AR4', 'AR5'])}`), ...some(4, () => 'hot-air=cap'),
    ...some(4, () => `sinks=${pick(['unscaled', 'net'])}`), ...some(3, () => `year=${pick([...years, '2050'])}`), ...some(4, () => `extend=${pick(['constant_level', 'net_zero', 'baseline_ratio'])}`),
    ...some(4, () => `net-zero=${pick(['none', 'law', 'proposed'])}`), ...some(2, () => `set=${pick(areas)}.${change()}`),
  ]
  const places = {
    country: () => [`/${pick(areas)}`, []], compare: () => ['', [`iso=${pick(areas)},${pick(['G20', 'WORLD', 'LDC'])}`, `unit=${pick(['head', '1990', '2005'])}`]], map: () => ['', [`show=${pick(['change', 'head', 'since', 'mark'])}`]],
    changes: () => ['', []], fair: () => pick([['', []], [`/${pick(areas)}`, []]]), finance: () => ['', [`money=${2013 + random(8)}`]],
  }
  return Object.entries(places).flatMap(([view, place]) => Array.from({ length: ofEach }, () => {
    const [subject, own] = place()
    return `#/${view}${subject}?${[...own, ...options()].join('&')}`.replace(/\?$/, '')
  }))
}
const states = [...fixed, ...atRandom(3, 20211113)]
const chosen = quick ? states.filter((_, i) => i % 6 === 4) : states

// ---- what the command says ----

const answers = new Map()
/** Rows of a command line, asked once. */
function ask(line) {
  if (!answers.has(line)) answers.set(line, readCsv(run(line, '--format', 'csv')).map(row => ({ ...row, get: name => (row[name] === '' ? NaN : Number(row[name])) })))
  return answers.get(line)
}
const pledged = line => line.replace(/ --what-if (?:"[^"]*"|\S+)/g, '')
const without = (line, ...names) => names.reduce((l, name) => l.replace(new RegExp(` --${name} \\S+`), ''), line)
const by = (rows, name) => new Map(rows.map(r => [r[name], r]))

// ---- as the page writes numbers ----

const minus = text => (/[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', ''))
const signed = (v, n) => `${v > 0 && Number(v.toFixed(n)) !== 0 ? '+' : ''}${digits(v, n)}`
const grouped = text => text.replace(/\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','))
const digits = (v, n) => (Number.isFinite(v) ? minus(grouped(v.toFixed(n))) : '–')
const level = v => {
  const size = Math.abs(v)
  return Number.isFinite(v) ? minus(grouped(v.toFixed(size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3))) : '–'
}
const mt = v => (Number.isFinite(v) ? minus(grouped(v.toFixed(Math.abs(v) < 10 ? 1 : 0))) : '–')
const between = (a, b, format) => (format(a) === format(b) ? format(a) : `${format(Math.min(a, b))} to ${format(Math.max(a, b))}`)
const blank = (v, text) => (Number.isFinite(v) ? text : '')

/** Cells at full length; what is not known is an empty one. */
const exact = (rows, expected, what) => assert.deepEqual(rows, expected.map(row => row.map(v => (typeof v === 'number' ? (Number.isFinite(v) ? String(v) : '') : v))), what)
/** A sentence has these numbers and no others but years, days and the names of goals. */
function says(text, expected, what) {
  const words = text.replace(/\d{1,2} [A-Z][a-z]+ \d{4}|[\d.]+\s°C (pathways|after)|band: [^)]*|\b(19|20|21)\d\d\b/g, '')
  assert.deepEqual([...new Set(numbersIn(words))].sort(), [...new Set(expected.flatMap(e => numbersIn(String(e))))].sort(), `${what}: ${text}`)
}

// ---- the views ----

const cases = ['unconditional_low', 'unconditional_high', 'conditional_low', 'conditional_high']
const below = { change: r => 100 * (r.get('level_low_mt') / r.get('history_mt') - 1), head: r => (1e6 * r.get('level_low_mt')) / r.get('population'), since: r => 100 * (r.get('level_low_mt') / r.get('before_low_mt') - 1) }

const views = {
  country(seen) {
    if (seen.subject === '') return listed(seen)
    const { pathway } = seen.figures
    const upTo2060 = line => ask(line).filter(r => Number(r.year) <= 2060)
    const csv = upTo2060(pathway.command)
    const ghost = pathway.columns.length > 6 ? upTo2060(pledged(pathway.command)).map(r => [r.get('unconditional_low_mt')]) : csv.map(() => [])
    exact(pathway.rows, csv.map((r, i) => [r.year, r.get('baseline_excl_lulucf_mt'), ...cases.map(c => r.get(`${c}_mt`)), ...ghost[i]]), 'pathway')
    const moves = /--what-if/.test(pathway.command) && upTo2060(pledged(pathway.command)).some((r, i) => Math.abs(r.get('unconditional_low_mt') - csv[i].get('unconditional_low_mt')) > 1e-9)
    assert.equal(pathway.columns.length, moves ? 7 : 6)
    const sheet = ask(pathway.command.replace('--table pathway', '--table profile'))[0]
    const then = csv.find(r => r.year === seen.year)
    const [low, high, last] = [then.get('unconditional_low_mt'), then.get('unconditional_high_mt'), sheet.get('emissions_mt')]
    const percents = [low, high].map(v => 100 * Math.abs(v / last - 1)).filter(Number.isFinite).map(v => digits(v, 0))
    says(seen.headline, [between(low, high, level), ...(percents.every(p => p === '0') ? [] : percents)], 'headline')
    const cut = sheet.equal_cut_mt !== '' && last > 0 ? [digits(sheet.get('world_cut_pct'), 0), level(sheet.get('equal_cut_mt'))] : []
    const share = sheet.get('share_of_world_pct')
    says(seen.lead, [level(last), digits(share, share < 0.1 ? 3 : 1), ...(sheet.rank === '' ? [] : [sheet.rank, sheet.areas]), ...(sheet.per_head_t === '' ? [] : [digits(sheet.get('per_head_t'), 1), digits(sheet.get('world_per_head_t'), 1)]), ...cut], 'lead')
    const documents = ask(seen.line(/--table documents/))
    const shown = seen.tables['documents-title'] ?? []
    assert.deepEqual(shown.map(r => [r[1], r[3], r[5], r[6]]), documents.map(d => [d.submitted, d.target_year, d.level_low_mt === '' ? 'no level' : between(d.get('level_low_mt'), d.get('level_high_mt'), level), d.confidence]), 'documents')
    if (seen.tables['closes-title'] !== undefined) closes(seen, sheet.iso3)
  },

  compare(seen) {
    const unit = /unit=(\w+)/.exec(seen.state)?.[1] ?? 'mt'
    const lines = seen.commands.filter(c => /^stocktake country/.test(c))
    const csvs = lines.map(ask)
    const values = csvs.map(csv => {
      if (unit === 'head') return csv.map(r => r.get('unconditional_low_per_head_t'))
      const base = csv.find(r => r.year === unit)?.get('baseline_excl_lulucf_mt')
      return csv.map(r => (unit === 'mt' ? r.get('unconditional_low_mt') : (100 * r.get('unconditional_low_mt')) / base))
    })
    const { paths, beside } = seen.figures
    exact(paths.rows, paths.rows.map(([year]) => [year, ...values.map((v, i) => v[csvs[i].findIndex(r => r.year === year)])]), 'paths')
    assert.equal(paths.rows.at(-1)[0], '2060')
    const table = (line, name) => ask(line.replace(/--table \w+/, `--table ${name}`))
    const sheets = lines.map(line => table(line, 'profile')[0])
    exact(beside.rows, sheets.map(s => [s.name, ...['per_head_t', 'fossil_co2_share_pct', 'co2_share_pct', 'fair_lo_per_head_t', 'fair_hi_per_head_t', 'rated_per_head_t'].map(s.get)]), 'beside')
    const at = (rows, year) => rows.find(r => r.year === String(year))
    const heads = lines.map(line => at(table(line, 'per_head'), seen.year).get('unconditional_low_per_head_t'))
    says(seen.headline, heads.map(v => digits(v, 1)), 'headline')
    assert.deepEqual(seen.tables['beside-table'], lines.map((line, i) => {
      const [s, path] = [sheets[i], table(line, 'pathway')]
      const [low, high] = cases.slice(0, 2).map(c => at(path, seen.year).get(`${c}_mt`))
      const against = ['1990', '2005', '2010', sheets[0].year].map(y => 100 * (low / at(path, y).get('baseline_excl_lulucf_mt') - 1))
      return [s.name, level(s.get('emissions_mt')), digits(s.get('share_of_world_pct'), 1), digits(s.get('per_head_t'), 1), between(low, high, level), digits(heads[i], 1), ...against.map(v => signed(v, 0)),
        digits(s.get('fossil_co2_share_pct'), 1), digits(s.get('co2_share_pct'), 1), s.fair_lo_mt === '' ? '–' : `${between(s.get('fair_lo_mt'), s.get('fair_hi_mt'), level)} (${s.goal_year})`, s.what_is_rated === '' ? '–' : `${s.readings_met} of ${s.readings}`]
    }), 'side by side')
  },

  map(seen) {
    const { atlas } = seen.figures
    const quantity = /show=(\w+)/.exec(seen.state)?.[1] ?? 'change'
    const csv = ask(atlas.command).filter(r => r.kind === 'party')
    const mark = r => (r.status === 'supposed' ? '' : r.confidence)
    const value = quantity === 'mark' ? mark : below[quantity]
    const rows = by(csv, 'iso3')
    exact(atlas.rows, atlas.rows.map(([iso3]) => { const r = rows.get(iso3); return [iso3, r.name, value(r), r.get('level_low_mt'), r.confidence] }), 'atlas')
    const bins = /bins=([\d.]+)/.exec(seen.state)?.[1]
    const limits = { change: [-50, -25, 0, 25, 50, 100], head: [1, 2, 4, 6, 10, 15] }[quantity]
    const kept = bins === undefined ? csv : csv.filter(r => bins.split('.').includes(String(limits.filter(b => value(r) >= b).length)))
    assert.deepEqual(atlas.rows.map(r => r[0]).sort(), kept.map(r => r.iso3).sort(), 'who is on the map')
    const numbers = csv.map(value).filter(Number.isFinite).sort((a, b) => a - b)
    const [down, up] = [numbers.filter(v => v <= -0.5).length, numbers.filter(v => v >= 0.5).length]
    const middle = numbers[Math.floor(numbers.length / 2)]
    const expected = {
      change: [down, up], since: [down, up], head: [numbers[0], numbers.at(-1), middle].map(v => digits(v, 1)),
      mark: [csv.length, csv.filter(r => value(r)[0] === 'A').length, csv.filter(r => value(r) === '').length],
    }[quantity]
    says(seen.headline, expected, 'headline')
    const largest = [...csv].sort((a, b) => b.get('history_mt') - a.get('history_mt')).slice(0, 5)
    says(seen.lead, quantity === 'mark' ? [] : largest.map(r => (quantity === 'head' ? digits(value(r), 1) : signed(value(r), 0))), 'lead')
    const shown = seen.sorted[0].map(r => r.slice(quantity === 'mark' ? 1 : 2))
    const named = by(csv, 'name')
    assert.deepEqual(shown, seen.sorted[0].map(([name]) => { const r = named.get(name); return [mt(r.get('level_low_mt')), mt(r.get('history_mt')), r.confidence] }), 'table')
  },

  changes(seen) {
    const since = /--since (\S+)/.exec(seen.line(/^stocktake assess/))[1]
    const condition = /show=conditional/.test(seen.state) ? 'conditional' : 'unconditional'
    const all = ask(seen.line(/^stocktake assess/)).filter(r => r.condition === condition)
    const middle = r => -(r.get('closes_low_gt') + r.get('closes_high_gt')) / 2
    const shown = ['previous', 'baseline'].map(c => [c, all.filter(r => r.counterfactual === c).sort((a, b) => Math.abs(middle(b)) - Math.abs(middle(a)))])
    for (const [counterfactual, rows] of shown) {
      const figure = seen.figures[counterfactual]
      assert.equal(figure !== undefined, rows.length > 0, counterfactual)
      if (figure === undefined) continue
      assert.deepEqual(ask(figure.command).filter(r => r.condition === condition).map(r => r.closes_low_gt).sort(), rows.map(r => r.closes_low_gt).sort(), 'its own command')
      const moved = list => ['closes_low_gt', 'closes_high_gt'].map(column => list.reduce((sum, r) => sum + (-r.get(column) || 0), 0))
      const bars = [...rows.slice(0, 12).map(r => moved([r])), ...(rows.length > 12 ? [moved(rows.slice(12))] : []), moved(rows)]
      exact(figure.rows.map(r => r.slice(2)), bars, counterfactual)
    }
    const now = without(seen.line(/^stocktake assess/), 'since', 'gwp').replace('assess', 'gap')
    const then = pledged(`${without(now, 'as-of')} --as-of ${since}${/--year/.test(now) ? '' : ` --year ${seen.year}`}`)
    const hotAir = /--hot-air cap/.test(now) ? 'cap' : 'keep'
    const gaps = line => ['low', 'high'].map(a => ask(line).find(r => r.condition === 'unconditional' && r.ambition === a && r.hot_air === hotAir).get('gap_gt'))
    const [after, before] = [gaps(now), gaps(then)]
    const move = after.map((v, i) => v - before[i])
    const moved = move.every(m => Math.abs(m) < 0.05) ? [] : move[0] * move[1] < 0 ? [between(...move, v => signed(v, 1))] : [between(...move.map(Math.abs), v => digits(v, 1))]
    if (!/is not known/.test(seen.headline)) says(seen.headline, [...moved, between(...after, v => digits(v, 1))], 'headline')
    const median = line => ['targets_only', 'pledges_and_targets'].map(c => ask(without(line, 'benchmark', 'year').replace('gap', 'warming')).find(r => r.condition === 'unconditional' && r.ambition === 'low' && r.case === c && r.percentile === '50').get('warming_2100_k'))
    const warmings = [...median(then), ...median(now)].map(v => digits(v, 1))
    says(/Warming in 2100.*/.exec(seen.lead)[0], warmings, 'warming')
    const steps = ask(seen.line(/^stocktake timeline/))
    if (steps.length > 0) assert.deepEqual(seen.sorted[0].map(r => [r[0], r[3], r[4], r[5]]), steps.map(s => [s.date, s.document, Math.abs(s.get('change_gt')) < 5e-4 ? '' : signed(s.get('change_gt'), 3), digits(s.get('gap_gt'), 1)]), 'steps')
  },

  fair(seen) {
    if (seen.figures.readings !== undefined) return readings(seen)
    const { ratings } = seen.figures
    const csv = ask(ratings.command)
    const known = csv.filter(r => r.implied_warming_k !== '')
    const named = by(known, 'name')
    assert.equal(ratings.rows.length, known.length)
    exact(ratings.rows, ratings.rows.map(([name]) => { const r = named.get(name); return [name, r.what_is_rated, r.get('implied_warming_k'), r.band] }), 'ratings')
    const rated = csv.filter(r => r.what_is_rated === 'pledge')
    says(seen.headline, [rated.length, rated.filter(r => r.readings_met === '0').length, rated.filter(r => r.get('met_percent') >= 50).length], 'headline')
    const all = by(csv, 'name')
    assert.equal(seen.sorted[0].length, csv.length)
    assert.deepEqual(seen.sorted[0], seen.sorted[0].map(([name]) => {
      const r = all.get(name)
      return [name, r.what_is_rated, ...['level_mt', 'lo_mt', 'hi_mt'].map(c => level(r.get(c))), `${r.readings_met} of ${r.readings}`, digits(r.get('position'), 2), `${digits(r.get('implied_warming_k'), 1)} ${r.warming_limit}`, r.band, r.check]
    }), 'table')
  },

  finance(seen) {
    const { goals, parts, contributors, years } = seen.figures
    if (goals !== undefined) exact(goals.rows, ask(goals.command).map(r => [r.year, r.goal, r.get('goal_usd_bn'), r.get('delivered_usd_bn'), r.get('delivered_high_usd_bn'), r.met, r.published, r.confidence]), 'goals')
    if (parts !== undefined) {
      const year = parts.rows[0][0]
      exact(parts.rows, ask(parts.command).filter(r => r.year === year && r.usd_bn !== '').map(r => [year, r.component, r.get('usd_bn'), r.get('percent'), r.of, r.confidence]), 'parts')
    }
    for (const figure of [contributors, years].filter(Boolean)) {
      const csv = ask(figure.command).filter(r => r.contributor === 'yes')
      const shown = new Map()
      for (const r of csv) shown.set(`${r.iso3} ${r.year}`, [...(shown.get(`${r.iso3} ${r.year}`) ?? []), r])
      const rows = [...shown.values()].flatMap(own => { const gave = own.filter(r => r.provided_usd_bn !== ''); return gave.length > 0 ? gave : [own[0]] })
        .map(r => [r.iso3, r.year, ...['share', 'due_usd_bn', 'provided_usd_bn', 'percent'].map(r.get), ...(r.provided_usd_bn === '' ? ['', ''] : [r.source, r.confidence])])
      const order = list => list.map(row => row.map(v => (typeof v === 'number' ? (Number.isFinite(v) ? String(v) : '') : v))).sort((a, b) => (a.join() < b.join() ? -1 : 1))
      assert.deepEqual(order(figure.rows), order(rows), figure.command)
    }
    moneySaid(seen)
  },
}

function listed(seen) {
  const [countries, heading] = [ask(seen.line(/^stocktake country/)), by(ask(seen.line(/^stocktake assess --parties/)), 'iso3')]
  const named = by(countries, 'name')
  assert.equal(seen.sorted[0].length, countries.length)
  assert.deepEqual(seen.sorted[0].map(r => r.slice(0, 9)), seen.sorted[0].map(([name]) => {
    const r = named.get(name)
    const h = heading.get(r.iso3)
    const to = h?.get('level_low_mt') ?? NaN
    const change = r.get('emissions_mt') > 0 ? 100 * (to / r.get('emissions_mt') - 1) : NaN
    const share = r.get('share_of_world_pct')
    return [name, level(r.get('emissions_mt')), digits(share, share < 0.1 ? 3 : 1), r.rank, digits(r.get('per_head_t'), 1), digits(r.get('per_gdp_kg'), 2), blank(to, level(to)), blank(change, signed(change, 0)), h?.confidence ?? '']
  }), 'countries')
  const parties = countries.filter(r => r.kind === 'party')
  const first = [...parties].sort((a, b) => a.get('rank') - b.get('rank')).slice(0, 3)
  says(seen.headline, [...first.map(r => digits(r.get('share_of_world_pct'), 0)), parties.filter(r => heading.get(r.iso3)?.get('target_year') >= Number(seen.year)).length, parties.length], 'headline')
}

/** What each document closes: the sum of both ambitions, and its share of the gap. */
function closes(seen, iso3) {
  const rows = ask(seen.line(/^stocktake assess --since 2014/)).filter(r => r.iso3 === iso3 && r.condition === 'unconditional')
  const keys = [...new Set(rows.map(r => `${r.submitted} ${r.status}`))].sort()
  const cell = r => (r === undefined ? '–' : between(r.get('closes_low_gt'), r.get('closes_high_gt'), v => signed(v, 2)) + `${between(r.get('share_of_gap_low_pct'), r.get('share_of_gap_high_pct'), v => digits(v, 1))} %`)
  assert.deepEqual(seen.tables['closes-title'].map(r => [r[0], r[3], r[4]]), keys.map(key => {
    const find = counterfactual => rows.find(r => `${r.submitted} ${r.status}` === key && r.counterfactual === counterfactual)
    return [key.split(' ')[0], cell(find('previous')), cell(find('baseline'))]
  }), 'what its documents close')
}

function readings(seen) {
  const { readings: figure } = seen.figures
  const csv = ask(figure.command)
  const methods = [...new Set(csv.map(r => r.method))]
  const ordered = methods.flatMap(m => csv.filter(r => r.method === m).sort((a, b) => a.get('mt') - b.get('mt')))
  exact(figure.rows.map(r => r.slice(1)), ordered.map(r => [r.parameters, r.get('mt'), r.get('per_head_t'), r.meets]), 'readings')
  assert.deepEqual(seen.sorted[0].map(r => [...r.slice(2, 4), ...r.slice(6)]), csv.map(r => [level(r.get('mt')), digits(r.get('per_head_t'), 1), level(r.get('excess_mt')), r.meets]), 'table')
  const rating = ask(figure.command.replace(/^stocktake fairness (\S+)/, 'stocktake fairness $1 --table rating'))[0]
  const above = rating.get('readings') - rating.get('readings_met')
  says(seen.headline, above === 0 || above === rating.get('readings') ? [rating.readings] : [above, rating.readings], 'headline')
  says(seen.lead, [...['lo_mt', 'hi_mt', 'level_mt'].map(c => level(rating.get(c))), digits(rating.get('implied_warming_k'), 1)], 'lead')
}

function moneySaid(seen) {
  const bn = v => (v >= 1000 ? mt(v) : digits(v, v >= 10 || v === 0 ? 1 : 2)).replace(/\.0$/, '')
  const amount = r => between(r.get('delivered_usd_bn'), r.delivered_high_usd_bn === '' ? r.get('delivered_usd_bn') : r.get('delivered_high_usd_bn'), bn)
  if (seen.figures.years !== undefined) {
    const dated = ask(seen.figures.years.command).filter(r => r.contributor === 'yes' && r.due_usd_bn !== '')
    const members = new Set(ask(seen.figures.years.command).map(r => r.iso3))
    if (members.size > 1) return says(seen.headline.replace(/G\d+/, ''), [new Set(dated.map(r => r.iso3)).size], 'headline')
    const known = dated.filter(r => r.provided_usd_bn !== '')
    const r = known.at(-1) ?? dated.at(-1)
    return says(seen.headline, [digits(100 * r.get('share'), 0), bn(r.get('due_usd_bn')), bn(r.get('shared_usd_bn')), ...(known.length > 0 ? [bn(r.get('provided_usd_bn'))] : [])], 'headline')
  }
  if (seen.figures.goals === undefined) return says(seen.headline, [], 'headline')
  const totals = ask(seen.figures.goals.command).filter(r => r.component === 'total')
  const hundred = totals.filter(r => r.goal === 'usd100bn')
  const known = hundred.filter(r => r.delivered_usd_bn !== '')
  const best = hundred.find(r => r.met === 'yes') ?? known.at(-1)
  const ahead = totals.filter(r => r.delivered_usd_bn !== '').at(-1)
  if (hundred.length > 0) says(seen.headline, [bn(hundred[0].get('goal_usd_bn')), ...(best ?? ahead ? [amount(best ?? ahead)] : [])], 'headline')
}

// ---- the page ----

/** Longer than the page rests before it asks for tables, ms. */
const CALM = 180

/** Everything that is compared, out of the page as it is. */
async function look(page, state) {
  await goTo(page, state, CALM)
  const found = await figures(page, 0)
  const seen = await page.evaluate(() => {
    const cells = table => [...table.querySelectorAll('tbody tr')].map(tr => [...tr.cells].map(td => td.textContent))
    const all = selector => [...document.querySelectorAll(selector)]
    return {
      headline: document.querySelector('main .headline')?.textContent ?? '', lead: document.querySelector('main .lead')?.textContent ?? '',
      commands: all('main .command [data-command]').filter(c => c.closest('figure') === null).map(c => c.textContent),
      tables: Object.fromEntries(all('main [aria-labelledby] table').filter(t => t.closest('figure') === null).map(t => [t.closest('[aria-labelledby]').getAttribute('aria-labelledby'), cells(t)])),
      sorted: all('main table.sortable').map(cells), refused: all('.refused').map(e => e.textContent).filter(Boolean),
    }
  })
  const asOf = /as-of=([\d-]+)/.exec(state)?.[1] ?? new Date().toISOString()
  const year = /[?&]year=(\d+)/.exec(state)?.[1] ?? String(Math.max(2030, 5 * Math.floor((Number(asOf.slice(0, 4)) + 5) / 5) + 5))
  const [, view, subject = ''] = /^#\/(\w+)(?:\/([^?]+))?/.exec(state)
  return { ...seen, figures: found, state, view, subject, year, line: pattern => seen.commands.find(c => pattern.test(c)) }
}

let browser
let page
before(async () => {
  browser = await launch()
  page = await open(browser, file)
})
after(() => browser.close())

for (const state of chosen) {
  test(state, async () => {
    const seen = await look(page, state)
    assert.deepEqual(seen.refused, [])
    views[seen.view](seen)
    assert.deepEqual(page.faults.splice(0), [])
  })
}
