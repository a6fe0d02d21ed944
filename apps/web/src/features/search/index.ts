export { SearchDialog } from "./search-dialog.tsx";
export type { Found } from "./search-dialog.tsx";
