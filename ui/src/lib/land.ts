// Natural Earth's countries (public domain, by world-atlas 2, ISC) as outlines on a plain map: a degree east is a unit to the right, a degree north one up.

import url from 'world-atlas/countries-50m.json?url'

export interface Country {
  name: string
  path: string
  // Rings of [east, north] points, to tell which country holds a point.
  rings: [number, number][][]
  box: [number, number, number, number]
}

let loaded: Promise<Country[]> | null = null

type Ring = [number, number][]

export function countries(): Promise<Country[]> {
  loaded ??= read()
  return loaded
}

async function read(): Promise<Country[]> {
  const [{ feature }, answer] = await Promise.all([import('topojson-client'), fetch(url)])
  const topology = await answer.json()
  const all = feature(topology, topology.objects.countries) as unknown as {
    features: { properties: { name: string }; geometry: { type: string; coordinates: unknown } }[]
  }
  return all.features.map(({ properties, geometry }) => {
    const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Ring[][]
    const rings = polygons.flat()
    const points = rings.flat()
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])]
    const box: Country['box'] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    const path = rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(2)},${(-y).toFixed(2)}`).join('L')}Z`).join('')
    return { name: properties.name, path, rings, box }
  })
}

// Even and odd crossings of a ray to the east.
export function holding(all: Country[], east: number, north: number): Country | undefined {
  const inside = (ring: Ring) => {
    let odd = false
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [[ax, ay], [bx, by]] = [ring[i]!, ring[j]!]
      if (ay > north !== by > north && east < ((bx - ax) * (north - ay)) / (by - ay) + ax) odd = !odd
    }
    return odd
  }
  return all.find(({ box, rings }) => east >= box[0] && east <= box[2] && north >= box[1] && north <= box[3] && rings.filter(inside).length % 2 === 1)
}
