"""Our figures in docs/comparison.md outside the tables of assessments: each is computed again where it stands."""
import contextlib
import csv
import os
import re
import statistics
import tempfile

from figures import ROOT, document, one, span, table

APRIL = ('--as-of', '2021-04-22', '--include-announced')
BEFORE = ('--as-of', '2020-09-22', '--include-announced')
ANALYSTS = ('--benchmark', 'tests/assess/data/april-2021.csv')
AMBITIONS = ('low', 'high')


# ---- what the command says ----

def targets(area, year, *options):
    return [row for row in table('targets', '--area', area, '--gwp', 'AR4', *options) if row['target_year'] == str(year)]


def level(area, *options, column='level_excl_lulucf_mt', condition='unconditional'):
    """Of 2030: the ends of the ambition."""
    return [float(row[column]) for row in targets(area, 2030, *options) if row['condition'] == condition]


def history(area, year, *options):
    row, = table('history', '--area', area, '--from', str(year), '--to', str(year), *options)
    return float(row['emissions_mt'])


def world(*options, condition='unconditional', land=False):
    """The world's level of 2030 in Gt, AR4, low and high ambition."""
    row, = [row for row in table('pathways', '--area', 'WORLD', '--gwp', 'AR4', *options) if row['year'] == '2030']
    return [(float(row[f'{condition}_{a}_mt']) + (float(row[f'{condition}_{a}_lulucf_co2_mt']) if land else 0)) / 1000
            for a in AMBITIONS]


def assessment(since, *options):
    return document('assess', '--since', since, '--year', '2030', '--no-warming', '--gwp', 'AR4', *options)


def total(answer, counterfactual):
    row, = [row for row in answer['totals']
            if (row['condition'], row['counterfactual']) == ('unconditional', counterfactual)]
    return [[row[key][a] for a in AMBITIONS] for key in ('gap_before_gt', 'closes_gt')]


def changes(answer, area, counterfactual='previous', kind='document'):
    return [row for row in answer['changes']
            if (row['iso3'], row['condition'], row['counterfactual'], row['kind'])
            == (area, 'unconditional', counterfactual, kind)]


def ends(row, key):
    return [row[key][a] for a in AMBITIONS]


# ---- large emitters ----

def stated(name, day, *more):
    """Our levels of the document of a day, as a row of the table names it: 'India, conditional', 'Brazil (2025)'."""
    area, _, condition = name.partition(', ')
    year = re.search(r'\((\d{4})\)', area)
    area = {'EU of 27': 'EU', 'EU of 28': 'EU'}.get(area, re.sub(r' \(\d{4}\)', '', area))
    for options in (APRIL, APRIL[:2], BEFORE):
        rows = [row for row in targets(area, year.group(1) if year else 2030, *options, *more) if row['submitted'] == day]
        for wanted in [condition] if condition else ['unconditional', 'conditional']:
            levels = [float(row['level_excl_lulucf_mt']) for row in rows if row['condition'] == wanted
                      and 'only a conditional target' not in row['method']]
            if levels:
                return levels
    raise ValueError(f'no level of {name}, document of {day}')


def apart(ours, published):
    """Per cent between the middles."""
    middle = [float(value) for value in published.split('-')]
    return 100 * ((min(ours) + max(ours)) / (min(middle) + max(middle)) - 1)


