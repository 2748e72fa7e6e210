// The screens to look at rather than to decide: map and timeline, actors and trends, check, export, search; and the first five minutes of a new user.

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
  // The map must not need WebGL.
  browser = await launch('--disable-gpu', '--disable-webgl', '--disable-webgl2')
  page = await watched(browser, address, faults)
})
after(() => end(place, server, browser))

const ask = async (path) => (await fetch(address + path)).json()
const shot = (name) => process.env.SHOTS && page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) })
const search = () => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)))
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

  await page.evaluate(() => document.activeElement.blur())
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

test('the map shows the places, how exact they are, and what is brushed', { skip }, async () => {
  await page.goto(`${address}/map`)
  await page.waitForSelector('.dot')
  await page.waitForSelector('.land')
  const spots = await ask('/api/map?kind=event')
  assert.equal(await page.locator('.spots > li').count(), Math.min(200, spots.length))
  const first = spots[0]
  assert.match(await page.textContent('.spots > li'), new RegExp(`^\\s*${first.entries}\\s*${first.name}`))
  // A first-level unit is an area, a country is shaded; neither is a false point alone.
  assert.ok((await page.locator('.area').count()) > 0 && (await page.locator('.whole').count()) > 0)
  await accessible(page, 'map')
  await shot('map')

  await page.focus('.world')
  const box = () => page.getAttribute('.world svg', 'viewBox').then((words) => words.split(' ').map(Number))
  const [x0, , w0] = await box()
  await page.keyboard.press('ArrowRight')
  assert.ok((await box())[0] > x0)
  await page.keyboard.press('+')
  assert.ok((await box())[2] < w0)
  await page.keyboard.press('0')
  assert.ok(Math.abs((await box())[2] - w0) < 0.01)
  await until(() => location.search.includes('view='))

  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press('j')
  await page.waitForSelector('.spots .here a')
  assert.equal(await page.getAttribute('.spots li:first-child > button', 'aria-current'), 'true')
  assert.ok((await page.locator('.on').count()) > 0)

  // A brush over the timeline filters the map.
  const line = await page.locator('.times .timeline').boundingBox()
  await page.mouse.move(line.x + line.width * 0.55, line.y + 20)
  await page.mouse.down()
  await page.mouse.move(line.x + line.width * 0.8, line.y + 20, { steps: 4 })
  await page.mouse.up()
  await until(() => location.search.includes('from='))
  const { from, to } = await search()
  assert.ok(from < to)
  const some = await ask(`/api/map?kind=event&from=${from}&to=${to}`)
  await page.waitForFunction((n) => document.querySelectorAll('.spots > li').length === n, Math.min(200, some.length))
  assert.ok(some.length < spots.length)
  await page.keyboard.press(']')
  await page.waitForFunction((before) => new URLSearchParams(location.search).get('from') > before, from)
  await page.keyboard.press('Escape')
  await until(() => !location.search.includes('from='))
  assert.ok((await page.locator('.blind').count()) > 0)
  await page.keyboard.press('w')
  await until(() => !document.querySelector('.blind'))
  await page.keyboard.press('t')
  await until(() => location.search.includes('count=deaths'))
  await page.waitForSelector('.range', { state: 'attached' })
})

test('an actor: whom it is tied to, with the evidence; how much, with the test', { skip }, async () => {
  await page.goto(`${address}/actors/minusma`)
  await page.waitForSelector('.network')
  assert.match(await page.textContent('.actor h1'), /Stabilization Mission in Mali/)
  const ties = await page.locator('.ties li').count()
  assert.ok(ties > 1 && ties === (await page.locator('.network .other').count()))
  await accessible(page, 'actors')
  await shot('actors')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.evidence q')
  await page.click('.evidence p a')
  await page.waitForSelector('.card')
  assert.match(page.url(), /\/review\/.*claim=/)

  const windows = 'a_from=2014-01-01&a_to=2017-12-31&b_from=2018-01-01&b_to=2021-12-31'
  await page.goto(`${address}/actors/mli-mil?by=year&${windows}`)
  await page.waitForSelector('.ratio')
  const { compared, series } = await ask(`/api/trend?actor=mli-mil&by=year&${windows}`)
  assert.match(await page.textContent('.ratio'), new RegExp(`${compared.ratio.toFixed(2).replace('.', '\\.')} times`))
  assert.match(await page.textContent('.ratio'), /interval/)
  assert.equal(await page.locator('.actor .timeline .bar').count(), series.periods.filter((one) => one.count > 0).length)
  // Windows that overlap are refused with words.
  await page.goto(`${address}/actors/mli-mil?by=year&a_from=2014-01-01&a_to=2019-12-31&b_from=2018-01-01&b_to=2021-12-31`)
  await page.waitForSelector('.warn')
  assert.match(await page.textContent('.warn'), /overlap/)
  // Of a private person, or of nobody, there is no page.
  await page.goto(`${address}/actors/nobody-at-all`)
  await page.waitForSelector('.actor .empty[role="alert"]')
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
    await page.waitForSelector('.actor h1')
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
