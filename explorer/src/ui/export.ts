/** Files from what the page shows. */
import { address, asOf, engine, question } from '../state/store'
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

/** Into the clipboard, or before the reader's eyes where a page has none. */
export const copy = (text: string) => (navigator.clipboard === undefined ? Promise.resolve(void prompt('', text)) : navigator.clipboard.writeText(text))

/** What the build put into the page before the engine took over. */
const cameWith = document.getElementById('app')!.innerHTML

/** The single file that is open, without what was drawn since. */
export function pageAsItCame(): string {
  const copy = document.documentElement.cloneNode(true) as HTMLElement
  copy.querySelector('#app')!.innerHTML = cameWith
  copy.querySelector('#engine-state')!.removeAttribute('hidden')
  return `<!doctype html>\n${copy.outerHTML}\n`
}

const LINE = 15
const PAD = 16
/** Width of a letter: of a title, of the words around a drawing. */
const STRONG = 7.6
const SMALL = 6.4

/** A text in lines of a width. */
const linesOf = (text: string, width: number, letter: number) => text.split(/\s+/).reduce<string[]>((lines, word) => {
  const last = lines.at(-1)
  return last !== undefined && (last.length + 1 + word.length) * letter < width ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word]
}, [])

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The page's rules for charts, and its colours by day: what a drawing needs on its own. */
function chartRules(): string {
  const rules = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
  const ofCharts = (rule: CSSRule) => rule instanceof CSSStyleRule && /\.stk|^:root$/.test(rule.selectorText)
  return rules.filter(ofCharts).map(rule => rule.cssText).join('\n')
}

/** The drawing as a file of its own: styles inside, light, under its title and words, above date, edition and command. */
export function svgText(drawing: Element, line: string): string {
  const svg = drawing.querySelector('svg')!.cloneNode(true) as SVGSVGElement
  const width = Number(svg.getAttribute('width'))
  const height = Number(svg.getAttribute('height'))
  const words = (selector: string) => drawing.closest('figure')?.querySelector(selector)?.textContent ?? ''
  const edition = engine.value?.facts.edition
  const head = [...linesOf(words('h2'), width, STRONG).map(line => ['strong', line]), ...linesOf(words('.sub'), width, SMALL).map(line => ['small c-muted', line])]
  const foot = [`stocktake, ${asOf.value}${edition ? `, edition ${edition}` : ''}`, ...linesOf(line, width, SMALL)]
  const top = head.length * LINE + 2 * PAD
  const whole = [width + 2 * PAD, top + height + foot.length * LINE + 2 * PAD]
  const texts = [...head.map(([kind, line], i) => [kind, line, i * LINE + PAD + 10 - top] as const), ...foot.map((line, i) => ['small c-muted', line, height + PAD + i * LINE] as const)]
  return `<svg xmlns="http://www.w3.org/2000/svg" class="stk" width="${whole[0]}" height="${whole[1]}" viewBox="${-PAD} ${-top} ${whole.join(' ')}">` +
    `<style>${chartRules().replaceAll('<', '&lt;')}</style><rect class="paper" x="${-PAD}" y="${-top}" width="100%" height="100%"/>` +
    texts.map(([kind, line, y]) => `<text class="${kind}" x="0" y="${y}">${escaped(line)}</text>`).join('') + `${svg.innerHTML}</svg>`
}

export async function saveChart(drawing: Element, name: string, format: 'svg' | 'png', line: string): Promise<void> {
  const text = svgText(drawing, line)
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
