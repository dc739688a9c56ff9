import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/renderer/timeline/model/commands.js';
import type { TimelineExplorer } from '../../../src/renderer/timeline/model/explorer.js';
import type { LaneSpan } from '../../../src/renderer/timeline/model/lane-spans.js';
import {
  TimelinePanelState,
  type ChartOf,
} from '../../../src/renderer/timeline/timeline-panel-state.svelte.js';

const span: LaneSpan = { lane: 0, kind: 'wait', index: 0, task: 3, startNs: 0, endNs: 10 };

/** An explorer that tells the desk what is selected, as the charts' do. */
function explorerOn(desk: TimelinePanelState, chart: ChartOf): TimelineExplorer {
  const explorer = {
    select: (selected: LaneSpan | null) => {
      desk.select(chart, selected);
    },
  } as unknown as TimelineExplorer;
  desk.place(chart, explorer);
  return explorer;
}

describe('the timelines on the page', () => {
  it('have one selection, and are explored where it is', () => {
    const desk = new TimelinePanelState();
    const shown = explorerOn(desk, 'shown');
    const baseline = explorerOn(desk, 'baseline');
    expect([desk.explorer, desk.span]).toEqual([shown, null]);
    baseline.select(span);
    expect([desk.chart, desk.explorer, desk.span]).toEqual(['baseline', baseline, span]);
    const other = { ...span, task: 4 };
    shown.select(other);
    expect([desk.chart, desk.explorer, desk.span]).toEqual(['shown', shown, other]);
    shown.select(null);
    expect(desk.span).toBeNull();
  });

  it('let go of the selection, whichever of them has it', () => {
    const desk = new TimelinePanelState();
    explorerOn(desk, 'shown');
    explorerOn(desk, 'baseline').select(span);
    expect(desk.release()).toBe(true);
    expect(desk.span).toBeNull();
    expect(desk.release()).toBe(false);
  });

  it('both let go of a key, whichever of them moved by it', () => {
    const desk = new TimelinePanelState();
    const letGo: string[] = [];
    for (const chart of ['shown', 'baseline'] as const) {
      desk.place(chart, {
        letGo: (command: Command) => letGo.push(`${chart}: ${command}`),
        letGoOfAll: () => letGo.push(`${chart}: all`),
      } as unknown as TimelineExplorer);
    }
    desk.letGo('zoom in');
    desk.letGoOfAll();
    expect(letGo).toEqual(['shown: zoom in', 'baseline: zoom in', 'shown: all', 'baseline: all']);
  });

  it('let go of what is selected in one that goes', () => {
    const desk = new TimelinePanelState();
    const shown = explorerOn(desk, 'shown');
    explorerOn(desk, 'baseline').select(span);
    desk.place('baseline', null);
    expect([desk.chart, desk.explorer, desk.span]).toEqual(['shown', shown, null]);
  });
});
