// A line of time, in pixels.

import { days, iso } from './atlas'

export interface Axis {
  first: number
  last: number
  left: number
  right: number
}

export const x = (axis: Axis, day: number) => axis.left + ((day - axis.first) / Math.max(1, axis.last - axis.first)) * (axis.right - axis.left)
export const dayAt = (axis: Axis, px: number) => axis.first + ((px - axis.left) / Math.max(1, axis.right - axis.left)) * (axis.last - axis.first)

// Years, or months where the axis is short, as far apart as their names need.
export function ticks(axis: Axis): { day: number; name: string }[] {
  const [from, to] = [iso(axis.first), iso(axis.last)]
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1
  const room = Math.max(1, Math.floor((axis.right - axis.left) / 46))
  const found: { day: number; name: string }[] = []
  if (years > 3) {
    const every = Math.ceil(years / room)
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += every) found.push({ day: days(`${year}-01-01`), name: String(year) })
  } else {
    const months = years * 12
    const every = [1, 2, 3, 4, 6, 12].find((n) => months / n <= room / 1.3) ?? 12
    for (let month = 0; month < months; month += every) {
      const name = `${Number(from.slice(0, 4)) + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
      found.push({ day: days(`${name}-01`), name })
    }
  }
  // A name that would reach over the end is left out.
  return found.filter(({ day, name }) => day >= axis.first && x(axis, day) + name.length * 6 <= axis.right + 2)
}
