import { processWarnings } from '../../process/warnings.js';
import type { RunEntry } from '../state/run-state.js';
import type { Headline } from '../state/wording.js';

/** A program's verdict as the window's headline: the words before its colon stand out. */
export function programHeadline(message: string): Headline {
  const [, lead, text] = /^([^:.]{1,40}:)\s+([^]*)$/.exec(message) ?? [];
  return lead === undefined || text === undefined ? { lead: '', text: message } : { lead, text };
}

/** What to know before the figures of a recording are trusted. */
export function notesOn({ overview, source, repeats }: RunEntry): string[] {
  if (overview !== null) return overview.summary.warnings.map(({ message }) => message);
  if (source.kind !== 'process' || repeats[0] === undefined) return [];
  return processWarnings(source, repeats[0].handoffs).map(({ message }) => sentence(message));
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
}
