/** Files from what the page shows. */
import { address, question, engine } from '../state/store'
import { commandLine, type Question } from '../state/question'

/** The command line that gives an answer, with the question as it is. */
export const lineOf = (asked: string, of: Question = question.value) => commandLine(asked, of, engine.value?.facts.options ?? [])

export function save(name: string, type: string, content: string | Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}

/** What the build put into the page before the engine took over. */
const cameWith = document.getElementById('app')!.innerHTML

/** The single file that is open, without what was drawn since. */
export function pageAsItCame(): string {
  const copy = document.documentElement.cloneNode(true) as HTMLElement
  copy.querySelector('#app')!.innerHTML = cameWith
  copy.querySelector('#engine-state')!.removeAttribute('hidden')
  return `<!doctype html>\n${copy.outerHTML}\n`
}

const FOOT = 34
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The page's rules for charts, and its colours by day: what a drawing needs on its own. */
function chartRules(): string {
  const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  const ofCharts = (rule: CSSRule) => rule instanceof CSSStyleRule && /\.stk|^:root$/.test(rule.selectorText)
  return rules.filter(ofCharts).map(rule => rule.cssText).join('\n')
}

/** The drawing as a file of its own: styles inside, light, with title, date, edition and command below. */
export function svgText(drawing: Element, command?: string, of: Question = question.value): string {
  const svg = drawing.querySelector('svg')!.cloneNode(true) as SVGSVGElement
  const width = Number(svg.getAttribute('width'))
  const height = Number(svg.getAttribute('height'))
  const title = drawing.closest('figure')?.querySelector('figcaption h2')?.textContent ?? ''
  const facts = engine.value?.facts
  const made = [question.value.options['as-of'] ?? new Date().toISOString().slice(0, 10), facts?.edition && `edition ${facts.edition}`]
  const line = command === undefined ? '' : lineOf(command, of)
  const style = chartRules()
  return `<svg xmlns="http://www.w3.org/2000/svg" class="stk" width="${width}" height="${height + 30 + FOOT}" viewBox="0 -30 ${width} ${height + 30 + FOOT}">` +
    `<style>${style.replaceAll('<', '&lt;')}</style><rect class="paper" y="-30" width="100%" height="100%"/>` +
    `<text class="strong" x="0" y="-12">${escaped(title)}</text>${svg.innerHTML}` +
    `<text class="small c-muted" x="0" y="${height + 14}">stocktake, ${escaped(made.filter(Boolean).join(', '))}</text>` +
    `<text class="small c-muted" x="0" y="${height + 28}">${escaped(line)}</text></svg>`
}

export async function saveChart(drawing: Element, name: string, format: 'svg' | 'png', command?: string, of?: Question): Promise<void> {
  const text = svgText(drawing, command, of)
  const file = `stocktake-${address.value.view}-${name}`
  if (format === 'svg') return save(`${file}.svg`, 'image/svg+xml', text)
  const picture = new Image()
  picture.src = `data:image/svg+xml,${encodeURIComponent(text)}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * picture.width
  canvas.height = 2 * picture.height
  const context = canvas.getContext('2d')!
  context.scale(2, 2)
  context.drawImage(picture, 0, 0)
  canvas.toBlob(blob => blob && save(`${file}.png`, 'image/png', blob))
}
