// Checks, the search over everything, exports.

import { ask, query, type Entry, type Filter, type Report } from './api'

export interface ActorRow {
  id: string | null
  name: string
  code: string
  country: string | null
  entries: number
}

export interface PlaceRow {
  name: string
  country: string | null
  admin1: string | null
  entries: number
}

export type Verdict = 'supported' | 'contradicted' | 'depends on the definition' | 'not enough in the record'

export interface Checked {
  quote: string
  claim: string
  verdict: Verdict
  answers: { definition: string; verdict: Verdict; found: string; rows: { source: string; text: string }[] }[]
}

export interface Found {
  actors: ActorRow[]
  places: PlaceRow[]
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
  search: (q: string) => ask<Found>(`/api/search?${query({ q })}`),
  export: (giving: Giving, filter: Filter) => ask<Preview>(`/api/export?${query({ ...giving, ...filter })}`),
  file: (giving: Giving, filter: Filter) => `/api/export/file?${query({ ...giving, ...filter })}`,
}
