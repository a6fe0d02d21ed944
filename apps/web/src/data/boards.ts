import { queryOptions } from "@tanstack/react-query";
import type { Board } from "@ioc/contracts";
import { apiGet, apiSend } from "./request.ts";

const below = (id: string): string => `/boards/${encodeURIComponent(id)}`;

/** Boards that were saved here. */
export const boardsQuery = () =>
  queryOptions({
    queryKey: ["boards"],
    queryFn: ({ signal }) => apiGet<"listBoards">("/boards", { limit: 1000 }, signal),
    staleTime: 15_000,
  });

export const boardQuery = (id: string) =>
  queryOptions({
    queryKey: ["board", id],
    queryFn: ({ signal }) => apiGet<"getBoard">(below(id), {}, signal),
    staleTime: 15_000,
  });

/** Saves a board; `version` names the one it was made from, 1 for a new one. 409 when somebody saved in between. */
export function saveBoard({ id, ...board }: Omit<Board, "updatedAt">, key: string) {
  return apiSend<"putBoard">("PUT", below(id), { key, body: board });
}

export function deleteBoard(id: string, key: string) {
  return apiSend<"deleteBoard">("DELETE", below(id), { key });
}
