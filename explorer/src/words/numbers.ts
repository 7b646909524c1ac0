/** Numbers as the library's texts have them: same rounding, same units; minus as a sign of its own. */
const minus = (text: string) => text.replace(/^-(?=.*[1-9])/, '−').replace(/^-/, '')
const grouped = (text: string) => text.replace(/^-?\d+/, whole => whole.replace(/\B(?=(\d{3})+$)/g, ','))

/** 1,234.5 */
export const fixed = (value: number, digits: number) => (Number.isFinite(value) ? minus(grouped(value.toFixed(digits))) : '–')
/** 53.1 */
export const gt = (mtOrGt: number) => fixed(mtOrGt, 1)
/** 3,500 */
export const mt = (value: number) => (Number.isFinite(value) ? minus(grouped(value.toFixed(Math.abs(value) < 10 ? 1 : 0))) : '–')
/** 3,500; 85.2; 0.012: small areas need more decimals, as in the library's sheets. */
export const level = (value: number) => {
  const size = Math.abs(value)
  return Number.isFinite(value) ? minus(grouped(value.toFixed(size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3))) : '–'
}
/** 2.5 */
export const kelvin = (value: number) => fixed(value, 1)
export const percent = (share: number) => fixed(100 * share, 0)
/** +0.02, −0.40 */
export const signed = (value: number, digits: number) => (value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${fixed(value, digits)}` : fixed(value, digits))
/** "50.4 to 51.7", or one number where both look the same. */
export const range = (a: number, b: number, format: (v: number) => string) => {
  const [low, high] = a < b ? [format(a), format(b)] : [format(b), format(a)]
  return low === high ? low : `${low} to ${high}`
}

const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
export const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
/** 22 April 2021 */
export const day = (iso: string) => (isDate(iso) ? days.format(new Date(`${iso}T00:00:00Z`)) : iso)
const shortDays = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
/** 22 Apr 2021 */
export const shortDay = (iso: string) => (isDate(iso) ? shortDays.format(new Date(`${iso}T00:00:00Z`)) : iso)
/** The reader's day, as the command takes it for today. */
export const today = () => {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)
}

/** A number stays on the line of its unit. */
export const bound = (text: string) => text.replace(/(\d) (°C|Gt|Mt|t\b|%|bn|of \d)/g, '$1\u00a0$2')
