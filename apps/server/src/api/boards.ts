import { board } from "@ioc/contracts";
import { mostBoards, type BoardStore } from "@ioc/statistics/store";
import type { Handlers } from "./handlers.ts";
import { pageOfPart } from "./page.ts";
import { notFound, ProblemError, unfit } from "./problem.ts";

type BoardOperations = "listBoards" | "getBoard" | "putBoard" | "deleteBoard";

/** @param now city time */
export function boardHandlers(store: BoardStore, now: () => number): Pick<Handlers, BoardOperations> {
  return {
    async listBoards({ query, url }) {
      const { items, total } = await store.list(query);
      return pageOfPart(items, total, query, url);
    },
    async getBoard({ params }) {
      const found = await store.get(params["id"] ?? "");
      if (!found) throw notFound(`There is no board ${params["id"]}.`);
      return found;
    },
    async putBoard({ params, body }) {
      const id = board.shape.id.safeParse(params["id"]);
      if (!id.success)
        throw unfit(
          "body",
          "id",
          "the address must end with lower-case words joined by hyphens, of at most 60 characters",
        );
      const saving = await store.save({ ...body, id: id.data, updatedAt: now() });
      if (saving.outcome === "saved") return saving.board;
      if (saving.outcome === "conflict") throw conflict(id.data, body.version, saving.version);
      throw new ProblemError(409, "conflict", `${mostBoards} boards are kept at most; remove one first.`);
    },
    async deleteBoard({ params }) {
      const id = params["id"] ?? "";
      if (!(await store.remove(id))) throw notFound(`There is no board ${id}.`);
      return { id };
    },
  };
}

function conflict(id: string, given: number, inForce: number | null): ProblemError {
  const detail =
    inForce === null
      ? `There is no board ${id}; a new one has version 1.`
      : `Version ${inForce} of the board ${id} is in force, and this was made from version ${given}.`;
  return new ProblemError(409, "conflict", detail, {
    errors: [{ path: "body.version", message: `must be ${inForce ?? 1}` }],
  });
}
