export {
  comparePython,
  interpreterTime,
  type PythonComparisonListener,
  type PythonComparisonOutcome,
} from './comparison-run.js';
export { PythonFailedError, UnsuitablePythonError } from './errors.js';
export { PythonSession } from './python-session.js';
export { recordVariants } from './record-variants.js';
