import "./ui/tokens/styles.ts";
import { startApp } from "./app/start.tsx";

void startApp(document.getElementById("root")!);
