// The map as SVG paths, made when the page is built, so that the page itself projects nothing: countries of Natural
// Earth (world-atlas, 1:50m) in the Equal Earth projection, simplified along shared borders, keyed by UN M49 number as
// in data/countries/countries.csv.
//   node map/shapes.mjs FILE    writes them as JSON
import { readFile, writeFile } from "node:fs/promises";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { geoEqualEarth, geoGraticule, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";

const WIDTH = 1000;
const DECIMALS = 10; // parts of a unit that coordinates are rounded to
// in square units of the map; the projection keeps areas
const LEAST_TRIANGLE = 0.2; // a point whose triangle with its neighbours is smaller goes
const LEAST_ISLAND = 0.3; // so does a further ring of a country
const LEAST_SHAPE = 9; // a Party whose largest island is smaller gets a dot

const SPHERE = { type: "Sphere" };
const projection = geoEqualEarth().fitWidth(WIDTH, SPHERE);
const steradian = geoPath(projection).area(SPHERE) / (4 * Math.PI);

/** Countries of one scale of the atlas by M49 number; "" is land that has none, drawn as part of nobody. */
async function atlas(scale) {
  const file = new URL(import.meta.resolve(`world-atlas/countries-${scale}.json`));
  const topology = presimplify(JSON.parse(await readFile(file, "utf8")), sphericalTriangleArea);
  const read = (from) => {
    const found = new Map();
    for (const { id, geometry } of feature(from, from.objects.countries).features) {
      const key = id === undefined ? "" : String(Number(id));
      found.set(key, [...(found.get(key) ?? []), ...rings(geometry)]);
    }
    return found;
  };
  return { full: read(topology), simple: read(simplify(topology, LEAST_TRIANGLE / steradian)) };
}

/** Closed rings of a geometry on the map, cut at the 180th meridian. */
function rings(geometry) {
  const found = [];
  const context = {
    moveTo: (x, y) => found.push([[x, y]]),
    lineTo: (x, y) => found.at(-1).push([x, y]),
    closePath: () => found.at(-1).push(found.at(-1)[0]),
  };
  geoPath(projection, context)(geometry);
  return found;
}

/** Signed area of a ring and its centroid. */
function measure(ring) {
  let area = 0;
  let cx = 0;
  let cy = 0;
  const [ox, oy] = ring[0];
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0, x1, y1] = [ring[i - 1][0] - ox, ring[i - 1][1] - oy, ring[i][0] - ox, ring[i][1] - oy];
    const cross = x0 * y1 - x1 * y0;
    area += cross / 2;
    cx += ((x0 + x1) * cross) / 6;
    cy += ((y0 + y1) * cross) / 6;
  }
  return { area: Math.abs(area), centre: area === 0 ? [ox, oy] : [ox + cx / area, oy + cy / area] };
}

const round = (value) => Math.round(value * DECIMALS) / DECIMALS;
const short = (value) => String(round(value)).replace(/^(-?)0\./, "$1.");

const join = (numbers) => numbers.map((n, i) => (i === 0 || n.startsWith("-") ? n : ` ${n}`)).join("");

/** A closed ring as relative lines from rounded point to rounded point, "" if nothing is left of it. */
function ringPath(ring) {
  const points = ring.slice(0, -1).map(([x, y]) => [round(x), round(y)]);
  const steps = points
    .map(([x, y], i) => (i === 0 ? [x, y] : [round(x - points[i - 1][0]), round(y - points[i - 1][1])]))
    .filter(([x, y], i) => i === 0 || x !== 0 || y !== 0);
  if (steps.length < 3) return "";
  const [start, ...lines] = steps.map((step) => step.map(short));
  return `M${join(start)}l${join(lines.flat())}z`;
}

/** Path of a country: its largest ring, and of the others those that can be seen. */
function shapePath(country) {
  const parts = country.map((ring) => ({ ring, area: measure(ring).area }));
  const largest = Math.max(...parts.map(({ area }) => area));
  return parts
    .filter(({ area }) => area === largest || area >= LEAST_ISLAND)
    .map(({ ring }) => ringPath(ring))
    .join("");
}

/** M49 numbers of the Parties, from the edition's countries. */
async function parties() {
  const text = await readFile(new URL("../../data/countries/countries.csv", import.meta.url), "utf8");
  const [header, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(","));
  const [m49, party] = [header.indexOf("m49"), header.indexOf("unfccc")];
  return rows.filter((row) => row[party] === "1" && row[m49] !== "").map((row) => row[m49]);
}

/**
 * View box, outline of the globe and graticule, the shape of every country, land that is nobody's, and a dot for each
 * Party that is too small to be seen. A Party that has neither is an error.
 */
export async function makeShapes() {
  const { full, simple } = await atlas("50m");
  const fine = (await atlas("10m")).full; // has Parties that are too small for the coarser scale
  const shapes = {};
  for (const [m49, country] of simple) {
    const shape = shapePath(country);
    if (m49 !== "" && shape !== "") shapes[m49] = shape;
  }
  const dots = {};
  for (const m49 of await parties()) {
    const parts = (full.get(m49) ?? fine.get(m49))?.map(measure);
    if (!parts) throw new Error(`map/shapes.mjs: no shape of the Party with the M49 number ${m49}`);
    const largest = parts.reduce((best, part) => (part.area > best.area ? part : best));
    if (!shapes[m49] || largest.area < LEAST_SHAPE) dots[m49] = largest.centre.map(round);
  }
  const path = geoPath(projection).digits(1);
  const height = Math.ceil(path.bounds(SPHERE)[1][1]);
  return {
    viewBox: `0 0 ${WIDTH} ${height}`,
    sphere: path(SPHERE),
    graticule: path(geoGraticule().step([30, 30]).precision(10)()),
    nobody: shapePath(simple.get("")),
    shapes,
    dots,
  };
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  if (!argv[2]) throw new Error("usage: node map/shapes.mjs FILE");
  await writeFile(argv[2], `${JSON.stringify(await makeShapes())}\n`);
}
