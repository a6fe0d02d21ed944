import { statisticDefinition, type List, type StatisticDefinition, type StatisticItem } from "@ioc/contracts";
import type { StatisticVersion } from "@ioc/contracts";
import type { StatisticsEngine } from "@ioc/statistics";
import type { DefinitionStore } from "@ioc/statistics/store";
import { notFound, ProblemError } from "../api/problem.ts";
import { problemsOf, type DefinitionCheck } from "./definition-check.ts";

/** Who does something, and when (city time, ms). */
interface Deed {
  by: string;
  at: number;
}

/** Definitions saved in this installation, which take the place of the pack's own. */
export interface SavedDefinitions {
  /** Puts what was saved into force, at the start; answers what is wrong with some of it, a line each. */
  apply(now: number): Promise<string[]>;
  /**
   * Saves a definition as its next version and puts it into force.
   * @throws {ProblemError} 409 when it was made from another version than the one in force, 422 when it cannot be used
   */
  save(definition: StatisticDefinition, note: string, deed: Deed): Promise<StatisticItem>;
  /**
   * Takes back what was saved: the pack's own definition, or none, is in force again.
   * @throws {ProblemError} 404 when nothing saved is in force
   */
  takeBack(id: string, deed: Deed): Promise<void>;
  /** @throws {ProblemError} 404 when there neither is nor was such a statistic */
  versions(id: string, page: { limit: number; offset: number }): Promise<List<StatisticVersion>>;
}

interface SavedDefinitionsOptions {
  engine: Pick<StatisticsEngine, "get" | "define" | "withdraw">;
  store: DefinitionStore;
  /** The pack's own. */
  own: readonly StatisticDefinition[];
  check: DefinitionCheck;
}

export function createSavedDefinitions({ engine, store, own, check }: SavedDefinitionsOptions): SavedDefinitions {
  const ownById = new Map(own.map((definition) => [definition.id, definition]));
  const inTurn = createTurns();
  return {
    async apply(now) {
      const faults: string[] = [];
      for (const { statistic, version, definition } of await store.inForce()) {
        const parsed = statisticDefinition.safeParse(definition);
        const name = `version ${version} of ${statistic}, saved here,`;
        if (!parsed.success) {
          const { path, message } = parsed.error.issues[0] ?? { path: [], message: "" };
          faults.push(`${name} is no definition any more and is left out: ${path.join(".")}: ${message}`);
          continue;
        }
        const problems = check(parsed.data, now);
        if (problems.length > 0) faults.push(`${name} cannot be calculated any more: ${problems.join("; ")}`);
        engine.define(parsed.data, { custom: true });
      }
      return faults;
    },
    save: (definition, note, deed) =>
      inTurn(async () => {
        const { id } = definition;
        const inForce = engine.get(id)?.version;
        requireVersion(definition, inForce);
        const problems = check(definition, deed.at);
        if (problems.length > 0) {
          const errors = problemsOf(problems);
          throw new ProblemError(422, "invalid-definition", `The definition of ${id} cannot be used.`, { errors });
        }
        // Above those that were taken back too: a number never means two definitions.
        const version = Math.max(inForce ?? 0, await store.highest(id)) + 1;
        const saved = { ...definition, version };
        await store.save({ definition: saved, version, note, ...deed });
        engine.define(saved, { custom: true });
        return engine.get(id) as StatisticItem;
      }),
    takeBack: (id, deed) =>
      inTurn(async () => {
        if (!(await store.withdraw(id, deed))) throw notFound(`Nothing that was saved here is in force for ${id}.`);
        const before = ownById.get(id);
        if (before) engine.define(before, { custom: false });
        else engine.withdraw(id);
      }),
    async versions(id, page) {
      const found = await store.versions(id, page);
      if (found.total === 0 && !engine.get(id)) throw notFound(`There is no statistic ${id}.`);
      return found;
    },
  };
}

/** A new definition is made from version 1. */
function requireVersion({ id, version }: StatisticDefinition, inForce: number | undefined): void {
  const wanted = inForce ?? 1;
  if (version === wanted) return;
  const detail =
    inForce === undefined
      ? `There is no statistic ${id}; a new one has version 1.`
      : `Version ${inForce} of ${id} is in force, and this was made from version ${version}.`;
  throw new ProblemError(409, "conflict", detail, {
    errors: [{ path: "body.definition.version", message: `must be ${wanted}` }],
  });
}

/** Runs one piece of work after the other. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}
