/** Where every figure comes from. */
import type { ComponentChildren } from 'preact'
import { address, asOf, engine, frame, go, parties, partyOf, question, year } from '../state/store'
import { records } from '../state/parties'
import { writeAddress } from '../state/address'
import { Command } from '../ui/command'
import { useTable, useText } from '../ui/hooks'
import { Link, PartyLink } from '../ui/party'
import { Grid } from '../ui/table'
import { Trace } from '../ui/trace'
import { day, mt } from '../words/numbers'
import { say } from '../words/method'

/** What the program that made the page said of its edition. */
interface Made {
  readonly version: string
  readonly edition: string
  readonly sources: readonly { path: string; content: string; source: string; version: string; licence: string; citation: string }[]
}

const EDITION_DIGITS = 8
const made: Made = JSON.parse(document.getElementById('sources')?.textContent ?? '{"version":"","edition":"","sources":[]}')
const MEDIAN = 50
const usualParty = 'BRA'

export function Method() {
  const { edition } = engine.value!.facts
  return (
    <section class="view method">
      <h1 class="headline">{say.headline(edition, made.sources.length)}</h1>
      <p class="lead">{say.lead}</p>
      <PledgeToLevel />
      <Cases />
      <Part id="ensemble-part" title={say.ensemble}><p>{say.ensembleText(frame.value?.arrays.members?.values.length ?? 0)}</p></Part>
      <Unknown />
      <Sources edition={edition} />
      <Cite edition={edition} />
      <Commands />
      <Documentation />
    </section>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function PledgeToLevel() {
  const typed = address.value.subject
  const found = partyOf(typed)
  const iso3 = found === undefined ? usualParty : found.speaker || found.iso3
  const asked = `targets --trace --area ${iso3}`
  const text = useText(asked)
  const choices = [...parties.value.values()].filter(p => p.speaker === p.iso3 || p.iso3 === iso3).sort((a, b) => a.name.localeCompare(b.name, 'en'))
  return (
    <Part id="trace-part" title={say.trace}>
      <p>{say.traceLead}</p>
      {typed !== '' && found === undefined && <p class="notice" role="status">{say.noParty(typed)}</p>}
      <label class="pick">{say.party}{' '}
        <select value={iso3} onChange={event => go('method', event.currentTarget.value)}>
          {choices.map(p => <option key={p.iso3} value={p.iso3}>{p.name}</option>)}
        </select>
      </label>
      {text.refusal !== '' ? <p class="notice">{say.noTrace} {text.refusal}</p> : <Trace text={text.value} />}
      <Command asked={asked} />
    </Part>
  )
}

interface CaseRow {
  readonly case: string
  readonly condition: string
  readonly ambition: string
  readonly hot_air: string
  readonly percentile: number
  readonly warming_2100_k: number
  readonly p_exceed_2: number
}

interface TargetRow {
  readonly iso3: string
  readonly target_year: number
  readonly condition: string
  readonly ambition: string
  readonly check: string
  readonly level_excl_lulucf_mt: number
}

function Cases() {
  const { value } = useTable('warming')
  const capped = question.value.options['hot-air'] === 'cap' ? 'cap' : 'keep'
  const rows = value === null ? [] : records<CaseRow>(value).filter(r => r.condition === 'unconditional' && r.ambition === 'low' && r.hot_air === capped)
  const of = (kase: string, percentile: number) => rows.find(r => r.case === kase && r.percentile === percentile)
  return (
    <Part id="cases-part" title={say.cases}>
      <p>{say.casesLead}</p>
      <Listed caption={say.casesCaption} columns={say.caseColumns} numeric={2}
        rows={Object.entries(say.caseWords).map(([kase, [name, what]]) => {
          const median = of(kase, MEDIAN)
          return [name, what, ...(median === undefined ? ['', '', ''] : [
            say.kelvin(median.warming_2100_k), say.range(of(kase, 5)!.warming_2100_k, of(kase, 95)!.warming_2100_k), say.exceeds(median.p_exceed_2)])]
        })} />
      <Command asked="warming" />
    </Part>
  )
}

/** A mark, its share and its meaning stand in the text of an assessment: "    A  67.7 %  read from the document". */
const marksOf = (text: string) => [...text.matchAll(/^ {4}(\S{1,2}) +([\d.]+ %) {2}(.*)$/gm)].map(([, mark, share, meaning]) => [mark, meaning, share])

function Unknown() {
  const assessment = useText('assess --no-warming')
  const { value } = useTable('targets')
  const checked = value === null ? [] : records<TargetRow>(value).filter(r => r.check !== '' && String(r.target_year) === year.value && r.condition === 'unconditional' && r.ambition === 'low')
  return (
    <Part id="unknown-part" title={say.unknown}>
      <p>{say.unknownLead(year.value)}</p>
      <Listed caption={say.marksCaption(year.value)} columns={say.markColumns} numeric={2} rows={marksOf(assessment.value ?? '')} />
      <Command asked="assess --no-warming" />
      <h3>{say.checks}</h3>
      <p>{say.checksLead}</p>
      {value !== null && checked.length === 0 && <p class="sub">{say.noChecks}</p>}
      {checked.length > 0 && (
        <Listed caption={say.checksCaption(year.value)} columns={say.checkColumns} numeric={2}
          rows={checked.map(r => [<PartyLink iso3={r.iso3} />, r.check, mt(r.level_excl_lulucf_mt)])} />
      )}
      <Command asked="targets" />
      <ul class="limits">{say.limits.map(([first, rest]) => <li key={first}><b>{first}</b> {rest}</li>)}</ul>
      <p>{say.choices} <Link view="assumptions">Assumptions</Link>.</p>
    </Part>
  )
}

function Sources({ edition }: { edition: string }) {
  const same = made.edition.slice(0, EDITION_DIGITS) === edition
  return (
    <Part id="sources-part" title={say.sources}>
      {same ? <p>{say.sourcesLead(edition)}</p> : <p>{say.sourcesOther}</p>}
      {same && <Listed caption={say.sourcesCaption} columns={say.sourceColumns} numeric={9} wide
        rows={made.sources.map(s => [<code>{s.path}</code>, s.content, s.source, s.version, s.licence, s.citation])} />}
      <p class="command"><code>stocktake data</code></p>
    </Part>
  )
}

function Cite({ edition }: { edition: string }) {
  return (
    <Part id="cite-part" title={say.cite}>
      <p class="cite">{say.citeText(made.version, edition, day(asOf.value), `${/^http/.test(location.protocol) ? location.href.split('#', 1)[0] : ''}${writeAddress({ ...address.value, view: 'world', subject: '', own: {} })}`)}</p>
      <p class="sub">{say.citeLead}</p>
    </Part>
  )
}

function Commands() {
  const asked = ['assess', 'gap', 'warming', 'warming --effects', 'timeline --no-warming', 'targets', `country ${usualParty}`, 'country', 'pathways', 'fairness', 'finance', 'history --species CO2 --rank-changes 5']
  return (
    <Part id="commands-part" title={say.commands}>
      <p>{say.commandsLead}</p>
      {asked.map(line => <Command key={line} asked={line} />)}
    </Part>
  )
}

/** The page stands in the folder explorer/ of the documentation; elsewhere there is nothing to link to. */
function Documentation() {
  const beside = /^https?:/.test(location.protocol) && /\/explorer\/[^/]*$/.test(location.pathname)
  return (
    <Part id="documentation-part" title={say.documentation}>
      <ul class="limits">
        {say.documents.map(([name, what]) => <li key={name}>{beside ? <a href={`../${name}`}>{what}</a> : <>{what}: <code>docs/{name}.md</code></>}</li>)}
      </ul>
    </Part>
  )
}

interface ListedProps {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly ComponentChildren[])[]
  /** The first column of numbers. */
  readonly numeric: number
  readonly wide?: boolean
}

const Listed = ({ caption, columns, rows, numeric, wide }: ListedProps) =>
  <Grid name={caption} class={wide ? 'listed wide' : 'listed'} columns={columns.map((c, i) => [c, i >= numeric ? 'n' : undefined])} rows={rows} />
