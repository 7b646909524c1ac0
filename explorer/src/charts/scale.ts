/** Scales and ticks of charts, and paths in their coordinates. */
export interface Scale {
  (value: number): number
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
  invert(at: number): number
}

export function linear(domain: [number, number], range: [number, number]): Scale {
  const [d0, d1] = domain
  const [r0, r1] = range
  const slope = d1 === d0 ? 0 : (r1 - r0) / (d1 - d0)
  return Object.assign((value: number) => r0 + (value - d0) * slope, {
    domain, range, invert: (at: number) => (slope === 0 ? d0 : d0 + (at - r0) / slope),
  })
}

/** Round values between two bounds, about `count` of them, by steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * [1, 2, 5, 10].find(f => f * power >= rough * 0.999)!
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

const round = (v: number) => Math.round(v * 10) / 10

/** A line through points; it breaks where there is none. */
export function linePath(xs: ArrayLike<number>, ys: ArrayLike<number>, x: Scale, y: Scale): string {
  let path = ''
  let pen = 'M'
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(ys[i])) {
      path += `${pen}${round(x(xs[i]))} ${round(y(ys[i]))}`
      pen = 'L'
    } else pen = 'M'
  }
  return path
}

/** The area between two lines. */
export function bandPath(xs: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>, x: Scale, y: Scale): string {
  const there = Array.from({ length: xs.length }, (_, i) => i).filter(i => Number.isFinite(low[i]) && Number.isFinite(high[i]))
  if (there.length < 2) return ''
  const point = (values: ArrayLike<number>) => (i: number) => `${round(x(xs[i]))} ${round(y(values[i]))}`
  return `M${there.map(point(high)).join('L')}L${there.reverse().map(point(low)).join('L')}Z`
}

/** Move labels apart so that each has `height` of its own, as little as possible, between two bounds. */
export function apart<T extends { at: number }>(labels: readonly T[], height: number, top: number, bottom: number): T[] {
  const sorted = [...labels].sort((a, b) => a.at - b.at)
  const places = sorted.map(({ at }) => at)
  for (let i = 0; i < places.length; i++) places[i] = Math.max(places[i], i === 0 ? top : places[i - 1] + height)
  for (let i = places.length - 1; i >= 0; i--) places[i] = Math.min(places[i], i === places.length - 1 ? bottom : places[i + 1] - height)
  return sorted.map((label, i) => ({ ...label, at: places[i] }))
}
