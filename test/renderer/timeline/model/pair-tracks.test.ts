import { expect, it } from 'vitest';
import { pairTracks } from '../../../../src/renderer/timeline/model/pair-tracks.js';

it('two timelines share their room by their lanes, and the upper one has the axis of both', () => {
  const serial = { lanes: 1, hasLock: false };
  const locked = { lanes: 10, hasLock: true };
  expect(pairTracks(serial, locked)).toEqual({
    upper: 'minmax(40px, 46fr)',
    lower: 'minmax(48px, 226fr)',
  });
  expect(pairTracks(locked, locked)).toEqual({
    upper: 'minmax(74px, 252fr)',
    lower: 'minmax(48px, 226fr)',
  });
});
