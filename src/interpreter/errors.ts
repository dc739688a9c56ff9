/** What was named cannot be measured in: it is no Python, or too old a one. The message says so in a line. */
export class UnsuitablePythonError extends Error {
  override readonly name = 'UnsuitablePythonError';
}

/** A Python that was measured in has ended, or cannot do what it was asked. The message says so in a line. */
export class PythonFailedError extends Error {
  override readonly name = 'PythonFailedError';
}
