/** Keys of a view in the address: what the view takes, its usual value for anything else, which is then left out and said. */
import { useEffect } from 'preact/hooks'
import { address, leaveOut } from '../state/store'

/** Leave a key out of the address where the view takes no such value. */
export function useLeftOut(key: string, wrong: boolean, allowed: string): void {
  useEffect(() => {
    if (wrong) leaveOut(key, allowed)
  }, [wrong, address.value.own[key]])
}

export function useOwn<T extends string>(key: string, allowed: readonly T[], usual: T, said = allowed.join('|')): T {
  const given = address.value.own[key]
  const found = given ? allowed.find(value => value === given) : usual
  useLeftOut(key, found === undefined, said)
  return found ?? usual
}

/** The order of a table: "level", or "-level" for the largest first. */
export const useOrder = (columns: readonly { key: string }[], usual: string) =>
  useOwn('sort', ['', ...columns.flatMap(({ key }) => [key, `-${key}`])], usual, columns.map(({ key }) => key).join('|'))
