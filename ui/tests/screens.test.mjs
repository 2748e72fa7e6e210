// The place picker with its map, coarse maps, long reports, tables of others, and the phone.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { GRIOT, accessible, end, folder, launch, serve, shot, skip, watched } from '../testing.mjs'

const place = folder()
const record = join(place, 'sahel.griot')
let server, other, browser, page, address
const faults = []

before(async () => {
  if (skip) return
  ;({ server, address } = await serve(record))
  const post = { method: 'POST', headers: { 'X-Griot': '1', 'content-type': 'application/json' }, body: '{}' }
  assert.equal((await fetch(`${address}/api/demonstration`, post)).status, 200)
  browser = await launch()
  page = await watched(browser, address, faults)
})
after(() => {
  other?.removeAllListeners('exit')
  other?.kill('SIGKILL')
  return end(place, server, browser)
})

const ask = async (path) => (await fetch(address + path)).json()
const reports = async () => ask('/api/reports')
const param = (name) => new URL(page.url()).searchParams.get(name)

test('a place is chosen from candidates on a map by keys alone', { skip }, async () => {
  const report = (await reports()).find((one) => (one.title ?? one.name).includes('2024-07-30-mali'))
  await page.goto(`${address}/review/${encodeURIComponent(report.id)}`)
  await page.waitForSelector('.card')
  await page.keyboard.press('p')
  await page.waitForSelector('.pick input')
  await page.keyboard.type('Kidal')
  await page.waitForFunction(() => document.querySelectorAll('.pick li').length > 1 && document.querySelector('.pick li').textContent.includes('Kidal'))
  await page.waitForSelector('.locator path')
  const candidates = await ask('/api/places?name=Kidal')
  assert.ok(candidates.every((one) => one.kind))
  const rows = await page.$$eval('.pick li', (all) => all.map((one) => one.textContent))
  assert.equal(rows.length, candidates.length)
  candidates.forEach((one, i) => assert.ok(rows[i].includes(one.kind), rows[i]))
  assert.match(rows[0], /\d km from /, 'the distance to the report’s other places')
  const chosen = async () => [
    await page.getAttribute('.pick li[aria-selected="true"]', 'id'),
    await page.getAttribute('.locator .chosen', 'data-choice'),
    await page.textContent('.locator .chosen text'),
  ]
  assert.deepEqual(await chosen(), ['choice-0', '0', candidates[0].name])
  await page.keyboard.press('ArrowDown')
  await page.waitForSelector('#choice-1[aria-selected="true"]')
  assert.deepEqual(await chosen(), ['choice-1', '1', candidates[1].name])
  await accessible(page, 'picker')
  await shot(page, 'picker')
  const inside = await page.evaluate(() => {
    const [box, frame] = ['.locator .chosen circle', '.locator'].map((one) => document.querySelector(one).getBoundingClientRect())
    return box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom
  })
  assert.ok(inside, 'the chosen candidate is in sight on the map')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /^Corrected: place/.test(document.querySelector('.message').textContent))
  assert.equal(await page.locator('.pick').count(), 0)
  const fixed = (await ask(`/api/reports/${encodeURIComponent(report.id)}`)).claims.find((one) => one.read && one.claim.place?.name === candidates[1].name)
  assert.equal(fixed.claim.place.geonames, candidates[1].geonames)
  await page.keyboard.press('u')
  // What the next test counts is settled then.
  await page.waitForFunction(() => /^Undone/.test(document.querySelector('.message').textContent))
})

