import { parentPort } from "node:worker_threads";
import { makeForecast, type ForecastTask, type MadeForecast } from "@ioc/city-forecasts";

export type ForecastAnswer = { made: MadeForecast | null } | { error: string };

parentPort?.on("message", (task: ForecastTask) => {
  try {
    parentPort?.postMessage({ made: makeForecast(task) } satisfies ForecastAnswer, []);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ error: message } satisfies ForecastAnswer, []);
  }
});
