import type { Scenario, Simulation } from "@ioc/contracts";
import type { Handlers } from "./handlers.ts";
import { pageOf } from "./page.ts";
import { ProblemError } from "./problem.ts";

/** How the city is played, as far as the API may know and change it. */
export interface SimulationControl {
  /** Null when the city is not played. */
  state(): Simulation | null;
  /** Starts a scenario, or ends the running one; resolves with the state that follows. */
  startScenario(id: string | null): Promise<Simulation>;
}

export function simulationHandlers(
  control: SimulationControl,
  scenarios: readonly Scenario[],
): Pick<Handlers, "getSimulation" | "listScenarios" | "startScenario"> {
  return {
    getSimulation: () => control.state(),
    listScenarios: ({ url }) => pageOf(scenarios, { limit: 5000, offset: 0 }, url),
    async startScenario({ body }) {
      if (body.id !== null && !scenarios.some((one) => one.id === body.id)) {
        const known = scenarios.map((one) => one.id).join(", ");
        throw new ProblemError(400, "invalid-request", `There is no scenario ${body.id}.`, {
          errors: [{ path: "body.id", message: `one of: ${known}` }],
        });
      }
      if (control.state() === null) {
        throw new ProblemError(409, "not-available", "The city is not played here: IOC_SIMULATE is off.");
      }
      return control.startScenario(body.id);
    },
  };
}
