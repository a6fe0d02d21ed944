import { expect, test } from "vitest";
import { network } from "../test-city.ts";
import { tableOf } from "../tables.ts";
import { bestClass } from "./quality-class.ts";
import { oxygenPercent, scoreByBreakpoints, scoreByCurve, vnWqi } from "./vn-wqi.ts";

const table = tableOf(network, "vn_wqi", "vn-wqi");
const of = (values: Record<string, number>) => (parameter: string) => values[parameter] ?? null;
const score = (parameter: string, value: number) =>
  scoreByBreakpoints(table.levels, table.breakpoints_mgl[parameter] ?? [], value);

test("scores of single parameters", () => {
  // BOD5 8 lies two ninths of the way from 6 (75) to 15 (50)
  expect(score("bod5", 8)).toBeCloseTo(69.44, 2);
  expect(score("cod", 20)).toBeCloseTo(66.67, 2);
  expect(score("nh4_n", 0.45)).toBeCloseTo(62.5, 9);
  expect(score("po4_p", 0.15)).toBeCloseTo(87.5, 9);
  expect([score("bod5", 4), score("bod5", 50), score("bod5", 51)]).toEqual([100, 10, 10]);
  // 0.3 of ammonium still has 100, a little more has less than 75; nitrate 15 has 25, above 10
  expect([score("nh4_n", 0.3), score("no3_n", 15), score("no3_n", 15.1)]).toEqual([100, 25, 10]);
  expect(score("nh4_n", 0.301)).toBeCloseTo(74.917, 3);
});

test("oxygen by saturation and the curves of pH", () => {
  const percent = oxygenPercent(table.do_saturation_mgl, 26, 5.5) as number;
  expect(550 / percent).toBeCloseTo(8.02, 2);
  expect(percent).toBeCloseTo(68.6, 1);
  expect(scoreByCurve(table.do_pct, percent)).toBeCloseTo(68.6, 1);
  expect([scoreByCurve(table.do_pct, 100), scoreByCurve(table.do_pct, 10), scoreByCurve(table.do_pct, 201)]).toEqual([
    100, 10, 10,
  ]);
  expect([5.4, 5.5, 5.75, 6, 8.5, 8.75, 9.1].map((ph) => scoreByCurve(table.ph, ph))).toEqual([
    10, 50, 75, 100, 100, 75, 10,
  ]);
  expect([oxygenPercent(table.do_saturation_mgl, null, 5), oxygenPercent(table.do_saturation_mgl, 20, null)]).toEqual([
    null,
    null,
  ]);
});

const sample = {
  temp: 26,
  ph: 7.2,
  do: 5.5,
  bod5: 8,
  cod: 20,
  nh4_n: 0.45,
  no3_n: 1.2,
  no2_n: 0.03,
  po4_p: 0.15,
  coliform: 4000,
};

test("a whole sample: A 79.2, B 85.0, index 81", () => {
  expect(vnWqi(of(sample), table)).toBe(81);
});

test("bad pH pulls everything down; without germs or pH the rest decides", () => {
  // the same sample with half the pH score: 81.1 / 2
  expect(vnWqi(of({ ...sample, ph: 5.5 }), table)).toBe(41);
  // without germs A alone: 79.24
  const { coliform: _coliform, ...chemistry } = sample;
  expect(vnWqi(of(chemistry), table)).toBe(79);
  const { ph: _ph, ...withGerms } = sample;
  expect(vnWqi(of(withGerms), table)).toBe(81);
});

test("three parameters of group IV and a second group are needed", () => {
  expect(vnWqi(of({ ph: 7, bod5: 3, cod: 8 }), table)).toBeNull();
  expect(vnWqi(of({ ph: 7, bod5: 3, cod: 8, toc: 3 }), table)).toBe(100);
  expect(vnWqi(of({ bod5: 3, cod: 8, toc: 3 }), table)).toBeNull();
  // oxygen without a temperature is no value
  expect(vnWqi(of({ ph: 7, bod5: 3, cod: 8, do: 8 }), table)).toBeNull();
});

test("class of a sample: the best whose limits all hold", () => {
  const { A, B, C } = tableOf(network, "qcvn_08_2023", "surface-water").table2_river_classes;
  const classOf = (values: Record<string, number>) =>
    bestClass(
      of(values),
      [
        ["A", A],
        ["B", B],
        ["C", C],
      ],
      "D",
    );
  const good = { ph: 7.2, bod5: 4, cod: 10, tss: 25, do: 6, coliform: 1000 };
  expect(classOf(good)).toBe("A");
  expect(classOf({ ...good, bod5: 4.1 })).toBe("B");
  expect(classOf({ ...good, do: 4.9 })).toBe("C");
  expect(classOf({ ...good, do: 3.9 })).toBe("D");
  expect(classOf({ ...good, ph: 6.4 })).toBe("B");
  expect(classOf({ ...good, ph: 8.6 })).toBe("D");
  // class C has no limit of suspended solids
  expect([classOf({ ...good, tss: 100 }), classOf({ ...good, tss: 2000 })]).toEqual(["B", "C"]);
});
