import * as v from 'valibot';
import type { Checked } from '../base/schemas.js';
import {
  formatBytes,
  formatCores,
  formatCount,
  formatDuration,
  formatRatio,
  formatRough,
  formatShare,
} from '../base/units.js';
import {
  WARNING_CODES,
  WARNING_RULES,
  type Figures,
  type WarningCode,
  type WarningInput,
} from './warning-rules.js';

export const WarningSchema = v.object({
  /** What it is about. Scripts may rely on the codes and the figures; the sentences may change. */
  code: v.picklist(WARNING_CODES),
  /** What was seen, and what to do. */
  message: v.string(),
  figures: v.record(v.string(), v.union([v.number(), v.string()])),
});

/** One reason not to trust a run's figures as they are. */
export type Warning = Checked<typeof WarningSchema>;

/** Finds what a reader should know before trusting a run's figures. */
export function warningsOf(input: WarningInput): Warning[] {
  return Object.entries(WARNING_RULES).flatMap(([code, rule]) => {
    const figures = rule.find(input);
    if (figures === undefined) return [];
    return [warningOf(code as WarningCode, figures)];
  });
}

/** Words a warning. */
export function warningOf(code: WarningCode, figures: Figures): Warning {
  return { code, message: fillIn(templateOf({ code, figures }), shownFigures(figures)), figures };
}

/** Returns a warning's sentence with each figure's name in braces in the figure's place. */
export function templateOf({ code, figures }: Pick<Warning, 'code' | 'figures'>): string {
  return WARNING_RULES[code].template(figures);
}

/** Puts texts into a template, in the places of their names. */
export function fillIn(template: string, texts: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => texts[name] ?? place);
}

/** Returns each figure as it is shown. */
export function shownFigures(figures: Figures): Record<string, string> {
  const texts = Object.entries(figures).map(([name, value]) => [name, shown(name, value)]);
  return Object.fromEntries(texts) as Record<string, string>;
}

/** How figures are shown, by the unit that their names end in; whole numbers are left. */
const FORMATS: readonly (readonly [string, (value: number) => string])[] = [
  ['Ns', formatDuration],
  ['Share', formatShare],
  ['usableCores', formatCores],
  ['busyCores', formatRough],
  ['Bytes', formatBytes],
  ['Ratio', formatRatio],
];

function shown(name: string, value: number | string): string {
  if (typeof value === 'string') return value;
  const [, format] = FORMATS.find(([unit]) => name.endsWith(unit)) ?? ['', formatCount];
  return format(value);
}
