/** What a file holds is not what it must be; the message says in a line what is wrong. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}
