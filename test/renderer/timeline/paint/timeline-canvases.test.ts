import { describe, expect, it } from 'vitest';
import { Timeline } from '../../../../src/recording/timeline.js';
import { DONE, MIDDLE, newView, ROW_0, runFrames, useViews } from '../model/views.js';

useViews();

describe('the timeline’s canvases', () => {
  it('are painted with nothing but their ground for a timeline without spans', () => {
    const { view, fake } = newView();
    view.show({ ...DONE, timeline: new Timeline(4) });
    runFrames();
    expect(fake.of('fillText')).toEqual([]);
    const ground = [0, 0, 800, 400];
    expect(new Set(fake.of('fillRect').map(String))).toEqual(new Set([String(ground)]));
  });

  it('are painted once a frame, however much changes', () => {
    const { view } = newView();
    for (let version = 0; version < 5; version += 1) view.show({ ...DONE, version });
    view.zoomAt(MIDDLE, 2);
    view.panBy(10);
    expect(runFrames()).toBe(1);
    expect(runFrames()).toBe(0);
  });

  it('are painted once where the axis goes to the timeline above, and comes back', () => {
    const { view, fake } = newView();
    const grounds = () =>
      fake.of('fillRect').filter((args) => String(args) === '0,0,800,400').length;
    view.show(DONE);
    runFrames();
    const { top } = view.canvases.geometry.plot;
    for (const [hasAxis, plotTop] of [
      [false, 0],
      [true, top],
    ] as const) {
      const before = grounds();
      view.canvases.setAxis(hasAxis);
      runFrames();
      expect(grounds()).toBe(before + 1);
      expect(view.canvases.geometry.plot.top).toBe(plotTop);
    }
  });

  it('have marks over the spans without these being painted again', () => {
    const { view, fake, above } = newView();
    view.show(DONE);
    runFrames();
    const painted = fake.calls.length;
    const hit = view.at(MIDDLE, ROW_0).hit;
    expect(hit).toMatchObject({ kind: 'compute', task: 7, index: 0 });
    view.canvases.mark({ hover: hit });
    expect(runFrames()).toBe(1);
    expect(above.of('strokeRect')).toHaveLength(1);
    expect(fake.calls).toHaveLength(painted);
    view.canvases.mark({ hover: view.at(MIDDLE + 1, ROW_0).hit });
    expect(runFrames()).toBe(0);
  });
});
