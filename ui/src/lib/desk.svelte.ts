// What all screens share: the address, what can be undone, messages, and the keys.

import { api, type Written } from './api'

const SCREENS = ['start', 'review', 'entries', 'map', 'actors', 'check', 'export'] as const
export type Screen = (typeof SCREENS)[number]

class Desk {
  screen = $state<Screen>('start')
  id = $state('')
  search = $state(new URLSearchParams())
  undo = $state(0)
  redo = $state(0)
  message = $state('')
  wrong = $state(false)
  help = $state(false)
  // Counts what was changed, so that screens read again what they show.
  changes = $state(0)
  busy = $state(false)
  coarse: Record<string, string | undefined> = {}

  constructor() {
    this.read()
    addEventListener('popstate', () => this.read())
  }

  private read() {
    const [screen, id] = location.pathname.slice(1).split('/')
    this.screen = SCREENS.find((one) => one === screen) ?? 'start'
    this.id = decodeURIComponent(id ?? '')
    this.search = new URLSearchParams(location.search)
    const level = (name: string) => this.search.get(name) ?? undefined
    if (this.screen === 'map' || this.screen === 'export') this.coarse = { place_level: level('place_level'), date_level: level('date_level') }
  }

  // To a screen by its button or key. Map and export keep one choice of how coarse things are.
  visit(screen: Screen) {
    this.go(screen, '', screen === 'map' || screen === 'export' ? this.coarse : {})
  }

  // The state of every screen is its address.
  go(screen: Screen, id = '', search: Record<string, string | undefined> = {}, replace = false) {
    const full = Object.entries(search).filter((pair): pair is [string, string] => !!pair[1])
    const query = new URLSearchParams(full).toString()
    const path = (screen === 'start' ? '/' : `/${screen}${id ? `/${encodeURIComponent(id)}` : ''}`) + (query ? `?${query}` : '')
    if (path === location.pathname + location.search) return
    history[replace ? 'replaceState' : 'pushState'](null, '', path)
    this.read()
  }

  tell(message: string, wrong = false) {
    this.message = message
    this.wrong = wrong
  }

  // Does what changes the record, and says what came of it. Only what the server confirmed is shown as done.
  async change(work: () => Promise<Written>, told: (written: Written) => string): Promise<Written | null> {
    this.busy = true
    try {
      const written = await work()
      this.undo = written.undo
      this.redo = written.redo
      this.changes++
      this.tell(told(written))
      return written
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error), true)
      return null
    } finally {
      this.busy = false
    }
  }

  back() {
    return this.change(api.undo, (written) => (written.decision ? `Undone. Redo: U` : 'There is nothing to undo.'))
  }

  forth() {
    return this.change(api.redo, (written) => (written.decision ? 'Done again.' : 'There is nothing to do again.'))
  }
}

export const desk = new Desk()

export type Keys = Record<string, (event: KeyboardEvent) => void>

// The name of a key with what is held: 'Shift+A', 'Ctrl+Enter', 'j'.
export function named(event: KeyboardEvent): string {
  const held = event.ctrlKey || event.metaKey ? 'Ctrl+' : ''
  const key = event.key.length === 1 && event.shiftKey && /[A-Z]/.test(event.key) ? `Shift+${event.key}` : event.key
  return held + key
}

// Whether a key is meant for a field that is written in.
export function writing(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName))
}
