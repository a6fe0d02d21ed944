/** What is kept of statistics in an open database: their results, the definitions saved there, boards of them. */
export { mostBoards, openBoardStore } from "./boards/board-store.ts";
export type { BoardStore } from "./boards/board-store.ts";
export { ResultRetention } from "./results/retention.ts";
export { openResultStore } from "./results/result-store.ts";
export type { NewResult, ResultStore } from "./results/result-store.ts";
export { openDefinitionStore } from "./saved-definitions/definition-store.ts";
export type { DefinitionStore } from "./saved-definitions/definition-store.ts";
