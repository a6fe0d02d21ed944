export { checkWarning } from "./rule/check.ts";
