// What tests in a browser stand on: the program, a browser that shows its pages, and what must not happen there.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export const GRIOT = process.env.GRIOT ?? new URL('../../target/release/griot', import.meta.url).pathname
export const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
export const skip = CHROMIUM && existsSync(GRIOT) ? false : 'skipped: this needs Chromium and a built griot'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Starts the workbench over a record; its process and its address.
export async function serve(record) {
  const server = spawn(GRIOT, ['serve', record, '--port', '0', '--who', 'Awa'])
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

// Adds to `faults` what a page says of itself, and what it asks of anyone else.
export function watch(page, address, faults) {
  page.on('request', (request) => request.url().startsWith(address) || request.url().startsWith('data:') || faults.push(`asked ${request.url()}`))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
}

export async function accessible(page, where) {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }))
  const serious = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
  assert.deepEqual(serious.map((one) => `${where}: ${one.id} ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`), [])
}

// A picture of the page, where SHOTS names a folder.
export const shot = (page, name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) })
