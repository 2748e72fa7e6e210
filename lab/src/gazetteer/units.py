"""Writes the first-level units of a GeoPackage (QGIS's world_map.gpkg, Natural Earth 4.1) as GeoJSON, outer rings only.

A GeoPackage is an SQLite database whose geometries are well-known binary behind a short header (OGC 12-128r18, 2.1.3).
Standard library only.
"""

import json
import sqlite3
import struct
import sys

ENVELOPE = [0, 32, 48, 48, 64]


def outer_rings(blob):
    """The outer ring of each polygon of a (multi)polygon, as [[lon, lat], …]."""
    at = 8 + ENVELOPE[(blob[3] >> 1) & 7]
    rings = []

    def read(fmt):
        nonlocal at
        values = struct.unpack_from(order + fmt, blob, at)
        at += struct.calcsize(order + fmt)
        return values

    def polygon():
        for ring in range(read("I")[0]):
            count = read("I")[0]
            flat = read(f"{2 * count}d")
            if ring == 0:
                rings.append([[round(x, 4), round(y, 4)] for x, y in zip(flat[::2], flat[1::2])])

    order = "<" if blob[at] else ">"
    at += 1
    kind = read("I")[0] % 1000
    if kind == 3:
        polygon()
    else:
        for _ in range(read("I")[0]):
            at += 5
            polygon()
    return rings


def main(path):
    base = sqlite3.connect(path)
    columns = ["iso_a2", "adm0_a3", "name", "woe_name", "woe_label", "gn_name", "fips", "geom"]
    features = []
    for row in base.execute(f"select {', '.join(columns)} from states_provinces order by fid"):
        if row[-1] is None:
            continue
        properties = {k: v for k, v in zip(columns[:-1], row) if v}
        coordinates = [[ring] for ring in outer_rings(row[-1])]
        features.append({"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": coordinates}})
    json.dump({"type": "FeatureCollection", "features": features}, sys.stdout, ensure_ascii=False)


main(sys.argv[1])
