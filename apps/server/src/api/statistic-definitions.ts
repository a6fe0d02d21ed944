import { operatorItems, ViewError } from "@ioc/statistics";
import type { SavedDefinitions } from "../statistics/definitions.ts";
import { requireShallow } from "../statistics/definition-check.ts";
import type { Previews } from "../statistics/previews.ts";
import type { Sender } from "./credentials.ts";
import type { Handlers } from "./handlers.ts";
import { holderOf, type KeyCheck } from "./keys.ts";
import { pageOf, pageOfPart } from "./page.ts";
import { unfit } from "./problem.ts";
import { viewProblem } from "./view-problem.ts";

interface DefinitionServices {
  definitions: SavedDefinitions;
  previews: Previews;
  keys: Pick<KeyCheck, "nameOf">;
  /** City time. */
  now(): number;
}

type DefinitionOperations =
  | "listOperators"
  | "listStatisticVersions"
  | "previewStatistic"
  | "putStatistic"
  | "deleteStatistic";

/** Definitions of statistics as somebody edits them. */
export function definitionHandlers(services: DefinitionServices): Pick<Handlers, DefinitionOperations> {
  const { definitions, previews, keys, now } = services;
  const operators = operatorItems();
  const deedOf = (sender: Sender) => ({ by: holderOf(sender, keys), at: now() });
  return {
    listOperators: ({ query, url }) => pageOf(operators, query, url),
    async listStatisticVersions({ params, query, url }) {
      const { items, total } = await definitions.versions(params["id"] ?? "", query);
      return pageOfPart(items, total, query, url);
    },
    async previewStatistic({ body }) {
      const { definition, group, subject } = body;
      try {
        return await previews.preview(definition, { group, subject }, now());
      } catch (error) {
        throw error instanceof ViewError ? viewProblem(error, "body") : error;
      }
    },
    async putStatistic({ params, body, headers, secure }) {
      const { definition, note } = body;
      requireShallow(definition);
      if (definition.id !== params["id"]) {
        throw unfit("body", "definition.id", `must be ${params["id"]}, as in the address`);
      }
      return await definitions.save(definition, note, deedOf({ headers, secure }));
    },
    async deleteStatistic({ params, headers, secure }) {
      const id = params["id"] ?? "";
      await definitions.takeBack(id, deedOf({ headers, secure }));
      return { id };
    },
  };
}
