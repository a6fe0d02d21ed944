/** The drawing code and ECharts, loaded when the first chart is shown: `import("./engine.ts")`. */
export { chartPlan, mountChart, summaryOf, timeSeriesPlan } from "@ioc/charts/plan";
