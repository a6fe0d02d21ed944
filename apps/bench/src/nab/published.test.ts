import { anomalyAlarm, createAnomalyDetector } from "@ioc/warnings";
import { requireSharedData } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { readCorpus, readProfiles, readPublished } from "./corpus.ts";
import { normalised, scoreFile } from "./score.ts";
import { gaussianAlarm, windowedGaussian } from "./windowed-gaussian.ts";

describe.skipIf(!requireSharedData("bench-nab"))("recorded series with labelled anomalies", () => {
  const standard = () => readProfiles().get("standard")!;

  test("the windowed Gaussian detector gets its published score and counts in every file", () => {
    const corpus = readCorpus();
    const published = readPublished().filter(
      ({ detector, profile }) => detector === "windowedGaussian" && profile === "standard",
    );
    expect(published).toHaveLength(31);
    for (const { name, values, windows } of corpus) {
      const { raw, tp, fp, fn } = scoreFile(windowedGaussian(values), windows, gaussianAlarm, standard());
      const row = published.find(({ file }) => file === name);
      expect({ name, tp, fp, fn }).toEqual({ name, tp: row?.tp, fp: row?.fp, fn: row?.fn });
      expect(raw).toBeCloseTo(row?.score ?? Number.NaN, 6);
    }
  });

  test("our detector scores 60 or more with its fixed threshold", () => {
    const corpus = readCorpus();
    const windows = corpus.reduce((sum, series) => sum + series.windows.length, 0);
    const raws = corpus.map((series) => {
      const detector = createAnomalyDetector();
      const scores = series.times.map((time, i) => detector.push(time, series.values[i] ?? null));
      return scoreFile(scores, series.windows, anomalyAlarm, standard()).raw;
    });
    const total = raws.reduce((sum, raw) => sum + raw, 0);
    expect(normalised(total, windows, standard())).toBeGreaterThanOrEqual(60);
  });
});
