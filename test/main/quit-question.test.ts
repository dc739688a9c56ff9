import { describe, expect, it } from 'vitest';
import { QuitQuestion } from '../../src/main/quit-question.js';

type Listener = (event: { preventDefault(): void }) => void;

/** An app whose quitting is asked about, and what its user answers. */
function asked({ unsaved = true, keepsRunning = false } = {}) {
  const listeners: Partial<Record<'before-quit' | 'close', Listener>> = {};
  const answers: ((mayQuit: boolean) => void)[] = [];
  let quits = 0;
  const fire = (event: 'before-quit' | 'close') => {
    let isPrevented = false;
    listeners[event]?.({ preventDefault: () => (isPrevented = true) });
    return isPrevented;
  };
  const listen = (event: 'before-quit' | 'close', listener: Listener) => {
    listeners[event] = listener;
  };
  const question = new QuitQuestion(
    { on: listen, quit: () => (quits += 1) },
    {
      hasUnsavedWork: () => unsaved,
      mayQuit: () => new Promise((resolve) => answers.push(resolve)),
    },
    keepsRunning,
  );
  question.guard({ on: listen });
  return { fire, answers, quits: () => quits };
}

describe('quitting', () => {
  it.each(['before-quit', 'close'] as const)('waits for the answer: %s', async (event) => {
    const { fire, answers, quits } = asked();
    expect(fire(event)).toBe(true);
    expect(quits()).toBe(0);
    answers[0]?.(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(quits()).toBe(1);
    expect([fire('before-quit'), fire('close')]).toEqual([false, false]);
  });

  it('is given up where the user stays, and asked about again', async () => {
    const { fire, answers, quits } = asked();
    fire('close');
    answers[0]?.(false);
    await Promise.resolve();
    await Promise.resolve();
    expect(quits()).toBe(0);
    expect(fire('before-quit')).toBe(true);
    expect(answers).toHaveLength(2);
  });

  it('asks once, however often it is asked for', () => {
    const { fire, answers } = asked();
    expect([fire('close'), fire('close'), fire('before-quit')]).toEqual([true, true, true]);
    expect(answers).toHaveLength(1);
  });

  it('asks nothing where nothing would be lost', () => {
    const { fire, answers } = asked({ unsaved: false });
    expect([fire('close'), fire('before-quit')]).toEqual([false, false]);
    expect(answers).toEqual([]);
  });

  it('does not ask as a window closes of an app that stays', () => {
    const { fire } = asked({ keepsRunning: true });
    expect([fire('close'), fire('before-quit')]).toEqual([false, true]);
  });
});
