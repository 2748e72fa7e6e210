// Places as they are drawn: alone, or with their neighbours in one cell of a grid where there are too many to tell apart.

import { exactness, type Spot, type Sum, type Told } from './atlas'
import { kilometres, project } from './land'

// With so many places or fewer each is drawn by itself.
const ALONE = 200
// A cell's side in pixels is this or up to twice as much.
const CELL = 24

export interface Mark extends Sum {
  // A spot's key, or a cell's name.
  key: string
  // World units.
  x: number
  y: number
  shape: 'point' | 'area' | 'cell'
  // Pixels.
  radius: number
  name: string
  spots: Spot[]
}

// Whether a place is a country or an unknown part of it, which is drawn as the whole country.
export function whole(spot: Spot, countries: Map<string, Told>): boolean {
  return spot.precision === 6 || (spot.precision === 5 && spot.country !== null && countries.get(spot.country)?.name === spot.name)
}

const size = (best: number, most: number) => 4 + 12 * Math.sqrt(best / Math.max(1, most))

// How large a place is in pixels at `scale` pixels a world unit. What is told as an area never gets smaller than can be seen and hit.
function radius(spot: Spot, scale: number, most: number): number {
  const reach = exactness(spot)?.reach ?? 0
  return reach ? Math.max(9, kilometres(reach, spot.latitude!) * scale) : size(spot.best, most)
}

// What lies below what: areas under points, the larger under the smaller.
const below = (a: Mark, b: Mark) => Number(b.shape === 'area') - Number(a.shape === 'area') || b.radius - a.radius

export function marks(spots: Spot[], scale: number): Mark[] {
  const most = spots.reduce((most, spot) => Math.max(most, spot.best), 0)
  const alone = (spot: Spot, x: number, y: number): Mark => {
    const shape = exactness(spot)?.reach ? 'area' : 'point'
    const { key, name, entries, low, best, high } = spot
    return { key, name, x, y, shape, radius: radius(spot, scale, most), entries, low, best, high, spots: [spot] }
  }
  const placed = spots.map((spot) => ({ spot, at: project(spot.latitude!, spot.longitude!) }))
  if (spots.length <= ALONE) return placed.map(({ spot, at }) => alone(spot, ...at)).sort(below)
  const side = CELL / 2 ** Math.floor(Math.log2(scale))
  const cells = new Map<string, typeof placed>()
  for (const one of placed) {
    const cell = `${Math.floor(one.at[0] / side)}:${Math.floor(one.at[1] / side)}`
    const there = cells.get(cell)
    if (there) there.push(one)
    else cells.set(cell, [one])
  }
  const all = [...cells].map(([cell, inside]): Mark => {
    if (inside.length === 1) return alone(inside[0]!.spot, ...inside[0]!.at)
    const of = (value: (spot: Spot) => number) => inside.reduce((sum, one) => sum + value(one.spot), 0)
    const mean = (axis: 0 | 1) => inside.reduce((sum, one) => sum + one.at[axis], 0) / inside.length
    const [x, y] = [mean(0), mean(1)]
    const [entries, low, best, high] = [of((s) => s.entries), of((s) => s.low), of((s) => s.best), of((s) => s.high)]
    return { key: `cell ${cell}`, name: `${inside.length} places`, x, y, shape: 'cell', radius: 0, entries, low, best, high, spots: inside.map((one) => one.spot) }
  })
  const fullest = all.reduce((most, mark) => Math.max(most, mark.best), 0)
  for (const mark of all) if (mark.shape === 'cell') mark.radius = 10 + 6 * Math.sqrt(mark.best / Math.max(1, fullest))
  return all.sort(below)
}

// Which marks can carry their names without one lying on another, the fullest first; `scale` pixels a world unit.
export function labelled(all: Mark[], scale: number, most = 40): Set<string> {
  const taken: [number, number, number, number][] = []
  const found = new Set<string>()
  const free = (box: [number, number, number, number]) => taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3])
  for (const mark of all) {
    if (mark.shape !== 'point') continue
    const [x, y] = [mark.x * scale, mark.y * scale]
    taken.push([x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius])
  }
  for (const mark of [...all].sort((a, b) => b.best - a.best)) {
    if (mark.shape === 'cell' || found.size >= most) continue
    const left = mark.x * scale + (mark.shape === 'point' ? mark.radius : 8) + 3
    const y = mark.y * scale
    const box: [number, number, number, number] = [left, y - 7, left + mark.name.length * 6.4, y + 7]
    if (free(box)) {
      found.add(mark.key)
      taken.push(box)
    }
  }
  return found
}
