// What the tests in a real browser share: a record that is served, a page that reports what it must not do, and whether it can be used by all.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

export const GRIOT = process.env.GRIOT ?? new URL('../target/release/griot', import.meta.url).pathname
export const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const skip = CHROMIUM && existsSync(GRIOT) ? false : 'skipped: this needs Chromium and a built griot'

// A folder of its own for each file of tests.
export const folder = () => mkdtempSync(join(tmpdir(), 'griot-ui-'))

// Starts the server and waits for its address.
export async function serve(record, ...more) {
  const server = spawn(GRIOT, ['serve', record, '--port', '0', '--who', 'Awa', ...more])
  const address = await new Promise((done, failed) => {
    let out = ''
    server.stdout.on('data', (data) => {
      out += data
      const found = /http:\/\/[\d.:]+/.exec(out)
      if (found) done(found[0])
    })
    server.on('exit', (code) => failed(new Error(`griot serve ended with ${code}`)))
  })
  return { server, address }
}

export const launch = (...args) => chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', ...args] })

// Keeps a page's faults: errors, dialogs, and whatever it asks of anyone else than this server, whose address is a function where it is started again.
export function watch(page, address, faults) {
  const own = (url) => url.startsWith(typeof address === 'function' ? address() : address) || url.startsWith('data:') || url.startsWith('blob:')
  page.on('request', (request) => own(request.url()) || faults.push(`asked ${request.url()}`))
  page.on('pageerror', (error) => faults.push(error.message))
  // That a server which was taken away does not answer may be told late; whoever else is asked stands above.
  const gone = (message) => message.text().includes('ERR_CONNECTION_REFUSED') && !own(message.location().url)
  page.on('console', (message) => message.type() === 'error' && !gone(message) && faults.push(message.text()))
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
}

export async function watched(browser, address, faults, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options })
  watch(page, address, faults)
  return page
}

// A picture of the page, where SHOTS names a folder.
export const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) })

export async function accessible(page, where) {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }))
  const serious = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
  assert.deepEqual(serious.map((one) => `${where}: ${one.id} ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`), [])
}

export function end(path, server, browser) {
  server?.removeAllListeners('exit')
  server?.kill('SIGKILL')
  rmSync(path, { recursive: true, force: true })
  return browser?.close()
}