test('the map shows entries as an export leaves them, and both share one choice', { skip }, async () => {
  for (const place_level of ['grid', 'admin1', 'country']) {
    const query = `place_level=${place_level}&date_level=month`
    const map = await ask(`/api/map?${query}`)
    const lines = (await (await fetch(`${address}/api/export/file?profile=griot&form=jsonl&kind=event&status=actual&${query}`)).text()).trim().split('\n').map((line) => JSON.parse(line))
    assert.equal(map.all.entries, lines.length)
    const names = new Set(lines.map((line) => line.place ?? '').filter(Boolean))
    for (const spot of map.spots) if (spot.name) assert.ok(names.has(spot.name), `${spot.name} is in no row of the export`)
    assert.equal(map.coarse.small, (await ask(`/api/export?profile=griot&kind=event&status=actual&${query}`)).small)
    assert.ok(map.coarse.together + map.coarse.small >= map.all.entries)
  }
  const admin = (await ask('/api/map?place_level=admin1')).spots.filter((spot) => spot.precision === 4)
  assert.ok(admin.length > 3 && admin.filter((spot) => spot.latitude !== null).length > admin.length / 2, 'units have points to be drawn at')

  await page.goto(`${address}/map`)
  await page.waitForSelector('.marks [role="button"]')
  const exact = (await ask('/api/map')).spots.length
  await page.selectOption('select[name="place_level"]', 'grid')
  await page.selectOption('select[name="date_level"]', 'month')
  await page.waitForSelector('.coarse-note')
  const map = await ask('/api/map?place_level=grid&date_level=month')
  assert.ok(map.spots.length < exact)
  await page.waitForFunction((words) => document.querySelector('.coarse-note').textContent.includes(words), `${map.coarse.small} stand alone`)
  assert.equal(param('place_level'), 'grid')
  await accessible(page, 'coarse map')
  await shot(page, 'coarse')
  await page.click('.places ol button')
  await page.waitForSelector('.found')
  const opened = await ask(`/api/map/${encodeURIComponent(param('spot'))}?place_level=grid&date_level=month`)
  assert.equal(opened.all, map.spots[0].entries)
  assert.ok(opened.entries.every((one) => one.members.every((member) => member.quote === '[withheld: coarsened]' || member.quote.startsWith('[withheld'))))

  await page.keyboard.press('g')
  await page.keyboard.press('x')
  await page.waitForSelector('.export .sums')
  assert.equal(param('place_level'), 'grid')
  assert.equal(await page.inputValue('select[name="date_level"]'), 'month')
  await page.selectOption('select[name="place_level"]', 'admin1')
  await page.waitForFunction(() => new URL(location.href).searchParams.get('place_level') === 'admin1')
  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.waitForSelector('.coarse-note')
  assert.equal(param('place_level'), 'admin1')
})

test('UCDP’s table is added and drawn beside an actor', { skip }, async () => {
  await page.goto(`${address}/actors/minusma?country=MLI`)
  await page.waitForSelector('.trend svg')
  await page.click('text=Add UCDP’s deaths by country and year')
  await page.waitForFunction(() => document.querySelectorAll('select[name="table"] option').length === 2)
  await page.waitForFunction(() => /table’s own best estimates/.test(document.querySelector('.trend')?.textContent ?? ''))
  const [table] = await ask('/api/tables')
  assert.equal(table.source, 'country-year')
  const trend = await ask(`/api/trend?table=${table.n}&country=MLI&count=deaths&by=year`)
  const told = spawnSync(GRIOT, ['trend', record, '--table', String(table.n), '--count', 'deaths', '--by', 'year', '--country', 'mali', '--format', 'jsonl'])
  assert.equal(told.status, 0, String(told.stderr))
  const counts = String(told.stdout).trim().split('\n').map((line) => JSON.parse(line).count)
  assert.deepEqual(trend.series.periods.map((period) => period.count), counts)
  await page.waitForFunction((last) => document.querySelector('.trend svg').getAttribute('aria-label').includes(last), `${trend.series.periods.at(-1).name} ${trend.series.periods.at(-1).count}`)
  await page.locator('.trend').scrollIntoViewIfNeeded()
  await accessible(page, 'table')
  await shot(page, 'table')
})

