import "./ui/tokens/styles.ts";
import "./ui/controls/marks.module.css";
import "./ui/controls/severity-badge.module.css";
import "./surfaces/public/public.module.css";
import { keepFresh } from "./surfaces/public/keep-fresh.ts";

keepFresh(document, 10_000);
