import { z } from "zod";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import type { PublicService } from "./administration.ts";
import { publicServicesOf, serviceChooser } from "./administration.ts";
import type { PlayedCity } from "./city.ts";
import { poisson } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import type { Case } from "./series.ts";
import { cases } from "./series.ts";

const fileAnchors = z.object({
  press: z.object({ online_pct: z.number(), results_digitised_pct: z.number() }),
  assumed: z.object({ files_per_working_day: z.number(), on_time_pct: z.number() }),
});
type Anchors = z.infer<typeof fileAnchors>;

/** A moment of office hours on a day: 7:30 to 11:30 and 13:00 to 17:00. */
function officeTime(city: PlayedCity, day: number, uniform: number): number {
  const hour = uniform < 0.5 ? 7.5 + 8 * uniform : 13 + 8 * (uniform - 0.5);
  return Math.floor(city.at(day, hour) / minuteMs) * minuteMs;
}

interface Course {
  submitted: number;
  started: number;
  /** Waiting for the applicant, when there is such a time. */
  waiting: { from: number; to: number } | null;
  dueBefore: number;
  due: number;
  end: number;
  outcome: "finished" | "rejected" | "withdrawn";
}

/** How a file goes through the office. Waiting for the applicant moves its due time by the same span. */
function courseOf(
  city: PlayedCity,
  service: PublicService,
  submitted: number,
  onTime: number,
  next: () => number,
): Course {
  const { calendar } = city;
  const day = calendar.day(submitted);
  const first = city.workingDaysLater(day, city.isWorkingDay(day) && calendar.hour(submitted) < 16 ? 0 : 1);
  const started = Math.max(submitted + 20 * minuteMs, officeTime(city, first, 0.2 + 0.7 * next()));
  const dueDay = city.workingDaysLater(first, service.days);
  const dueBefore = city.at(dueDay, 17);
  const waits = service.days >= 3 && next() < 0.06;
  const waitFrom = waits ? started + 0.3 * (dueBefore - started) : 0;
  const waiting = waits ? { from: waitFrom, to: waitFrom + (1 + 5 * next()) * dayMs } : null;
  const due = dueBefore + (waiting ? Math.round((waiting.to - waiting.from) / minuteMs) * minuteMs : 0);
  const used = next() < onTime ? 0.35 + 0.6 * next() : null;
  const late = 1 + poisson(next, 5);
  const endDay =
    used === null
      ? city.workingDaysLater(calendar.day(due), late)
      : calendar.day(Math.max(started, started + used * (due - started)));
  const working = city.isWorkingDay(endDay) || used === null ? endDay : city.workingDaysLater(endDay, 1);
  const drawn = officeTime(city, working, next());
  const latest = used === null ? drawn : Math.min(drawn, due);
  const end = Math.max(latest, started + 10 * minuteMs, waiting ? waiting.to + hourMs : 0);
  const fate = next();
  return {
    submitted,
    started,
    waiting,
    dueBefore,
    due,
    end,
    outcome: fate < 0.95 ? "finished" : fate < 0.985 ? "rejected" : "withdrawn",
  };
}

function statusAt(course: Course, at: number): string {
  if (course.end <= at) return course.outcome;
  if (course.waiting && course.waiting.from <= at && at < course.waiting.to) return "waiting-applicant";
  return course.started <= at ? "processing" : "received";
}

function fileCase(
  city: PlayedCity,
  anchors: Anchors,
  service: PublicService,
  submitted: number,
  number: string,
  next: () => number,
): Case {
  const course = courseOf(city, service, submitted, anchors.assumed.on_time_pct / 100, next);
  const online = service.records > 0 && next() < (anchors.press.online_pct / 100) * 1.004;
  const area = city.areaByCity(next())?.id ?? city.cityArea;
  const feeDue = next() < 0.55;
  const feeOnline = feeDue && next() < (online ? 0.9 : 0.25);
  const digitised = next() < anchors.press.results_digitised_pct / 100;
  const rated = next() < 0.3 ? (next() < 0.955 ? 4 + Math.round(next()) : 1 + Math.floor(3 * next())) : null;
  const ratedAt = course.end + 20 * hourMs;
  const fixed = {
    file_id: number,
    service_code: service.code,
    agency_id: service.agency,
    area_code: area,
    channel: online ? "online" : next() < 0.85 ? "counter" : "post",
    submitted_at: city.iso(submitted),
    fee_due: feeDue,
    fee_paid_online: feeOnline,
  };
  const row = (at: number): Row => {
    const done = course.end <= at;
    const finished = done && course.outcome === "finished";
    return {
      ...fixed,
      due_at: city.iso(course.waiting && course.waiting.to <= at ? course.due : course.dueBefore),
      finished_at: done ? city.iso(course.end) : null,
      status: statusAt(course, at),
      result_digitised: finished ? digitised : null,
      rating: finished && ratedAt <= at ? rated : null,
    };
  };
  const waiting = course.waiting ? [course.waiting.from, course.waiting.to] : [];
  const times = [submitted, course.started, ...waiting, course.end, ...(rated === null ? [] : [ratedAt])];
  return { times: times.toSorted((a, b) => a - b), row };
}

/** Files of the administration: a sample, most of them online, with what happens to each as it happens. */
export function adminFiles(city: PlayedCity): PlayedDataset {
  const anchors = city.anchors("admin-files", fileAnchors);
  const choose = serviceChooser(publicServicesOf(city));
  return cases(city, {
    id: "admin-files",
    everyMs: hourMs / 2,
    backDays: 400,
    settleDays: 75,
    of(day) {
      const next = city.stream(day, "files");
      const weekday = city.calendar.weekday(day);
      const busy = city.isWorkingDay(day) ? (weekday === 1 ? 1.2 : 0.95) : city.isNewYear(day) ? 0.01 : 0.12;
      const stamp = city.date(day).replaceAll("-", "");
      return Array.from({ length: poisson(next, anchors.assumed.files_per_working_day * busy) }, (_, i): Case[] => {
        const service = choose(next());
        const evening = next() < 0.25;
        const submitted = evening
          ? Math.floor(city.at(day, 6 + 17.5 * next()) / minuteMs) * minuteMs
          : officeTime(city, day, next());
        const number = `${stamp}-${String(i + 1).padStart(4, "0")}`;
        return service ? [fileCase(city, anchors, service, submitted, number, city.stream(i, "file", stamp))] : [];
      }).flat();
    },
  });
}