test('a report of 20,000 words is walked and scrolled', { skip }, async () => {
  const long = join(place, 'long')
  const towns = ['Gao', 'Kidal', 'Mopti', 'Timbuktu', 'Ansongo', 'Menaka']
  const paragraph = (n) =>
    `On Monday, gunmen killed ${(n % 17) + 2} people in ${towns[n % towns.length]}, the army said in a statement. ` +
    'Residents who spoke by telephone described a quiet morning market and long queues at the wells before the rains came back to the valley. '.repeat(3)
  const text = Array.from({ length: 242 }, (_, n) => paragraph(n)).join('\n\n')
  assert.ok(text.split(/\s+/).length >= 20_000)
  writeFileSync(`${long}.txt`, text)
  const made = spawnSync(GRIOT, ['add', `${long}.griot`, `${long}.txt`])
  assert.equal(made.status, 0, String(made.stderr))
  const own = await serve(`${long}.griot`)
  other = own.server
  const reader = await watched(browser, own.address, faults)
  await reader.goto(`${own.address}/review`)
  await reader.waitForSelector('.card', { timeout: 60_000 })
  const claims = await reader.locator('.claims li').count()
  assert.ok(claims >= 100, `${claims}`)
  // The longest frame while the text is scrolled from its start to its end in 120 steps.
  const longest = await reader.evaluate(async () => {
    const pane = document.querySelector('.report')
    pane.scrollTop = 0
    let [worst, last] = [0, performance.now()]
    for (let step = 0; step <= 120; step++) {
      pane.scrollTop = ((pane.scrollHeight - pane.clientHeight) * step) / 120
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      ;[worst, last] = [Math.max(worst, now - last), now]
    }
    return worst
  })
  const bottom = await reader.evaluate(() => {
    const pane = document.querySelector('.report')
    return pane.scrollHeight - pane.clientHeight - pane.scrollTop
  })
  assert.ok(bottom < 5000, 'the end is reached')
  // Every claim by its key, from the first to the last.
  const walked = await reader.evaluate(async () => {
    const times = []
    const at = () => document.querySelector('.claims [aria-current="true"]').closest('li')
    while (at().nextElementSibling) {
      const start = performance.now()
      dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
      await new Promise(requestAnimationFrame)
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    return { n: times.length, all: times.reduce((a, b) => a + b, 0), middle: times[times.length >> 1], worst: times.at(-1) }
  })
  assert.equal(walked.n, claims - 1)
  // The last claim is in sight.
  await reader.waitForFunction(() => {
    const [mark, pane] = ['.report .chosen', '.report'].map((one) => document.querySelector(one).getBoundingClientRect())
    return mark.top >= pane.top && mark.bottom <= pane.bottom
  }, null, { timeout: 3000 })
  const start = performance.now()
  await reader.keyboard.press('a')
  await reader.waitForFunction(() => /^Accepted/.test(document.querySelector('.message').textContent))
  console.log(JSON.stringify({ claims, longest, walked, accept: performance.now() - start }))
  await reader.close()
})

test('on a phone the header is at most two lines, its menu leads everywhere, and nothing goes sideways', { skip }, async () => {
  for (const colorScheme of ['light', 'dark']) {
    const phone = await watched(browser, address, faults, { viewport: { width: 390, height: 844 }, colorScheme })
    const report = (await reports())[0].id
    const entry = (await ask('/api/entries?limit=1')).entries[0].id
    for (const path of ['/', '/map?place_level=grid', '/actors/minusma', '/check', '/export?place_level=admin1', '/entries', `/entries/${entry}`, `/review/${encodeURIComponent(report)}`]) {
      await phone.goto(address + path)
      await phone.waitForTimeout(400)
      const { over, high } = await phone.evaluate(() => ({
        over: document.documentElement.scrollWidth - innerWidth,
        high: document.querySelector('#app > header').getBoundingClientRect().height,
      }))
      assert.ok(over <= 0, `${path} is ${over} too wide`)
      assert.ok(high <= 80, `${path}: the header is ${high} high`)
      await shot(phone, `phone-${colorScheme}-${path.split(/[/?]/)[1] || 'start'}`)
    }
    await phone.click('.menu')
    await accessible(phone, 'phone menu')
    await shot(phone, `phone-${colorScheme}-menu`)
    await phone.click('.screens button:has-text("Check")')
    await phone.waitForSelector('.check')
    assert.equal(await phone.isVisible('.screens'), false)
    await phone.close()
  }
})

test('nothing was asked of anyone else, and no page failed', { skip }, () => {
  assert.deepEqual(faults, [])
})
