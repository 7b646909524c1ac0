/** The world as shapes in seven steps of colour and pattern; small countries are dots. */
import { Svg } from './plot'
import { memo } from '../ui/memo'

interface Shapes {
  readonly viewBox: string
  readonly sphere: string
  readonly graticule: string
  readonly nobody: string
  readonly shapes: Readonly<Record<string, string>>
  readonly dots: Readonly<Record<string, readonly [number, number]>>
}

let read: Shapes | undefined
const shapes = () => (read ??= JSON.parse(document.getElementById('map')!.textContent!) as Shapes)

/** Width of the map's own coordinates. */
const UNITS = 1000
const DOT = 3.4
/** Of the box that is drawn; the map has less empty paper at its foot than the globe. */
export const heightAt = (width: number) => Math.round((Number(shapes().viewBox.split(' ')[3]) * width) / UNITS)

/** How a country is drawn. */
export interface Look {
  /** 0 to 6, or -1 for no value. */
  readonly step: number
  readonly faded: boolean
  /** No target reaches the year. */
  readonly untargeted: boolean
}

export type Scheme = 'diverging' | 'sequential' | 'trust'

/** A pattern of each step; lines and dots get closer where a scale goes on. */
const hatches: Record<Scheme, readonly string[]> = {
  diverging: ['| 4', '| 8', '. 7', '', '/ 10', '/ 6', '/ 3.6'],
  sequential: ['', '. 8', '. 5', '/ 10', '/ 6.5', '/ 4', '+ 5'],
  trust: ['', '. 6', '/ 10', '| 5', '/ 5', '+ 6', '+ 4'],
}

export const patternOf = (scheme: Scheme, step: number) => `url(#${scheme}-${step < 0 ? 'none' : step})`

/** Patterns are measured in px of the page, whatever the scale of the map. */
export function Patterns({ scheme, scale = 1 }: { scheme: Scheme; scale?: number }) {
  return (
    <defs>
      {hatches[scheme].map((hatch, i) => <Pattern key={i} id={`${scheme}-${i}`} ground={`${scheme} k${i}`} hatch={hatch} scale={scale} />)}
      <Pattern id={`${scheme}-none`} ground="k-none" hatch="x 5" scale={scale} />
    </defs>
  )
}

function Pattern({ id, ground, hatch, scale }: { id: string; ground: string; hatch: string; scale: number }) {
  const [kind, distance = '6'] = hatch.split(' ')
  const size = Number(distance)
  const turn = kind === '/' ? ' rotate(45)' : kind === 'x' ? ' rotate(-45)' : ''
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse" patternTransform={`scale(${scale})${turn}`}>
      <rect class={ground} width={size} height={size} />
      {kind === '.' ? <circle class="hatch-dot" cx={size / 2} cy={size / 2} r={0.9} /> : kind !== '' && <line class="hatch" x1={size / 2} x2={size / 2} y2={size} />}
      {kind === '+' && <line class="hatch" y1={size / 2} y2={size / 2} x2={size} />}
    </pattern>
  )
}

interface AtlasProps {
  readonly width: number
  readonly scheme: Scheme
  /** By the United Nations' number: who speaks for the country, and its look. */
  readonly looks: ReadonlyMap<string, Look & { readonly iso3: string }>
  /** Numbers of the countries that are pointed at. */
  readonly marked: readonly string[]
}

export function Atlas({ width, scheme, looks, marked }: AtlasProps) {
  const { shapes: outlines, dots } = shapes()
  const scale = width / UNITS
  return (
    <Svg width={width} height={heightAt(width)}>
      <Patterns scheme={scheme} scale={1 / scale} />
      <g class="atlas" transform={`scale(${scale})`}>
        <Ground />
        <Countries scheme={scheme} looks={looks} scale={scale} />
        {marked.map(m49 => (
          <g key={m49} class="marked">
            {outlines[m49] !== undefined && <path d={outlines[m49]} />}
            {dots[m49] !== undefined && <circle cx={dots[m49][0]} cy={dots[m49][1]} r={(DOT + 2) / scale} />}
          </g>
        ))}
      </g>
    </Svg>
  )
}

const Ground = memo(function Ground() {
  const { sphere, graticule, nobody } = shapes()
  return (
    <g>
      <path class="sphere" d={sphere} />
      <path class="graticule" d={graticule} />
      <path class="nobody" d={nobody} />
    </g>
  )
})

const Countries = memo(function Countries({ scheme, looks, scale }: Pick<AtlasProps, 'scheme' | 'looks'> & { scale: number }) {
  const { shapes: outlines, dots } = shapes()
  const attributes = (m49: string) => {
    const look = looks.get(m49)
    const flags = [look?.faded && 'faded', look?.untargeted && 'untargeted'].filter(Boolean).join(' ')
    return { 'data-m49': m49, class: `country ${flags}`, fill: patternOf(scheme, look?.step ?? -1) }
  }
  return (
    <g>
      {Object.entries(outlines).map(([m49, d]) => <path key={m49} {...attributes(m49)} d={d} />)}
      {Object.entries(dots).map(([m49, [x, y]]) => {
        const { class: name, ...rest } = attributes(m49)
        return <circle key={m49} {...rest} class={`${name} speck`} cx={x} cy={y} r={DOT / Math.max(scale, 0.55)} />
      })}
    </g>
  )
})

/** The number of the country at a place of the window, "" for none. */
export const countryAt = (x: number, y: number): string => document.elementFromPoint(x, y)?.closest<SVGElement>('[data-m49]')?.dataset.m49 ?? ''