def hold_emitters(page):
    rows = re.findall(r'^\| ([^|]+) \| (\d{4}-\d\d-\d\d) \| [\d-]+ \| ([\d-]+) \| [^|]+ % \|', page.text, re.M)
    differences = {}
    for name, day, published in rows:
        ours = stated(name, day)
        difference = apart(ours, published)
        page.hold(f'| {name} | {day} | {{}} | {published} | {{}} % |', [span(ours), f'{round(difference, 1):+.1f}'])
        differences[name, day] = abs(difference), abs(apart(stated(name, day, '--stated', 'own'), published))
    page.hold('Of all {} levels in these two tables the median difference is {} %; with `--stated own` {} %.',
              [str(len(differences)), *(one(statistics.median(of), 1) for of in zip(*differences.values()))])

    def at(area, column, *options):
        return one(level(area, *(options or APRIL), column=column)[0])

    russia = [level('RUS', *APRIL, column=f'level_{scope}_lulucf_mt')[0] for scope in ('incl', 'excl')]
    page.hold('Ours: 30 % below 1990 with LULUCF is {} Mt; the sink, held at the mean of its last five reported years, is '
              '{} Mt, which leaves {} Mt for the rest.', [one(russia[0]), one(russia[1] - russia[0]), one(russia[1])])
    page.hold('the target is above the baseline ({} Mt)', [at('RUS', 'baseline_excl_lulucf_mt')])
    hold = (*APRIL, '--lulucf-source', 'hold')
    page.hold("Brazil's document of 2020 is {} Mt instead of {}, and Argentina's announcement of April 2021 {} Mt instead "
              'of {}.', [at(area, 'level_excl_lulucf_mt', *how) for area in ('BRA', 'ARG') for how in (hold, APRIL)])
    page.hold('is above our baseline of {} Mt, where the level', [
        one(float(targets('ZAF', 2030, *BEFORE)[0]['baseline_excl_lulucf_mt']))])
    saudi = level('SAU', *APRIL)[0]
    page.hold('Ours is {} Mt; CAT gives a range of 240 Mt for it. Ours is {} % below',
              [at('SAU', 'baseline_excl_lulucf_mt'), one(100 * (1 - saudi / 862), 1)])
    page.hold('In our inventory 1990 was {} Mt', [one(history('KAZ', 1990, '--gwp', 'AR4'))])
    page.hold('the composite {}: carried over, 1817 become {}. `--stated own` gives {}.', [
        one(history('IDN', 2010, '--gwp', 'AR4')), at('IDN', 'level_excl_lulucf_mt'),
        at('IDN', 'level_excl_lulucf_mt', *APRIL, '--stated', 'own')])
    page.hold('40 % below 1990 is {} Mt', [one(0.6 * history('UKR', 1990, '--gwp', 'AR4'))])
    page.hold('as not binding, at the baseline of {} Mt', [at('UKR', 'level_excl_lulucf_mt')])
    page.hold('the announcements of April 2021 of Japan (ours {}) and Canada ({}), the South African draft of 2021-03-30 '
              '(ours {};', [span(level(area, *APRIL)) for area in ('JPN', 'CAN', 'ZAF')])
    page.hold('the Chinese announcement of 2020-12-12 (ours {})', [at('CHN', 'level_excl_lulucf_mt')])
    page.hold('(United States 2005: {} Gt AR4', [one(history('USA', 2005, '--gwp', 'AR4') / 1000, 2)])
    page.hold('United Kingdom 1990: {} in AR4', [one(history('GBR', 1990, '--gwp', 'AR4') / 1000, 3)])


def hold_parties(page):
    """Every level that Climate Resource published for 2030, beside ours."""
    day = ('--as-of', '2021-11-12', '--gwp', 'AR4')

    def ours(*options):
        rows = {}
        for row in table('targets', '--year', '2030', *day, *options):
            rows.setdefault((row['iso3'], row['condition']), []).append(row)
        paths = {row['iso3']: row for row in table('pathways', '--area', 'all', *day, *options) if row['year'] == '2030'}

        def middle(key):
            area, condition = key
            return statistics.mean([float(row['level_excl_lulucf_mt']) for row in rows[key]] if key in rows else
                                   [float(paths[area][f'{condition}_{ambition}_mt']) for ambition in AMBITIONS])
        return rows, paths, middle

    rows, paths, middle = ours()
    _, _, own = ours('--stated', 'own')
    levels = []
    with open(os.path.join(ROOT, 'docs', 'comparison-parties.csv'), encoding='utf-8') as file:
        for line in csv.DictReader(file):
            for condition in ('unconditional', 'conditional'):
                key = line['iso3'], condition
                if line[f'{condition}_mt'] and (key in rows or line['iso3'] in paths):
                    published = float(line[f'{condition}_mt'])
                    kinds = {row['kind'] for row in rows.get(key, [])}
                    levels.append((published, *(abs(level(key) / published - 1) for level in (middle, own)), kinds,
                                   any(row['way'] == 'per_cent' for row in rows.get(key, []))))
    open_kinds = {'baseline', 'none', 'peak'}
    plain = [level for level in levels if level[3] and not level[3] & open_kinds]
    for name, part in (('base year, intensity, fixed level', plain),
                       ('of these above 500 Mt', [level for level in plain if level[0] > 500]),
                       ('below a baseline, or policies only', [level for level in levels if level[3] & open_kinds]),
                       ('no target that counts in this condition', [level for level in levels if not level[3]]),
                       ('all', levels)):
        page.hold(f'| {name} | {{}} | {{}} % | {{}} % |', [str(len(part)), *(
            one(100 * statistics.median(level[i] for level in part)) for i in (1, 2))])
    scaled = [level[1] for level in levels if level[4]]
    page.hold('where they are not ({} levels, median {} %:', [str(len(scaled)), one(100 * statistics.median(scaled))])


