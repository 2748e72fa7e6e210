// Check, export and search; the first five minutes of a new user; the phone.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { GRIOT, accessible, end, folder, launch, serve, skip, watched } from '../testing.mjs'

const place = folder()
const record = join(place, 'sahel.griot')
let server, browser, page, address
const faults = []

before(async () => {
  if (skip) return
  ;({ server, address } = await serve(record))
  browser = await launch()
  page = await watched(browser, address, faults)
})
after(() => end(place, server, browser))

const ask = async (path) => (await fetch(address + path)).json()
const shot = (name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) })
const until = (what) => page.waitForFunction(what)

test('the first run: demonstration, decide, check the deadliest mission, export GeoJSON', { skip }, async () => {
  await page.goto(address)
  await page.waitForSelector('text=This record is empty')
  await page.keyboard.press('d')
  await page.waitForSelector('.sums')
  await page.click('.start tbody a')
  await page.waitForSelector('.card')
  await page.keyboard.press('a')
  await page.keyboard.press('x')
  await until(() => /Rejected/.test(document.querySelector('.message').textContent))

  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.waitForSelector('.check textarea')
  await page.fill('.check textarea', 'MINUSMA is the deadliest UN peacekeeping mission in the world.')
  await page.keyboard.press('Control+Enter')
  await page.waitForSelector('.checked')
  // The record has no table of the UN's: it says so and does not guess.
  assert.match(await page.textContent('.checked h2'), /not enough in the record/)
  assert.match(await page.textContent('.checked'), /griot import/)

  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('x')
  await page.waitForSelector('.export .sums')
  await page.check('input[name="profile"][value="geojson"]')
  await page.waitForSelector('a[download$=".geojson"]')
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download$=".geojson"]')])
  const file = join(place, 'first.geojson')
  await download.saveAs(file)
  const features = JSON.parse(readFileSync(file, 'utf8')).features
  assert.ok(features.length > 100 && features.every((one) => one.geometry === null || one.geometry.type === 'Point'))
})

test('a sentence is checked with its rows, and the address asks again', { skip }, async () => {
  const sentence = 'More than 300 peacekeepers have been killed in Mali since 2013.'
  await page.goto(`${address}/check?text=${encodeURIComponent(sentence)}&date=2023-06-30`)
  await page.waitForSelector('.checked')
  const answer = await (
    await fetch(`${address}/api/check`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-griot': '1' }, body: JSON.stringify({ text: sentence, date: '2023-06-30' }) })
  ).json()
  assert.equal(await page.locator('.checked').count(), answer.checked.length)
  assert.match(await page.textContent('.checked h2'), new RegExp(answer.checked[0].verdict))
  const rows = answer.checked[0].answers.flatMap((one) => one.rows)
  assert.equal(await page.locator('.checked li').count(), rows.length)
  await accessible(page, 'check')
  await shot('check')
  await page.click('.checked li a')
  await page.waitForSelector('.entries .detail h1')
  assert.equal(new URL(page.url()).pathname, `/entries/${rows[0].source}`)
})

test('an export is what griot export writes, and says what is lost', { skip }, async () => {
  await page.goto(`${address}/export?profile=ged&place_level=admin1&date_level=month&from=2013-01-01`)
  await page.waitForSelector('.export .sums')
  const shown = await ask('/api/export?profile=ged&place_level=admin1&date_level=month&from=2013-01-01')
  assert.ok(shown.rows > 10 && shown.left > 0 && shown.columns.length === 49)
  assert.match(await page.textContent('.sums'), new RegExp(`rows\\s*${shown.rows}\\s*without a row\\s*${shown.left}`))
  assert.match(await page.textContent('.cite'), new RegExp(shown.hash))
  assert.equal(await page.locator('.export th').count(), 49)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('d')])
  const [mine, theirs] = [join(place, 'mine.csv'), join(place, 'theirs.csv')]
  await download.saveAs(mine)
  const made = spawnSync(GRIOT, ['export', record, '--profile', 'ged', '--place-level', 'admin1', '--date-level', 'month', '--from', '2013-01-01', '--out', theirs])
  assert.equal(made.status, 0, String(made.stderr))
  assert.equal(readFileSync(mine, 'utf8'), readFileSync(theirs, 'utf8'))
  assert.match(String(made.stdout), new RegExp(shown.hash))
  await accessible(page, 'export')
  await shot('export')
  for (const profile of ['griot', 'hxl', 'acled', 'plover', 'gdelt', 'annotations']) {
    const one = await ask(`/api/export?profile=${profile}`)
    assert.ok(one.rows > 0 && one.first.length > 0, profile)
  }
})

test('one search over everything, from every screen', { skip }, async () => {
  for (const start of ['/', '/map', '/check', '/export']) {
    await page.goto(address + start)
    await page.waitForSelector('header input[type="search"]')
    await page.keyboard.press('/')
    await page.keyboard.type('minusma')
    await page.waitForSelector('.hits [role="option"]:not([aria-disabled])')
    const kinds = await page.$$eval('.hits .sort', (all) => [...new Set(all.map((one) => one.textContent))])
    assert.ok(kinds.includes('actor') && kinds.includes('report'), `${kinds}`)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => /Stabilization Mission/.test(document.querySelector('h1')?.textContent ?? ''))
    assert.equal(new URL(page.url()).pathname, '/actors/minusma')
  }
})

test('the keys lead to every screen, and a phone reads them without going sideways', { skip }, async () => {
  await page.goto(address)
  for (const [key, path] of [['m', '/map'], ['a', '/actors'], ['c', '/check'], ['x', '/export'], ['e', '/entries'], ['s', '/']]) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.waitForFunction((path) => location.pathname === path, path)
    await page.keyboard.press('?')
    await page.waitForSelector('.help')
    await page.keyboard.press('Escape')
  }
  const phone = await watched(browser, address, faults, { viewport: { width: 390, height: 844 } })
  const report = (await ask('/api/reports'))[0].id
  for (const path of ['/', '/map', '/actors/minusma', '/check', '/export', '/entries', `/review/${encodeURIComponent(report)}`]) {
    await phone.goto(address + path)
    await phone.waitForTimeout(400)
    const over = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(over <= 0, `${path} is ${over} too wide`)
  }
  await phone.close()
})

test('nothing was asked of anyone else, and no page failed', { skip }, () => {
  assert.deepEqual(faults, [])
})
