import { buildWebIfStale } from "./web-build.ts";

console.log(buildWebIfStale() ? "web built" : "web is up to date");