# ---- world ----

def hold_world(page):
    cap = ('--hot-air', 'cap')
    kept, capped = world(*APRIL), world(*APRIL, *cap)
    page.hold('without LULUCF, AR4 | {}; hot air capped {}; with conditional and capped {} |',
              [span(levels, 1) for levels in (kept, capped, world(*APRIL, *cap, condition='conditional'))])
    november = world('--as-of', '2019-11-26', land=True)
    page.hold('November 2019, Gt, with LULUCF, AR4 | {} |', [span(november, 1)])
    page.hold('same (25 Gt) | {} |', [span([each - 25 for each in november], 1)])
    august = ('--as-of', '2021-08-30', '--include-announced')
    page.hold('August 2021, with announcements | {}; hot air capped {} |',
              [span([each - 25 for each in world(*august, *more, land=True)], 1) for more in ((), cap)])
    page.hold("with hot air kept is {} % above the middle of CAT's range, with hot air capped {} %",
              [one(100 * (sum(levels) / 95 - 1)) for levels in (kept, capped)])
    answer = document('assess', '--year', '2030', '--no-warming', '--gwp', 'AR4', *APRIL)
    bunkers = answer['composition']['bunkers_gt']
    page.hold('without pledges is {} Gt (AR4, 2030, with bunkers of {} Gt), {} % below',
              [one(answer['baseline_gt'], 1), one(bunkers, 1),
               one(100 * (1 - (answer['baseline_gt'] - bunkers) / 58.98))])


def hold_moves(page):
    """What new documents took off the gap."""
    for start, since, until, more in (('September 2020', '2020-09-22', '2021-05-01', ('--include-announced',)),
                                      ('September 2020', '2020-09-22', '2021-11-08', ()),
                                      ('January 2020', '2020-01-01', '2021-09-30', ('--include-announced',))):
        answer = assessment(since, '--as-of', until, *more)
        cells = []
        for counterfactual in ('previous', 'baseline'):
            before, closes = total(answer, counterfactual)
            if start.startswith('January'):  # of the emissions, not of the gap
                before = [gap + answer['gap'][0]['benchmark_gt'] for gap in before]
            shares = [100 * part / whole for part, whole in zip(closes, before)]
            cells += [span(closes, 1), span(shares, 1 if start.startswith('January') else 0)]
        of = {'2021-05-01': ' of the gap', '2021-09-30': ' of 2030 emissions'}.get(until, '')
        page.hold(f'| {start} | {until}{", announcements counted" if more else ""} | {{}} ({{}} %{of}) | {{}} ({{}} %) |',
                  cells)
        if until == '2021-05-01':
            moved = {area: [end for row in changes(answer, area) for end in ends(row, 'closes_gt')]
                     for area in ('USA', 'CHN', 'EUU', 'JPN')}
            page.hold('those of the United States ({}), China ({} to {}), the EU ({}) and Japan ({}).',
                      [span(moved['USA'], 1), *(one(f(moved['CHN']), 1) for f in (min, max)),
                       span(moved['EUU'], 1), span(moved['JPN'], 1)])


# ---- the gap of 2035 ----

DAYS = ('2024-09-30', '2025-11-15', '2026-08-20')
SWITCHES = [
    ('the defaults', ()),
    ('`--stated own`', ('--stated', 'own')),
    ('`--sinks unscaled`', ('--sinks', 'unscaled')),
    ('`--lulucf-source hold`', ('--lulucf-source', 'hold')),
    ('`--hot-air cap`', ('--hot-air', 'cap')),
    ('`--extend constant_rate`', ('--extend', 'constant_rate')),
    ('`--extend net_zero`', ('--extend', 'net_zero')),
    ('`--ignore-withdrawal`', ('--ignore-withdrawal',)),
]


