// What the server says of places, time and actors, as /api describes it.

import { ask, query, type Entry } from './api'

export interface Sum {
  entries: number
  low: number
  best: number
  high: number
}

export interface Spot extends Sum {
  key: string
  name: string
  country: string | null
  admin1: string | null
  latitude: number | null
  longitude: number | null
  precision: number
}

// A country that reports speak of; `m49` is its ISO number, by which the map names it.
export interface Told {
  code: string
  m49: string | null
  name: string
  reports: number
}

export interface MapAnswer {
  counted: 'events' | 'deaths'
  all: Sum
  nowhere: Sum
  countries: Told[]
  spots: Spot[]
  // With coarse places or days: entries that share place, time and type with another, and with fewer than two others.
  coarse: { together: number; small: number } | null
}

export interface Period {
  name: string
  first: string
  last: string
  count: number
  low: number
  high: number
  reports: number | null
  unwatched: boolean
  incomplete: boolean
  begins: string[]
  ends: string[]
}

export interface Window {
  from: string
  to: string
  pieces: number
  total: number
  rate: number
}

export interface Comparison {
  before: Window
  after: Window
  ratio: number | null
  interval: [number, number] | null
  p: number | null
  model: string
  why: string
}

export interface Trend {
  series: { counted: 'events' | 'deaths'; unit: 'week' | 'month' | 'quarter' | 'year'; periods: Period[]; undated: number; lag: number | null }
  notes: string[][]
  compared: Comparison | null
  words: string[] | null
  // Reports that speak of the country asked for, by period.
  about: number[] | null
}

export interface Stretch {
  since: string | null
  since_told: boolean
  until: string | null
  until_by: string | null
}

export type HeldEntry = Entry & { held: Stretch[] }

export interface ActorRow {
  id: string | null
  name: string
  code: string
  country: string | null
  entries: number
}

export type Stand = 'tie' | 'with' | 'against'

export interface Edge {
  stand: Stand
  // Type, whether the actor is the doer, how many entries.
  types: [string, boolean, number][]
  first: string | null
  last: string | null
  entries: number
  ids: string[]
}

// What the dictionaries know, whatever reports say.
export interface Background {
  aliases: string[]
  since: string
  until: string
  relations: { type: string; out: boolean; id: string; name: string; since: string; until: string }[]
}

export interface Network {
  background: Background | null
  actors: ActorRow[]
  names: [string, number][]
  neighbours: (ActorRow & { edges: Edge[] })[]
  more: number
  strength: HeldEntry[]
  losses: HeldEntry[]
}

export type Asked = Partial<
  Record<
    'kind' | 'type' | 'status' | 'actor' | 'country' | 'place' | 'from' | 'to' | 'text' | 'count' | 'by' | 'before' | 'after' | 'around' | 'span' | 'limit' | 'offset' | 'place_level' | 'date_level' | 'table' | 'table_type',
    string
  >
>

// A table of others in the record, and the types of its rows.
export interface Table {
  n: number
  source: string
  version: string
  rows: number
  licence: string | null
  types: string[]
}

export const atlas = {
  tables: () => ask<Table[]>('/api/tables'),
  carry: () => ask<Table[]>('/api/tables', {}),
  map: (asked: Asked) => ask<MapAnswer>(`/api/map?${query(asked)}`),
  spot: (key: string, asked: Asked) => ask<{ all: number; entries: HeldEntry[] }>(`/api/map/${encodeURIComponent(key)}?${query(asked)}`),
  trend: (asked: Asked) => ask<Trend>(`/api/trend?${query(asked)}`),
  presence: (asked: Asked) => ask<{ all: number; entries: HeldEntry[] }>(`/api/presence?${query(asked)}`),
  cast: (asked: Asked) => ask<ActorRow[]>(`/api/cast?${query(asked)}`),
  network: (actor: string, asked: Asked) => ask<Network>(`/api/network/${encodeURIComponent(actor)}?${query(asked)}`),
  entries: (asked: Asked) => ask<{ all: number; entries: HeldEntry[] }>(`/api/entries?${query(asked)}`),
}

// What is said of how exactly a place is told, and how far around its point it may have been, in kilometres; 0 for a point, null for a whole country.
export const EXACTNESS: Record<number, { words: string; reach: number | null }> = {
  1: { words: 'exact place', reach: 0 },
  2: { words: 'near the place', reach: 25 },
  3: { words: 'somewhere in the second-level unit', reach: 50 },
  4: { words: 'somewhere in the first-level unit', reach: 110 },
  5: { words: 'along a line or in an area', reach: 150 },
  6: { words: 'somewhere in the country', reach: null },
  7: { words: 'no place on land', reach: null },
}

// A cell of PRIO's grid, which coarsening makes of places: half a degree wide, and so drawn as a disc that holds it.
export const exactness = (spot: { name: string; precision: number }) =>
  spot.name.startsWith('PRIO-GRID cell ') ? { words: 'somewhere in the half-degree cell', reach: 39 } : EXACTNESS[spot.precision]

export const many = (n: number, one: string, more = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : more}`

// '17', or '17–21' where sources differ.
export const sum = (of: Sum) => of.best.toLocaleString('en') + (of.low !== of.high ? ` (${of.low.toLocaleString('en')}–${of.high.toLocaleString('en')})` : '')

// As short as a mark is small: 1.2k.
export const short = (n: number) => (n < 1000 ? String(Math.round(n)) : n < 10_000 ? `${(n / 1000).toFixed(1)}k` : `${Math.round(n / 1000)}k`)

export const days = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000
export const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

// What an actor is called in an address.
export const who = (one: ActorRow) => one.id ?? one.name
// A line of a network in an address.
export const lineKey = (one: ActorRow, edge: Edge) => `${who(one)}/${one.code}|${edge.stand}`
