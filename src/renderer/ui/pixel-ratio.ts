import { Chart } from 'chart.js';

/**
 * Calls back whenever a CSS pixel comes to have another number of the screen's: the window was
 * magnified, or moved to another screen. A page hears of that by no other event if its size in CSS
 * pixels stays. Returns what ends it.
 */
export function onPixelRatio(changed: () => void): () => void {
  let query = queryOfNow();
  function onchange(): void {
    query.removeEventListener('change', onchange);
    query = queryOfNow();
    query.addEventListener('change', onchange);
    changed();
  }
  query.addEventListener('change', onchange);
  return () => {
    query.removeEventListener('change', onchange);
  };
}

/** A query for the present ratio, which changes when that does. */
function queryOfNow(): MediaQueryList {
  return matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
}

/** Redraws every chart of the page in each new pixel ratio. Returns the function that ends this. */
export function chartsFollowPixelRatio(): () => void {
  return onPixelRatio(() => {
    // Those of pictures have a size of their own.
    const shown = Object.values(Chart.instances).filter(({ options }) => options.responsive);
    for (const chart of shown) {
      // By itself a chart keeps the ratio that it has once looked up.
      chart.options.devicePixelRatio = devicePixelRatio;
      chart.resize();
    }
  });
}