def gap_2035(day, options):
    hot_air = 'cap' if '--hot-air' in options else 'keep'
    row, = [row for row in table('gap', '--year', '2035', '--as-of', day, *options)
            if (row['condition'], row['ambition'], row['hot_air']) == ('unconditional', 'low', hot_air)]
    return float(row['gap_gt'])


def hold_2035(page):
    gaps = {name: [gap_2035(day, options) for day in DAYS] for name, options in SWITCHES}
    lines = ['| `gap --year 2035`, unconditional, low | ' + ' | '.join(DAYS) + ' |', '|---|---:|---:|---:|']
    for name, of_days in gaps.items():
        cells = [one(gap, 1) if name == 'the defaults' else f'{round(gap - default, 1):+.1f}'.replace('-0.0', '+0.0')
                 for gap, default in zip(of_days, gaps['the defaults'])]
        lines.append(f'| {name} | ' + ' | '.join(cells) + ' |')
    page.hold_block('gap of 2035', lines)
    page.hold('| now | {} | {} | {} | |', [one(gap, 1) for gap in gaps['the defaults']])
    own = table('pathways', '--area', 'all', '--as-of', DAYS[-1], '--stated', 'own')
    moved = {row['iso3']: -float(row['unconditional_low_mt']) for row in own if row['year'] == '2035'}
    for row in table('pathways', '--area', 'all', '--as-of', DAYS[-1]):
        if row['year'] == '2035':
            moved[row['iso3']] += float(row['unconditional_low_mt'])
    page.hold('today Indonesia {}, Iraq {}, Kuwait {}, Kenya {}, South Africa {}, Türkiye {} and Mexico {} Mt',
              [f'{moved[area]:+.0f}' for area in ('IDN', 'IRQ', 'KWT', 'KEN', 'ZAF', 'TUR', 'MEX')])
    mexico = {row['ambition']: row for row in document('targets', '--trace', '--area', 'MEX', '--year', '2035',
                                                       '--as-of', DAYS[-1])['rows'] if row['condition'] == 'unconditional'}
    low = mexico['low']
    page.hold("Mexico's 604 Mt are {} Mt: its inventory of {} has {} Mt, the composite {}, so x {}, and x {} for AR6",
              [one(low['level_excl_lulucf_mt'], 1), str(low['inventory_year']), one(low['inventory_mt'], 1),
               one(low['composite_mt'], 1), one(low['ratio'], 3), one(low['gwp_factor'], 3)])
    plain = [float(row['level_excl_lulucf_mt']) for row in table('targets', '--area', 'MEX', '--year', '2035', '--as-of',
                                                                 DAYS[-1], '--stated', 'own')
             if row['condition'] == 'unconditional']
    page.hold('Without the ratio the range is {} Mt, its middle {}', [span(plain), one(sum(plain) / 2)])


# ---- the US document of April 2021 ----

@contextlib.contextmanager
def scaled_baseline(factor):
    """A file of the US baseline times a factor, and its level of 2030."""
    rows = table('pathways', '--area', 'USA', '--gwp', 'AR4', *APRIL)
    values = {row['year']: factor * float(row['baseline_excl_lulucf_mt']) for row in rows if row['year'] > '2023'}
    with tempfile.NamedTemporaryFile('w', suffix='.csv', delete=False) as file:
        file.write('iso3,gwp,' + ','.join(values) + '\nUSA,AR4,' + ','.join(map(str, values.values())) + '\n')
    try:
        yield file.name, values['2030']
    finally:
        os.unlink(file.name)


def share_of_document(answer):
    """Gap before, share against the baseline, share against the day before."""
    before, _ = total(answer, 'baseline')
    shares = [ends(row, 'share_of_gap_pct') for counterfactual in ('baseline', 'previous')
              for row in changes(answer, 'USA', counterfactual)]
    return [span(before, 1), *(span(share, 1) for share in shares)]


