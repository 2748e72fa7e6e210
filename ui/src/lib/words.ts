// What stands for what, in the field's words.

import type { Actor, Claim, Entry, Place, Quantity, Status, Time } from './api'

export const EVENTS = [
  'ASSAULT', 'COERCE', 'MOBILIZE', 'RETREAT', 'AGREE', 'CONSULT', 'SUPPORT', 'ACCUSE', 'REJECT', 'REQUEST', 'THREATEN', 'AID', 'COOPERATE',
  'CONCEDE', 'PROTEST', 'SANCTION',
]
export const RELATIONS = [
  'part_of', 'affiliated_with', 'allied_with', 'opposed_to', 'supports', 'present_in', 'active_in', 'controls', 'leads', 'successor_of',
  'mandated_to',
]
export const FIGURES = [
  'killed', 'injured', 'displaced', 'abducted', 'detained', 'missing', 'freed', 'personnel', 'attacks', 'recruits', 'casualties', 'other',
]
export const STATUSES: Status[] = ['actual', 'intended', 'called_for', 'negated', 'possible']
const STATUS_WORDS: Record<Status, string> = {
  actual: 'reported',
  intended: 'planned',
  called_for: 'demanded',
  negated: 'denied or not so',
  possible: 'uncertain',
}

export const status = (value: Status) => STATUS_WORDS[value]

const PRECISION: Record<number, string> = {
  1: 'exact place',
  2: 'near the place',
  3: 'second-level unit',
  4: 'first-level unit',
  5: 'line or area',
  6: 'country only',
  7: 'international',
}

export const precision = (value: number | null) => (value === null ? 'not located' : (PRECISION[value] ?? `precision ${value}`))

export function types(kind: string): string[] {
  return kind === 'event' ? EVENTS : kind === 'relation' ? RELATIONS : FIGURES
}

export const label = (type: string) => type.replaceAll('_', ' ').toLowerCase()

export const names = (actors: Actor[]) => actors.map((actor) => actor.name || actor.text).join(', ')

export function number(low: number | null, best: number | null, high: number | null, unit: string | null): string {
  const of = (value: number) => value.toLocaleString('en')
  const kind = unit && unit !== 'people' && unit !== 'items' ? ` ${unit}` : ''
  if (low !== null && high !== null && low !== high) return `${of(low)}–${of(high)}${best !== null && best !== low && best !== high ? `, best ${of(best)}` : ''}${kind}`
  if (low !== null && high === null) return `at least ${of(low)}${kind}`
  if (low === null && high !== null) return `at most ${of(high)}${kind}`
  return best === null ? '–' : of(best) + kind
}

export const quantity = (q: Quantity | null) => (q ? number(q.low, q.best, q.high, q.unit) : '')

export function when(time: Time | null): string {
  if (!time) return ''
  if (!time.start && !time.end) return time.text || ''
  if (time.start === time.end) return time.start ?? ''
  return `${time.start ?? '…'} to ${time.end ?? '…'}`
}

export function where(place: Place | null): string {
  if (!place) return ''
  // The report's spelling beside the gazetteer's, where they differ: 'Solhan' is what GeoNames calls Solna.
  const plain = (words: string) => words.normalize('NFD').replace(/[^a-z]/gi, '').toLowerCase()
  const told = place.text && place.name && !plain(place.text).includes(plain(place.name)) ? `${place.name} (“${place.text}”)` : place.name || place.text
  return [told, place.admin1, place.country].filter((part, at, all) => part && all.indexOf(part) === at).join(', ')
}

// One line that says what a claim or an entry is.
export function line(of: Claim | Entry): string {
  const count = 'quantity' in of ? quantity(of.quantity) : number(of.low, of.best, of.high, of.unit)
  const from = names(of.source)
  const to = names(of.target)
  if (of.kind === 'figure') return [count, label(of.type), to && `of ${to}`, from && `by ${from}`].filter(Boolean).join(' ')
  const act = of.mode ? `${label(of.type)} · ${label(of.mode)}` : label(of.type)
  const other = of.kind === 'relation' && !to ? where(of.place) : to
  return [from || 'someone unnamed', act, other].filter(Boolean).join(of.mutual ? ' ↔ ' : ' → ')
}

export const chance = (value: number | null) => (value === null ? '–' : `${Math.round(value * 100)} %`)
