// An interpreter's own work: what it does between the calls that compute. It has none of its own here, so
// that this stands for it: steps of a generator, each of which needs the one before. Such a chain
// takes as long wherever its code lies and whatever else runs on the core's other half.

/** Turns between two looks at the attention word: less than a microsecond. */
const TURNS_BETWEEN_LOOKS: i32 = 256;

/** Kept, so that no compiler leaves the work out. */
let state: u64 = 1;

/**
 * Turns so many times, which is how this work is counted. Looks at the word at `attention` every
 * microsecond or less, and leaves where it is not zero. Returns the turns that are left: 0 when done.
 */
export function interpret(turns: i32, attention: usize): i32 {
  let x = state;
  while (turns > 0 && atomic.load<i32>(attention) == 0) {
    const end = max(0, turns - TURNS_BETWEEN_LOOKS);
    for (; turns > end; turns--) x = x * 6364136223846793005 + 1442695040888963407;
  }
  state = x;
  return turns;
}
