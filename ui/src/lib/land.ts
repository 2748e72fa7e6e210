// Natural Earth's countries in Mercator's projection, in which a circle on the ground is a circle on the map. World units: the whole map is SIZE wide.

import { geoMercator, geoPath, geoTransform } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import url from 'world-atlas/countries-50m.json?url'

export const SIZE = 4096
const EQUATOR = 40_075

export interface Country {
  // ISO's number; disputed lands have none.
  m49: string
  name: string
  path: string
  // The part that is seen first: of France not Guiana.
  box: [number, number, number, number]
  centre: [number, number]
}

export function project(latitude: number, longitude: number): [number, number] {
  const y = Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, latitude)) * Math.PI) / 360))
  return [((longitude + 180) / 360) * SIZE, (0.5 - y / (2 * Math.PI)) * SIZE]
}

export function unproject(x: number, y: number): [number, number] {
  const latitude = (2 * Math.atan(Math.exp((0.5 - y / SIZE) * 2 * Math.PI)) - Math.PI / 2) * (180 / Math.PI)
  return [latitude, (x / SIZE) * 360 - 180]
}

// So many kilometres at a latitude, in world units.
export const kilometres = (km: number, latitude: number) => (km * SIZE) / (EQUATOR * Math.cos((latitude * Math.PI) / 180))

interface Point {
  latitude: number
  longitude: number
}

// Kilometres between two points, on a sphere.
export function between(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const half = (degrees: number) => Math.sin(rad(degrees) / 2) ** 2
  const h = half(b.latitude - a.latitude) + Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(b.longitude - a.longitude)
  return (EQUATOR / Math.PI) * Math.asin(Math.sqrt(Math.min(1, h)))
}

let read: Promise<Country[]> | null = null

// Reads the countries once.
export function land(): Promise<Country[]> {
  read ??= load().catch((error) => {
    read = null
    throw error
  })
  return read
}

async function load(): Promise<Country[]> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The map's countries cannot be read (${response.status}). Start “griot serve” again.`)
  const topology = (await response.json()) as Topology<{ countries: GeometryCollection<{ name: string }> }>
  // Borders are straight on this map, so that no points are put between theirs. Only land on both sides of the date line has to be cut, which is slow.
  const flat = geoPath(
    geoTransform({
      point(longitude, latitude) {
        this.stream.point(...project(latitude, longitude))
      },
    }),
  ).digits(1)
  const cut = geoPath(geoMercator().scale(SIZE / (2 * Math.PI)).translate([SIZE / 2, SIZE / 2]).precision(0)).digits(1)
  return feature(topology, topology.objects.countries).features.map((country) => {
    const { geometry } = country
    const parts = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : []
    const path = parts.some((rings) => rings.some(crosses)) ? cut : flat
    const sized = parts.map((coordinates) => ({ type: 'Polygon' as const, coordinates })).map((part) => ({ part, area: path.area(part) }))
    const main = sized.reduce((a, b) => (b.area > a.area ? b : a), sized[0] ?? { part: geometry, area: 0 }).part
    const [[x0, y0], [x1, y1]] = path.bounds(main)
    return { m49: String(country.id ?? ''), name: country.properties.name, path: path(country) ?? '', box: [x0, y0, x1, y1], centre: path.centroid(main) }
  })
}

// Whether a ring goes over the date line or around a pole.
function crosses(ring: number[][]): boolean {
  return ring.some((point, i) => Math.abs(point[0]! - (ring[i - 1] ?? point)[0]!) > 180) || ring.some((point) => point[1]! < -86)
}
