import { interpreterTime, PythonSession } from '../../interpreter/index.js';
import type { ResponseOf } from '../../ipc/index.js';
import type { Session } from '../recordings/session.js';

/** What the meter asks the user, in dialogs of the system. */
export interface PythonQuestions {
  /** Asks which Python; null where the user would not say. */
  readonly choose: () => Promise<string | null>;
  /** Asks whether a Python may be started. */
  readonly mayStart: (path: string) => Promise<boolean>;
}

/** Measures how long the interpreter of a Python that the user chooses takes in an iteration. */
export class InterpreterMeter {
  readonly #session: Pick<Session, 'begin' | 'end'>;
  readonly #questions: PythonQuestions;
  /** The Pythons that may be started in this session. */
  readonly #granted = new Set<string>();

  constructor(session: Pick<Session, 'begin' | 'end'>, questions: PythonQuestions) {
    this.#session = session;
    this.#questions = questions;
  }

  /**
   * Asks for a Python, starts it once the user has said that it may be started, and measures. Nothing else runs
   * meanwhile, and what stops a run stops it.
   *
   * @throws Error that says in a line why it cannot be measured there; EngineBusyError where something is running
   */
  async measure(): Promise<ResponseOf<'measureInterpreter'>> {
    const path = await this.#questions.choose();
    if (path === null || !(await this.#mayStart(path))) return { status: 'cancelled' };
    const signal = this.#session.begin();
    try {
      using python = await PythonSession.start(path, 1, signal);
      const { implementation, version } = python.about;
      const interpreterUs = await interpreterTime(python);
      return { status: 'measured', interpreterUs, python: `${implementation} ${version}` };
    } catch (error) {
      if (signal.aborted) return { status: 'cancelled' };
      throw error;
    } finally {
      this.#session.end();
    }
  }

  async #mayStart(path: string): Promise<boolean> {
    if (!this.#granted.has(path)) {
      if (!(await this.#questions.mayStart(path))) return false;
      this.#granted.add(path);
    }
    return true;
  }
}
