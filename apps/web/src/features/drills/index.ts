export { DrillPage } from "./drill-page.tsx";
export { DrillsPage } from "./drills-page.tsx";
