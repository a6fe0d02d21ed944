import { severityRank } from "@ioc/contracts";
import type {
  Incident,
  IncidentMember,
  Lang,
  LocalizedText,
  Notice,
  NoticeReason,
  WarningDefinition,
} from "@ioc/contracts";

/** A notice in words, in one language. */
export interface Message {
  /** One line. */
  title: string;
  /** Plain text with everything: for e-mail, the console and machines that show text. */
  text: string;
  /** A few lines for small screens and SMS, at most `shortLength` characters. */
  short: string;
  /** Address of the incident in the console; null when the program does not know its own address. */
  link: string | null;
}

export interface Subject {
  notice: Pick<Notice, "reason">;
  incident: Incident;
  /** Worst first. */
  members: readonly IncidentMember[];
  /** Null when the pack no longer has it. */
  definition: Pick<WarningDefinition, "action" | "levels"> | null;
}

export interface Wording {
  language: Lang;
  timezone: string;
  /** Name of a subject; its headline is shown as it is. */
  placeOf(subject: IncidentMember["subject"]): LocalizedText;
  /** A number in words of the language with its unit, of which the UCUM code is given. */
  withUnit(number: string, unit: string, language: Lang): string;
  /** Address under which people reach the console, without a slash at the end; `""` when it is not known. */
  publicUrl: string;
}

const shortLength = 300;

const words = {
  vi: {
    exercise: "DIỄN TẬP",
    reasons: {
      opened: "Mới",
      raised: "Tăng mức",
      grown: "Lan rộng",
      cleared: "Đã hết",
      escalated: "Chưa ai xác nhận",
      repeated: "Vẫn đang diễn ra",
    },
    over: "Đã hết",
    severity: ["Nhẹ", "Vừa", "Nghiêm trọng", "Rất nghiêm trọng"],
    scale: { risk: "Cấp độ rủi ro thiên tai", ioc: "Mức IOC" },
    level: "Mức",
    place: "Nơi",
    value: "Giá trị",
    since: "Từ",
    until: "Đến",
    todo: "Việc cần làm",
    members: (all: number, open: number) => `${all} cảnh báo, ${open} đang mở`,
    link: "Mở",
  },
  en: {
    exercise: "EXERCISE",
    reasons: {
      opened: "New",
      raised: "Raised",
      grown: "Grown",
      cleared: "Over",
      escalated: "Not acknowledged",
      repeated: "Still open",
    },
    over: "Over",
    severity: ["Minor", "Moderate", "Severe", "Extreme"],
    scale: { risk: "Disaster risk level", ioc: "IOC level" },
    level: "Level",
    place: "Place",
    value: "Value",
    since: "Since",
    until: "Until",
    todo: "What to do",
    members: (all: number, open: number) => `${all} ${all === 1 ? "alert" : "alerts"}, ${open} open`,
    link: "Open",
  },
} as const satisfies Record<Lang, { reasons: Record<NoticeReason, string> } & Record<string, unknown>>;

/**
 * Writes what is told of an incident as it is now: level, place, value, when, what to do, every alert of it, link. An exercise is
 * marked as one in the title and in the first line. The scale of the level is always named.
 */
export function messageOf(subject: Subject, wording: Wording): Message {
  const { notice, incident, members, definition } = subject;
  const { language, publicUrl } = wording;
  const say = words[language];
  const timeOf = clockOf(wording);
  const mark = incident.exercise ? `[${say.exercise}] ` : "";
  const reason = incident.state === "cleared" ? say.over : say.reasons[notice.reason];
  const severity = say.severity[severityRank(incident.severity) - 1] ?? incident.severity;
  const [worst] = members;
  const count = members.length > 1 ? ` (${say.members(members.length, incident.openMembers)})` : "";
  const title = `${mark}${reason} · ${severity}: ${incident.headline[language]}${count}`;
  const link = publicUrl === "" ? null : `${publicUrl}/console/incidents/${encodeURIComponent(incident.id)}`;
  const level = levelText(subject, language);
  const todo = definition ? definition.action[language] : null;
  const facts = [
    level && `${say.level}: ${severity} – ${level}`,
    worst && `${say.place}: ${wording.placeOf(worst.subject)[language]}`,
    worst && worst.value !== null && `${say.value}: ${valueOf(worst, wording)}`,
    `${say.since}: ${timeOf(worst?.firedAt ?? incident.openedAt)}`,
    incident.clearedAt !== null && `${say.until}: ${timeOf(incident.clearedAt)}`,
  ].filter((line) => typeof line === "string");
  const list = members.length > 1 ? ["", `${say.members(members.length, incident.openMembers)}:`] : [];
  for (const member of members.length > 1 ? members : []) {
    const state = member.clearedAt === null ? "" : ` (${say.over})`;
    list.push(`- ${member.headline[language]}; ${timeOf(member.firedAt)}${state}`);
  }
  const text = [
    title,
    incident.name[language],
    ...facts,
    ...(todo && incident.state !== "cleared" ? ["", `${say.todo}: ${todo}`] : []),
    ...(link ? ["", `${say.link}: ${link}`] : []),
    ...list,
  ].join("\n");
  return { title, text, short: shortOf([title, ...facts], link), link };
}

/** The link is whole or left out: half an address leads nowhere. */
function shortOf(lines: readonly string[], link: string | null): string {
  const room = shortLength - (link === null ? 0 : link.length + 1);
  if (room < 80) return shortOf(lines, null);
  const text = lines.join("\n");
  const cut = text.length > room ? `${text.slice(0, room - 1)}…` : text;
  return link === null ? cut : `${cut}\n${link}`;
}

function levelText({ incident, definition, members }: Subject, language: Lang): string | null {
  const level = incident.level || Math.max(0, ...members.map((member) => member.level));
  if (level === 0) return null;
  const name = definition?.levels.find((one) => one.level === level)?.name?.[language];
  return `${words[language].scale[incident.scale]} ${level}${name ? ` (${name})` : ""}`;
}

function valueOf({ value, unit, decimals }: IncidentMember, { language, withUnit }: Wording): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return withUnit(new Intl.NumberFormat(locales[language], digits).format(value ?? 0), unit, language);
}

const locales = { vi: "vi-VN", en: "en-GB" } as const;

function clockOf({ language, timezone }: Wording): (time: number) => string {
  const format = new Intl.DateTimeFormat(locales[language], {
    timeZone: timezone,
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (time) => format.format(time);
}
