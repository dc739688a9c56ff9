import { askQuestion } from './questions.js';

/** What is to be done with work that is not saved. */
export type UnsavedAnswer = 'save' | 'discard' | 'cancel';

const ANSWERS = ['save', 'discard', 'cancel'] as const satisfies readonly UnsavedAnswer[];

/** As many are listed by name. */
const MOST_NAMED = 8;

/**
 * Asks whether to save recordings before they are lost.
 *
 * @param names what they are called: `run 3`
 * @param before what they would be lost by: `quit`
 */
export async function askAboutUnsaved(
  names: readonly string[],
  before: string,
): Promise<UnsavedAnswer> {
  const [only = ''] = names;
  const what = names.length === 1 ? only : `${names.length} recordings`;
  const more = names.length - MOST_NAMED;
  const list = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`and ${more} more`] : [])];
  const answer = await askQuestion({
    message: `Save ${what} before you ${before}?`,
    detail:
      names.length === 1
        ? 'What is not saved is lost.'
        : `${list.join('\n')}\n\nWhat is not saved is lost.`,
    buttons: ['Save', 'Discard', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  });
  return ANSWERS[answer] ?? 'cancel';
}
