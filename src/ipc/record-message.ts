import type { StreamMessage } from './index.js';

/** A message of what a run records: a repeat's beginning, its spans, its end. */
export type RecordMessage = StreamMessage & { readonly type: 'timeline' | 'spans' | 'timelineEnd' };

const RECORDS: ReadonlySet<StreamMessage['type']> = new Set<RecordMessage['type']>([
  'timeline',
  'spans',
  'timelineEnd',
]);

/** Whether a message is of what a run records. */
export function isRecord(message: StreamMessage): message is RecordMessage {
  return RECORDS.has(message.type);
}
