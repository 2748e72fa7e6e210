// The server's answers, as /api describes them, and the ways to ask. Offsets are code points of the report's text.

export type Kind = 'event' | 'relation' | 'figure'
export type Status = 'actual' | 'intended' | 'called_for' | 'negated' | 'possible'
export type Role = 'source' | 'action' | 'target' | 'quantity' | 'place' | 'time' | 'speaker'

export interface Actor {
  text: string
  name: string
  code: string
  country: string | null
  sectors: string[]
  id: string | null
  ucdp: number | null
  person: 'public' | 'private' | null
}

export interface Place {
  text: string
  name: string
  country: string | null
  admin1: string | null
  latitude: number | null
  longitude: number | null
  precision: number | null
  geonames: number | null
}

export interface Time {
  text: string
  start: string | null
  end: string | null
  precision: string | null
}

export interface Quantity {
  text: string
  low: number | null
  best: number | null
  high: number | null
  relation: string
  unit: string
}

export interface Span {
  start: number
  end: number
}

export interface Claim {
  id: string
  document: string
  codebook: string
  kind: Kind
  type: string
  mode: string | null
  context: string[]
  cameo: string | null
  source: Actor[]
  target: Actor[]
  mutual: boolean
  quantity: Quantity | null
  change: 'rise' | 'fall' | null
  cause: string | null
  of_event: string | null
  inside: string | null
  place: Place | null
  places: Place[]
  time: Time | null
  status: Status
  said_by: Actor[]
  evidence: {
    sentence: number
    start: number
    end: number
    quote: string
    // First and one past the last code point.
    parts: Partial<Record<Role, [number, number]>>
    also: Span[]
  }
  confidence: number | null
}

export interface Held {
  claim: Claim
  read: Claim | null
  entry: string | null
  decided: boolean | null
  hand: string | null
}

export interface Report {
  id: string
  name: string
  title: string | null
  date: string | null
  publisher: string | null
  url: string | null
  licence: string | null
  sensitivity: number
  language: string | null
  claims: number
  copies: string[]
}

export interface Queued extends Report {
  open: number
  doubt: number
}

export interface Missed extends Span {
  sentence: number
  weight: number
  signs: string
}

export interface Opened {
  report: Report
  text: string
  claims: Held[]
  missed: Missed[]
}

export interface Member {
  claim: string
  report: string
  date: string | null
  publisher: string | null
  title: string
  origin: number
  status: Status
  quantity: string | null
  number: number | null
  superseded: boolean
  decided: boolean | null
  like: string | null
  why: string[]
  quote: string
}

export interface Entry {
  id: string
  kind: Kind
  type: string
  mode: string | null
  status: Status
  disputed: boolean
  source: Actor[]
  target: Actor[]
  mutual: boolean
  place: Place | null
  time: Time | null
  first_reported: string | null
  last_reported: string | null
  low: number | null
  best: number | null
  high: number | null
  unit: string | null
  rule: string | null
  cumulative: boolean
  held: { since: string | null; since_told: boolean; until: string | null; until_by: string | null }[]
  of_event: string | null
  inside: string | null
  said_by: Actor[]
  reports: number
  independent: number
  decided: 'accepted' | 'rejected' | null
  confidence: number | null
  members: Member[]
}

export interface Decision {
  n: number
  at: string
  who: string
  what: string
  subject: string[]
  before: unknown
  after: unknown
  why: string
}

export interface Double {
  points: number
  agree: string[]
  entry: Entry
}

export interface Start {
  record: string
  who: string
  model: string
  codebook: string
  undo: number
  redo: number
  standing: {
    reports: number
    claims: number
    entries: number
    open: number
    accepted: number
    rejected: number
    decisions: number
    added: string | null
    fresh: number
    span: [string, string] | null
  }
}

export interface PlaceChoice {
  name: string
  country: string | null
  admin1: string | null
  kind: string
  latitude: number
  longitude: number
  precision: number
  geonames: number | null
  population: number
}

export interface ActorChoice {
  id: string | null
  name: string
  code: string
  country: string | null
  sectors: string[]
}

export interface Written {
  decision: Decision | null
  claim: Claim | null
  undo: number
  redo: number
}

export async function ask<T>(path: string, body?: unknown): Promise<T> {
  const request: RequestInit =
    body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  let response: Response
  try {
    response = await fetch(path, request)
  } catch {
    throw new Error('The server does not answer. Start “griot serve” again: what was confirmed is kept.')
  }
  if (!response.ok) {
    const told = await response.json().catch(() => null)
    throw new Error(told?.error ?? `The server answered ${response.status}.`)
  }
  return response.json() as Promise<T>
}

export function query(values: Record<string, string | number | boolean | undefined>): string {
  const full = Object.entries(values).filter(([, value]) => value !== undefined && value !== '' && value !== false)
  return new URLSearchParams(full.map(([name, value]): [string, string] => [name, String(value)])).toString()
}

export type Filter = Partial<Record<'kind' | 'type' | 'status' | 'actor' | 'country' | 'place' | 'from' | 'to' | 'text' | 'rule', string>> & {
  conflicts?: boolean
}

export const api = {
  start: () => ask<Start>('/api/start'),
  queue: () => ask<Queued[]>('/api/queue'),
  report: (id: string) => ask<Opened>(`/api/reports/${encodeURIComponent(id)}`),
  entries: (filter: Filter, offset: number, limit = 100) =>
    ask<{ all: number; entries: Entry[] }>(`/api/entries?${query({ ...filter, offset, limit })}`),
  entriesCsv: (filter: Filter) => `/entries.csv?${query(filter)}`,
  facets: () => ask<{ types: [string, number][]; countries: [string, number][] }>('/api/facets'),
  entry: (id: string, rule = '') => ask<{ entry: Entry; decisions: Decision[] }>(`/api/entries/${id}?${query({ rule })}`),
  doubles: (id: string) => ask<Double[]>(`/api/entries/${id}/doubles`),
  decisions: () => ask<Decision[]>('/api/decisions'),
  decide: (what: string, ids: string[], more: { fields?: Record<string, unknown>; value?: number; why?: string } = {}) =>
    ask<Written>('/api/decisions', { what, ids, ...more }),
  undo: () => ask<Written>('/api/undo', {}),
  redo: () => ask<Written>('/api/redo', {}),
  write: (report: string, claim: Claim) => ask<Written>(`/api/reports/${encodeURIComponent(report)}/claims`, claim),
  places: (name: string) => ask<PlaceChoice[]>(`/api/places?${query({ name })}`),
  actors: (name: string) => ask<ActorChoice[]>(`/api/actors?${query({ name })}`),
  name: (body: { name: string; kind: string; code: string; countries: string[]; aliases: string[] }) =>
    ask<{ written: string }>('/api/names', body),
  demonstrate: () => ask<{ reports: number }>('/api/demonstration', {}),
}
