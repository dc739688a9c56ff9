/**
 * What composites the window: a graphics card, or the processor where there is none. Moving canvases
 * are then desynchronized (see timeline-chart.ts).
 */
export const COMPOSITINGS = ['gpu', 'software'] as const;
export type Compositing = (typeof COMPOSITINGS)[number];
