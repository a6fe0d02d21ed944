import { expect, test } from "vitest";
import { haveProgram, promtoolFindings } from "../testing/promtool.ts";
import { exposition, type Family } from "./exposition.ts";
import { Counter, gauge, gaugeBy, Histogram } from "./instruments.ts";

const hostile = 'a "quoted" \\ back\nline';

function families(): Family[] {
  const counter = new Counter("ioc_things", 'Things, "quoted" with \\.', ["name"]);
  counter.add(3, hostile);
  counter.add(2, "plain");
  const histogram = new Histogram("ioc_wait_seconds", "Waiting.", [0.1, 1], ["route"]);
  for (const seconds of [0.05, 0.1, 0.5, 7]) histogram.observe(seconds, "/a/{id}");
  return [
    { type: "info", name: "ioc_build", help: "Version.", samples: [{ labels: { version: "1.2" }, value: 1 }] },
    counter.family(),
    histogram.family(),
    gauge("ioc_size_bytes", "Size.", [{ value: 1.5e21 }]),
    gauge("ioc_nothing", "Not known.", []),
    gaugeBy("ioc_states", "By state.", "state", { good: 1, bad: Number.NaN }),
  ];
}

test("the older form names samples in full and knows no info", () => {
  expect(exposition(families(), "prometheus")).toBe(`# HELP ioc_build_info Version.
# TYPE ioc_build_info gauge
ioc_build_info{version="1.2"} 1
# HELP ioc_things_total Things, "quoted" with \\\\.
# TYPE ioc_things_total counter
ioc_things_total{name="a \\"quoted\\" \\\\ back\\nline"} 3
ioc_things_total{name="plain"} 2
# HELP ioc_wait_seconds Waiting.
# TYPE ioc_wait_seconds histogram
ioc_wait_seconds_bucket{route="/a/{id}",le="0.1"} 2
ioc_wait_seconds_bucket{route="/a/{id}",le="1"} 3
ioc_wait_seconds_bucket{route="/a/{id}",le="+Inf"} 4
ioc_wait_seconds_sum{route="/a/{id}"} 7.65
ioc_wait_seconds_count{route="/a/{id}"} 4
# HELP ioc_size_bytes Size.
# TYPE ioc_size_bytes gauge
ioc_size_bytes 1.5e+21
# HELP ioc_states By state.
# TYPE ioc_states gauge
ioc_states{state="good"} 1
ioc_states{state="bad"} NaN
`);
});

test("OpenMetrics describes families with their units, writes bounds as decimals and ends with EOF", () => {
  const text = exposition(families(), "openmetrics");
  expect(text).toContain('# TYPE ioc_build info\nioc_build_info{version="1.2"} 1\n');
  expect(text).toContain(
    '# HELP ioc_things Things, \\"quoted\\" with \\\\.\n# TYPE ioc_things counter\nioc_things_total{',
  );
  expect(text).toContain("# TYPE ioc_wait_seconds histogram\n# UNIT ioc_wait_seconds seconds\n");
  expect(text).toContain('ioc_wait_seconds_bucket{route="/a/{id}",le="1.0"} 3\n');
  expect(text).toContain("# UNIT ioc_size_bytes bytes\n");
  expect(text.endsWith("\n# EOF\n")).toBe(true);
});

test("an instrument keeps 500 combinations of labels; what comes later is counted as other", () => {
  const counter = new Counter("ioc_many", "Many.", ["name"]);
  for (let i = 0; i < 2000; i++) counter.add(1, `sender ${i}`);
  const { samples } = counter.family();
  expect(samples).toHaveLength(501);
  expect(samples.at(-1)).toEqual({ labels: { name: "other" }, value: 1500 });
});

test.skipIf(!haveProgram("promtool"))("promtool finds nothing, and would find a fault", async () => {
  expect(await promtoolFindings(exposition(families(), "prometheus"))).toBe("");
  expect(await promtoolFindings("# HELP a_total A.\n# TYPE a_total gauge\na_total 1\n")).toContain("a_total");
  expect(await promtoolFindings('a{b="unclosed} 1\n')).not.toBe("");
});
