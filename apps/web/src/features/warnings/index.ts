export { WarningPage } from "./warning-page.tsx";
export { WarningsPage } from "./warnings-page.tsx";
