import { measureCost, measureFirstSpan, measureKept, measureLive } from './measure.js';
const only = (process.argv[2] ?? 'kept,live,first,cost').split(',');
for (const name of only) {
  if (name === 'kept') console.log('1M', await measureKept(1_000_000));
  if (name === 'ten') console.log('10M', await measureKept(10_000_000));
  if (name === 'live') console.log('live', await measureLive(10));
  if (name === 'first') console.log('first', await measureFirstSpan(7));
  if (name === 'cost') console.log('cost', await measureCost(5));
}
