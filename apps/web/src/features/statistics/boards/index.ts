export { readBoardSearch } from "./board-address.ts";
export { BoardPage } from "./board-page.tsx";
export { BoardsList } from "./boards-list.tsx";