def hold_april(page):
    def answer(*options, since='2021-04-20', day=APRIL):
        return assessment(since, *day, *options)

    def row(start, *options, **how):
        bold = '**' if start.startswith('benchmark of 26') else ''
        page.hold(f'| {start} | {{}} | {bold}{{}}{bold} | {{}} |', share_of_document(answer(*options, **how)))

    row('benchmark of 26 Gt, AR4, without LULUCF (`--benchmark tests/assess/data/april-2021.csv`)', *ANALYSTS)
    row('benchmark C1: 31.5 Gt, AR6, with LULUCF (the default)')
    row('C1, 5th percentile (`C1:p5`)', '--benchmark', 'C1:p5')
    row('C3 (2 degrees)', '--benchmark', 'C3')
    row('hot air capped (`--hot-air cap`)', *ANALYSTS, '--hot-air', 'cap')
    row('sinks unscaled (`--sinks unscaled`)', *ANALYSTS, '--sinks', 'unscaled')
    row("forest countries' land use held (`--lulucf-source hold`)", *ANALYSTS, '--lulucf-source', 'hold')
    row('stated levels as they are (`--stated own`)', *ANALYSTS, '--stated', 'own')
    row('only submitted documents (no `--include-announced`)', *ANALYSTS, day=APRIL[:2])
    middles = []
    for factor, name in ((0.9, 'lower'), (1.1, 'higher')):
        with scaled_baseline(factor) as (file, of_2030):
            cells = share_of_document(answer(*ANALYSTS, '--baselines', file))
            more = ', `--baselines`' if name == 'lower' else ''
            page.hold(f'| US baseline 10 % {name} ({{}} Mt{more}) | {{}} | {{}} | {{}} |', [one(of_2030), *cells])
            middles.append(sum(float(end) for end in cells[1].split('-')) / 2)
    page.hold('10 % of it moves the share by about {} points', [one((middles[1] - middles[0]) / 2, 1)])

    plain = answer(*ANALYSTS)
    document_row, = changes(plain, 'USA')
    none, = changes(plain, 'USA', 'baseline')
    former = ends(document_row, 'before_mt')
    closes = ends(document_row, 'closes_gt')
    page.hold('Against no pledge the document is {} to {} Gt', [one(end, 2) for end in sorted(ends(none, 'closes_gt'))])
    of_2025 = [float(row['level_excl_lulucf_mt']) for row in targets('USA', 2025, *BEFORE)
               if row['condition'] == 'unconditional']
    rates = sorted(100 * (1 - (after / first) ** 0.2) for after, first in zip(former, of_2025))
    page.hold('from 2005 to 2025 ({} to {} % a year, {} to {} Mt in 2030), it is {} to {} Gt.',
              [*(one(rate, 1) for rate in rates), *(one(end) for end in sorted(former)),
               *(one(end, 2) for end in sorted(closes))])
    steep, = changes(answer(*ANALYSTS, '--extend', 'constant_rate'), 'USA')
    now = history('USA', 2023, '--gwp', 'AR4')
    plunge = sorted(100 * (1 - (level / now) ** 0.5) for level in of_2025)
    page.hold('a plunge of {} to {} % a year and leave {} to {} Gt',
              [*(one(rate) for rate in plunge), *(one(end, 1) for end in sorted(ends(steep, 'closes_gt')))])
    page.hold('policies that followed the pledge, {} Gt.', [one(ends(none, 'before_mt')[0] / 1000, 2)])
    net, unscaled = level('USA', *APRIL), level('USA', *APRIL, '--sinks', 'unscaled')
    page.hold('the level is {} Mt higher than unscaled', [one(net[0] - unscaled[0])])

    both = answer(*ANALYSTS, since='2020-11-05')
    before = {counterfactual: total(both, counterfactual)[0] for counterfactual in ('baseline', 'previous')}
    rows = changes(both, 'USA') + changes(both, 'USA', kind='return')
    together = [sum(ends(row, 'closes_gt')[k] for row in rows) for k in (0, 1)]
    page.hold('its return and its document together | {} ({}) | {} | {} |',
              [span(before['baseline'], 1), span(before['previous'], 1),
               span(ends(changes(both, 'USA', 'baseline')[0], 'share_of_gap_pct'), 1),
               span([100 * closes / gap for closes in together for gap in before['previous']], 1)])


def hold(page):
    for part in (hold_emitters, hold_parties, hold_world, hold_moves, hold_2035, hold_april):
        part(page)
