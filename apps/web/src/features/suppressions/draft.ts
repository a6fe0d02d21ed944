import type { Severity } from "@ioc/contracts";
import type { SuppressionDraft } from "../../data/index.ts";
import { readInstant } from "../statistics/page/periods.ts";

/** What the form holds. Times are city times as a date field writes them; empty texts name nothing. */
export interface FormDraft {
  kind: "silence" | "maintenance" | "inhibition";
  definition: string;
  area: string | null;
  subject: string;
  severities: readonly Severity[];
  from: string;
  until: string;
  repeat: "" | "day" | "week";
  source: string;
  level: number;
  same: "subject" | "area";
  emergencies: boolean;
  note: string;
}

export const emptyDraft: FormDraft = {
  kind: "silence",
  definition: "",
  area: null,
  subject: "",
  severities: [],
  from: "",
  until: "",
  repeat: "",
  source: "",
  level: 1,
  same: "subject",
  emergencies: false,
  note: "",
};

/** The suppression that the form describes; null as long as something that it needs is missing. */
export function ruleOf(draft: FormDraft): SuppressionDraft | null {
  const note = draft.note.trim();
  if (note === "") return null;
  const common = { note, emergencies: draft.emergencies };
  if (draft.kind === "inhibition") {
    if (draft.source === "" || draft.definition === "") return null;
    const source = { definition: draft.source, level: draft.level };
    return { kind: "inhibition", ...common, source, target: { definitions: [draft.definition] }, same: draft.same };
  }
  const [from, until] = [readInstant(draft.from.slice(0, 16)), readInstant(draft.until.slice(0, 16))];
  if (from === null || until === null || until <= from) return null;
  const subject = draft.subject.trim();
  const matcher = {
    ...(draft.definition === "" ? {} : { definitions: [draft.definition] }),
    ...(draft.area === null ? {} : { areas: [draft.area] }),
    ...(subject === "" ? {} : { subjects: [subject] }),
    ...(draft.severities.length === 0 ? {} : { severities: [...draft.severities] }),
  };
  const span = { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
  if (draft.kind === "silence") return { kind: "silence", ...common, matcher, ...span };
  const repeat = draft.repeat === "" ? null : { every: draft.repeat, until: null };
  return { kind: "maintenance", ...common, matcher, ...span, repeat };
}
