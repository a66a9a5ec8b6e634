// One file a state: its counties as compact SVG paths in a projection fitted to that state.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { geoBounds, geoConicEqualArea, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";

const ATLAS = new URL("../../node_modules/us-atlas/counties-10m.json", import.meta.url);
const WIDTH = 1000;
const MARGIN = 6;

/** Writes build/maps/<state>.json for every state and territory of the atlas. */
export function buildMaps(out) {
  const atlas = JSON.parse(readFileSync(ATLAS, "utf8"));
  mkdirSync(out, { recursive: true });
  for (const state of feature(atlas, atlas.objects.states).features) {
    writeFileSync(new URL(`${state.id}.json`, out), JSON.stringify(drawState(atlas, state)));
  }
}

function drawState(atlas, state) {
  const inside = atlas.objects.counties.geometries.filter((county) => county.id.slice(0, 2) === state.id);
  const counties = { type: "GeometryCollection", geometries: inside };
  const projection = fitted(state);
  const shapes = feature(atlas, counties).features.sort((one, two) => one.id.localeCompare(two.id));
  const [[left, top], [right, bottom]] = geoPath(projection).bounds(state).map((point) => point.map(Math.round));
  return {
    name: state.properties.name,
    viewBox: [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN].join(" "),
    outline: compact(projection, mesh(atlas, counties, (one, two) => one === two)),
    counties: Object.fromEntries(shapes.map((shape) => [shape.id, compact(projection, shape)])),
    names: Object.fromEntries(shapes.map((shape) => [shape.id, shape.properties.name])),
  };
}

/** An equal-area conic turned to the state's middle, so that no county looks larger than it is. */
function fitted(state) {
  const [[west, south], [east, north]] = geoBounds(state);
  const middle = (west + (east < west ? east + 360 : east)) / 2;
  const parallels = [south + (north - south) / 6, north - (north - south) / 6];
  return geoConicEqualArea().parallels(parallels).rotate([-middle, 0]).fitWidth(WIDTH, state);
}

/** Whole numbers, each point relative to the one before; equal points are left out. */
function compact(projection, shape) {
  const pen = new Pen();
  geoPath(projection, pen)(shape);
  return pen.drawn.join("");
}

class Pen {
  drawn = [];

  moveTo(x, y) {
    [this.x, this.y] = [Math.round(x), Math.round(y)];
    this.drawn.push(`M${this.x} ${this.y}`);
  }

  lineTo(x, y) {
    const [dx, dy] = [Math.round(x) - this.x, Math.round(y) - this.y];
    if (dx === 0 && dy === 0) return;
    [this.x, this.y] = [this.x + dx, this.y + dy];
    this.drawn.push(`l${dx}${dy < 0 ? "" : " "}${dy}`);
  }

  closePath() {
    this.drawn.push("z");
  }

  arc() {}

  beginPath() {}
}
