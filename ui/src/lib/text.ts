// A report's text as paragraphs and stretches, with what stands where. It is only ever put on the page as text.

import type { Claim, Missed, Role, Span } from './api'

export interface Stretch {
  text: string
  start: number
  role: Role | null
  claims: string[]
  chosen: boolean
  missed: Missed | null
}

export interface Paragraph {
  start: number
  stretches: Stretch[]
}

// Code points to the units of JavaScript's strings. Texts without a character beyond the first plane need no table.
export class Units {
  private table: Uint32Array | null = null

  constructor(readonly text: string) {
    if (!/[\ud800-\udbff]/.test(text)) return
    const table = new Uint32Array([...text].length + 1)
    let unit = 0
    let at = 0
    for (const point of text) {
      table[at++] = unit
      unit += point.length
    }
    table[at] = unit
    this.table = table
  }

  unit(point: number): number {
    return this.table ? (this.table[Math.min(point, this.table.length - 1)] ?? this.text.length) : Math.min(point, this.text.length)
  }

  point(unit: number): number {
    if (!this.table) return unit
    let low = 0
    let high = this.table.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.table[middle] ?? 0) < unit) low = middle + 1
      else high = middle
    }
    return low
  }
}

interface Mark extends Span {
  role: Role | null
  claim: string | null
  missed: Missed | null
}

// Roles that stand inside others come last, so that they are seen.
const ORDER: Role[] = ['source', 'target', 'action', 'place', 'time', 'quantity', 'speaker']

export function paragraphs(units: Units, claims: Claim[], missed: Missed[], chosen: Claim | null): Paragraph[] {
  const marks: Mark[] = []
  const put = (span: Span, role: Role | null, claim: string | null, told: Missed | null = null) => {
    const start = units.unit(span.start)
    const end = units.unit(span.end)
    if (end > start) marks.push({ start, end, role, claim, missed: told })
  }
  for (const one of missed) put(one, null, null, one)
  for (const claim of claims) put(claim.evidence, null, claim.id)
  for (const role of ORDER) {
    const part = chosen?.evidence.parts[role]
    if (part) put({ start: part[0], end: part[1] }, role, null)
  }
  marks.sort((a, b) => a.start - b.start)

  const found: Paragraph[] = []
  let from = 0
  let next = 0
  let open: Mark[] = []
  for (const piece of pieces(units.text)) {
    while (next < marks.length && marks[next]!.start < piece.end) open.push(marks[next++]!)
    open = open.filter((mark) => mark.end > piece.start)
    found.push({ start: piece.start, stretches: cut(units.text, piece, open, chosen) })
    from = piece.end
  }
  return from === 0 ? [] : found
}

function* pieces(text: string): Generator<Span> {
  const gap = /\n\s*\n/g
  let start = 0
  for (let match = gap.exec(text); match; match = gap.exec(text)) {
    if (match.index > start) yield { start, end: match.index }
    start = match.index + match[0].length
  }
  if (start < text.length) yield { start, end: text.length }
}

function cut(text: string, piece: Span, marks: Mark[], chosen: Claim | null): Stretch[] {
  const ends = new Set([piece.start, piece.end])
  for (const mark of marks) {
    if (mark.start > piece.start) ends.add(mark.start)
    if (mark.end < piece.end) ends.add(mark.end)
  }
  const bounds = [...ends].sort((a, b) => a - b)
  const out: Stretch[] = []
  for (let at = 0; at + 1 < bounds.length; at++) {
    const [start, end] = [bounds[at]!, bounds[at + 1]!]
    const here = marks.filter((mark) => mark.start <= start && mark.end >= end)
    const claims = here.flatMap((mark) => (mark.claim ? [mark.claim] : []))
    const role = here.reduce<Role | null>((role, mark) => mark.role ?? role, null)
    out.push({
      text: text.slice(start, end),
      start,
      role,
      claims,
      chosen: chosen !== null && claims.includes(chosen.id),
      missed: here.find((mark) => mark.missed)?.missed ?? null,
    })
  }
  return out
}
