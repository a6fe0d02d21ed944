export { capitalised, useLang } from "./hooks.ts";
export type { Namespace } from "./resources.ts";
export { createTexts, ensureTexts, loadTexts } from "./texts.ts";
