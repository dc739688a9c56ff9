/**
 * What the page's address ends with where the window is drawn by the processor, as there is no
 * graphics card that could: pictures that move are then put together another way.
 */
export const DRAWN_IN_SOFTWARE = '?drawing=software';
