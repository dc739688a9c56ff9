import { describe, expect, it } from 'vitest';
import { EngineBusyError } from '../../../src/engine/index.js';
import { InterpreterMeter } from '../../../src/main/runs/interpreter-meter.js';
import { posingAnswers, posingPython } from '../../fixtures/posing-python.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** A meter whose user chooses a path, and says whether it may be started. */
function meterOf(path: string | null, mayStart = true) {
  const asked: string[] = [];
  let running: AbortController | undefined;
  const meter = new InterpreterMeter(
    {
      begin: () => {
        if (running !== undefined) throw new EngineBusyError();
        running = new AbortController();
        return running.signal;
      },
      end: () => {
        running = undefined;
      },
    },
    {
      choose: () => Promise.resolve(path),
      mayStart: (which) => {
        asked.push(which);
        return Promise.resolve(mayStart);
      },
    },
  );
  return { meter, asked, stop: () => running?.abort() };
}

const ANSWER = `echo 'gilscope {"iterationNs": 12340}'`;

describe('the meter of the interpreter', () => {
  it('measures in the Python that the user chooses, and asks once a session whether it may start it', async () => {
    const path = posingPython(folder, posingAnswers(ANSWER));
    const { meter, asked } = meterOf(path);
    const measured = { status: 'measured', interpreterUs: 12.34, python: 'CPython 3.99.0' };
    expect(await meter.measure()).toEqual(measured);
    expect(await meter.measure()).toEqual(measured);
    expect(asked).toEqual([path]);
  });

  it('starts nothing that the user would not have started', async () => {
    expect(await meterOf(null).meter.measure()).toEqual({ status: 'cancelled' });
    // It would not be found.
    const { meter, asked } = meterOf('/nowhere/python3', false);
    expect(await meter.measure()).toEqual({ status: 'cancelled' });
    expect(await meter.measure()).toEqual({ status: 'cancelled' });
    expect(asked).toHaveLength(2);
  });

  it('says in a line why it cannot measure, and can measure again', async () => {
    const { meter } = meterOf(posingPython(folder, 'exit 3'));
    const refused = 'is no Python that can be measured in: it ended with status 3';
    await expect(meter.measure()).rejects.toThrow(refused);
    await expect(meter.measure()).rejects.toThrow(refused);
  });

  it('lets nothing else run meanwhile, and ends where it is stopped', async () => {
    const { meter, stop } = meterOf(posingPython(folder, 'exec tail -f /dev/null'));
    const measuring = meter.measure();
    // The dialogs have answered by then.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(meter.measure()).rejects.toThrow(EngineBusyError);
    stop();
    expect(await measuring).toEqual({ status: 'cancelled' });
  });
});
