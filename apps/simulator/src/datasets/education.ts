import { dayMs } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedArea } from "./areas.ts";
import type { PlayedCity } from "./city.ts";
import { normal, round, someOf, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { periodic } from "./series.ts";

interface Level {
  id: string;
  code: string;
  /** People for one school, pupils as part of the people, pupils of a class, teachers of a class. */
  perSchool: number;
  share: number;
  classSize: number;
  teachers: number;
  /** Dropouts of a year as part of the pupils. */
  dropouts: number;
}

const levels: readonly Level[] = [
  { id: "preschool", code: "mn", perSchool: 4200, share: 0.044, classSize: 27, teachers: 1.9, dropouts: 0 },
  { id: "primary", code: "th", perSchool: 7200, share: 0.088, classSize: 34, teachers: 1.4, dropouts: 0.0004 },
  {
    id: "lower-secondary",
    code: "cs",
    perSchool: 11_500,
    share: 0.066,
    classSize: 39,
    teachers: 1.85,
    dropouts: 0.0022,
  },
  { id: "upper-secondary", code: "pt", perSchool: 33_000, share: 0.038, classSize: 41, teachers: 2.2, dropouts: 0.006 },
];

interface School {
  id: string;
  level: Level;
  area: PlayedArea;
  place: [number, number];
  pupils: number;
}

/** Schools of all units, numbered within unit and level. */
export function schoolsOf(city: PlayedCity): School[] {
  return city.areas.flatMap((area) =>
    levels.flatMap((level) => {
      const count = Math.round(area.people / level.perSchool) || (level.code === "pt" ? 0 : 1);
      return Array.from({ length: count }, (_, i): School => {
        const next = city.stream(i, "school", area.id, level.code);
        const pupils = ((area.people * level.share) / count) * spread(next, 0.22);
        const id = `${area.id}-${level.code}-${String(i + 1).padStart(2, "0")}`;
        return { id, level, area, place: city.place(area, next), pupils };
      });
    }),
  );
}

/** First calendar year of the school year that a day lies in; a school year begins in September. */
function schoolYearOf(city: PlayedCity, day: number): number {
  return city.calendar.year(day) - (city.calendar.month(day) < 8 ? 1 : 0);
}

function pupilsIn(school: School, year: number): number {
  return Math.max(12, Math.round(school.pupils * 1.014 ** (year - 2024)));
}

/** A school in a school year; `told` is the part of the year's dropouts that is known. */
function enrolmentRow(city: PlayedCity, school: School, year: number, told: number): Row {
  const next = city.stream(year, "enrolment", school.id);
  const pupils = pupilsIn(school, year);
  const classes = Math.max(
    1,
    Math.round(pupils / (school.level.classSize * (0.84 + 0.2 * school.area.urban) * spread(next, 0.06))),
  );
  return {
    school_id: school.id,
    school_year: `${year}-${year + 1}`,
    level: school.level.id,
    area_code: school.area.id,
    location: school.place,
    classes,
    pupils,
    pupils_with_id: pupils,
    dropouts: Math.round(told * someOf(next, pupils, school.level.dropouts * (1.6 - school.area.urban))),
    teachers: Math.round(classes * school.level.teachers * spread(next, 0.04)),
  };
}

/** Told at the end of September, January and May; each report takes the place of the one before. */
export function schoolEnrolment(city: PlayedCity): PlayedDataset {
  const schools = schoolsOf(city);
  /** Reports up to a time, newest last: when, of which school year, how much of the year's dropouts. */
  const reportsOf = (year: number): { time: number; told: number }[] => [
    { time: city.at(Date.UTC(year, 8, 30) / dayMs, 8), told: 0.15 },
    { time: city.at(Date.UTC(year + 1, 0, 31) / dayMs, 8), told: 0.55 },
    { time: city.at(Date.UTC(year + 1, 4, 31) / dayMs, 8), told: 1 },
  ];
  return {
    id: "school-enrolment",
    everyMs: dayMs,
    backMs: 3.2 * 365.25 * dayMs,
    *rows(from, to, at) {
      const last = schoolYearOf(city, city.calendar.day(to));
      for (let year = schoolYearOf(city, city.calendar.day(from)); year <= last; year += 1) {
        const reports = reportsOf(year);
        const told = reports.findLast(({ time }) => time <= at)?.told ?? 0;
        const first = reports[0]?.time ?? Number.NaN;
        if (first > from && first <= to) for (const school of schools) yield enrolmentRow(city, school, year, told);
      }
    },
    *changed(from, to) {
      for (const year of [schoolYearOf(city, city.calendar.day(from))]) {
        const [first, ...later] = reportsOf(year);
        const newest = later.findLast(({ time }) => time > from && time <= to);
        if (!newest || !first || first.time > from) continue;
        for (const school of schools) yield enrolmentRow(city, school, year, newest.told);
      }
    },
  };
}

/** True on Mondays to Fridays from 5 September to the end of May, outside two weeks around the lunar new year. */
export function isSchoolDay(city: PlayedCity, day: number): boolean {
  const monthDay = city.calendar.monthDay(day);
  if (monthDay > "05-31" && monthDay < "09-05") return false;
  return city.isWorkingDay(day) && !city.isNewYear(day - 3) && !city.isNewYear(day + 3);
}

/** Sixty schools of all levels that report every school day. */
export function schoolAttendance(city: PlayedCity): PlayedDataset {
  const all = schoolsOf(city);
  const every = Math.max(1, Math.floor(all.length / 60));
  const schools = all.filter((_, i) => i % every === 0).slice(0, 60);
  const flu = city.key("flu");
  return periodic(city, {
    id: "school-attendance-daily",
    unit: "day",
    back: 300,
    delayMs: 0,
    *rows({ day, label, month, index }) {
      if (!isSchoolDay(city, day)) return;
      const year = schoolYearOf(city, day);
      const season = month === 11 || month <= 2 ? 0.006 : 0.002;
      const ill = clamp(0.011 + season + 0.006 * smooth(flu, day, 9), 0.003, 0.06);
      const rain = clamp((city.rainOn(day) - 25) / 600, 0, 0.12);
      for (const school of schools) {
        const next = city.stream(index, "attendance", school.id);
        const enrolled = pupilsIn(school, year);
        const sick = someOf(next, enrolled, ill * (school.level.code === "mn" ? 1.9 : 1));
        const away = someOf(next, enrolled - sick, 0.006 + rain + Math.max(0, 0.002 * normal(next)));
        yield { date: label, school_id: school.id, enrolled, present: enrolled - sick - away, absent_ill: sick };
      }
    },
  });
}

interface Subject {
  mean: number;
  /** Part of the pupils who take it. */
  taken: number;
}
const graduation: Readonly<Record<string, Subject>> = {
  math: { mean: 6.4, taken: 1 },
  literature: { mean: 7.0, taken: 1 },
  "foreign-language": { mean: 5.8, taken: 0.42 },
  physics: { mean: 6.7, taken: 0.33 },
  chemistry: { mean: 6.3, taken: 0.26 },
  biology: { mean: 6.1, taken: 0.12 },
  history: { mean: 6.5, taken: 0.41 },
  geography: { mean: 6.8, taken: 0.4 },
};
const entrance: Readonly<Record<string, Subject>> = {
  math: { mean: 5.9, taken: 0.94 },
  literature: { mean: 6.5, taken: 0.94 },
  "foreign-language": { mean: 6.1, taken: 0.94 },
};

/** Results of a year in mid July: the last class of upper schools, and pupils of lower schools who go on. */
export function examResults(city: PlayedCity): PlayedDataset {
  const exams = [
    { exam: "graduation", code: "pt", classes: 3, subjects: graduation },
    { exam: "grade-10", code: "cs", classes: 4, subjects: entrance },
  ].filter(({ exam }) => city.values("exam-results", "exam").includes(exam));
  const schools = schoolsOf(city);
  function* resultsOf(year: number): Iterable<Row> {
    for (const { exam, code, classes, subjects } of exams) {
      for (const school of schools.filter(({ level }) => level.code === code)) {
        for (const [subject, { mean, taken }] of Object.entries(subjects)) {
          const next = city.stream(year, "exam", school.id, subject);
          const candidates = someOf(
            next,
            Math.round(pupilsIn(school, year - 1) / classes),
            taken * (0.9 + 0.1 * next()),
          );
          if (candidates === 0) continue;
          const own = 0.7 * normal(city.stream(0, "exam-school", school.id)) + 0.5 * (school.area.urban - 0.5);
          const yearly = 0.15 * normal(city.stream(year, "exam-year", subject));
          const score = clamp(mean + own + yearly + 0.2 * normal(next), 2.5, 9.6);
          const passed = someOf(next, candidates, clamp(0.5 + (score - 5) * 0.28, 0.05, 0.995));
          yield { year, exam, subject, school_id: school.id, candidates, mean_score: round(score, 2), passed };
        }
      }
    }
  }
  return {
    id: "exam-results",
    everyMs: dayMs,
    backMs: 3 * 366 * dayMs,
    *rows(from, to) {
      const last = city.calendar.year(city.calendar.day(to));
      for (let year = city.calendar.year(city.calendar.day(from)); year <= last; year += 1) {
        const told = city.at(Date.UTC(year, 6, 16) / dayMs, 8);
        if (told > from && told <= to) yield* resultsOf(year);
      }
    },
    changed: () => [],
  };
}
