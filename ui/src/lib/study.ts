// What is looked at rather than decided: checks, trends, the map, one actor, the search, exports.

import { ask, query, type ActorChoice, type Entry, type Filter, type Report } from './api'

export interface ActorRow {
  id: string | null
  name: string
  code: string
  country: string | null
  entries: number
}

export interface Spot {
  name: string
  country: string | null
  admin1: string | null
  latitude: number | null
  longitude: number | null
  // UCDP's where_prec.
  precision: number | null
  geonames: number | null
  entries: number
  // Low, best, high; null where deaths were not asked for.
  deaths: [number, number, number] | null
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

export interface Compared {
  before: Window
  after: Window
  ratio: number | null
  interval: [number, number] | null
  p: number | null
  model: string
  why: string
}

export interface Trend {
  series: { counted: 'events' | 'deaths'; unit: string; periods: Period[]; undated: number; lag: number | null }
  compared: Compared | null
  refused: string | null
}

export type Verdict = 'supported' | 'contradicted' | 'depends on the definition' | 'not enough in the record'

export interface Checked {
  quote: string
  claim: string
  verdict: Verdict
  answers: { definition: string; verdict: Verdict; found: string; rows: { source: string; text: string }[] }[]
}

export interface Counterpart {
  name: string
  code: string
  entries: string[]
  last: Entry
}

export interface Profile {
  actors: ActorRow[]
  strength: Entry[]
  presence: Entry[]
  withdrawals: Entry[]
  ties: Entry[]
  losses: Entry[]
  near_losses: Entry[]
  inflicted: Entry[]
  with: Counterpart[]
  against: Counterpart[]
}

export interface Found {
  actors: ActorRow[]
  places: Spot[]
  reports: Report[]
  entries: Entry[]
  all: number
}

export interface Preview {
  columns: string[]
  first: string[][]
  rows: number
  left: number
  withheld: number
  small: number
  bytes: number
  hash: string
  citation: string
  name: string
}

export type Giving = Partial<Record<'profile' | 'form' | 'place_level' | 'date_level' | 'persons', string>>

export const study = {
  check: (text: string, date: string) => ask<{ claims: number; checked: Checked[]; tables: number }>('/api/check', { text, date: date || null }),
  trend: (filter: Filter, more: Partial<Record<'count' | 'by' | 'a_from' | 'a_to' | 'b_from' | 'b_to', string>>) =>
    ask<Trend>(`/api/trend?${query({ ...filter, ...more })}`),
  map: (filter: Filter, deaths: boolean) => ask<Spot[]>(`/api/map?${query({ ...filter, deaths })}`),
  actor: (name: string) => ask<{ asked: string; profile: Profile | null; known: ActorChoice | null }>(`/api/actor?${query({ name })}`),
  search: (q: string) => ask<Found>(`/api/search?${query({ q })}`),
  export: (giving: Giving, filter: Filter) => ask<Preview>(`/api/export?${query({ ...giving, ...filter })}`),
  file: (giving: Giving, filter: Filter) => `/api/export/file?${query({ ...giving, ...filter })}`,
}
