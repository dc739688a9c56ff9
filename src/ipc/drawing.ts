/**
 * What puts the window's pictures together: a graphics card, or where there is none the processor.
 * Pictures that move are then handed over another way.
 */
export const DRAWINGS = ['graphics card', 'software'] as const;
export type Drawing = (typeof DRAWINGS)[number];
