import {
  clipboard,
  ipcMain,
  MessageChannelMain,
  nativeTheme,
  shell,
  type WebContents,
  type WebFrameMain,
} from 'electron';
import {
  readRequest,
  REQUESTS,
  STREAM_CHANNELS,
  type Answer,
  type RequestName,
  type RequestOf,
  type ResponseOf,
} from '../ipc/index.js';
import { withFallbacks } from '../experiment/parameters.js';
import { taskResultOf } from './runs/analyse-run.js';
import { exportRuns } from './runs/export-runs.js';
import { failureOf } from './failures.js';
import type { LogFile } from './log-file.js';
import { askForFiles, choosePath } from './open-dialog.js';
import { magnify } from './magnification.js';
import { showInMenu } from './menu.js';
import { print } from './print.js';
import { copyPicture, savePicture } from './pictures.js';
import { resetSettings } from './reset-settings.js';
import { isAppAddress } from './security.js';
import type { Services } from './services.js';
import { compositing } from './window.js';

type Handlers = {
  readonly [Name in RequestName]: (
    request: RequestOf<Name>,
    page: WebContents,
  ) => ResponseOf<Name> | Promise<ResponseOf<Name>>;
};

/** Answers every request of the contract, and gives the page its end of the stream. */
export function handleRequests(services: Services, log: Pick<LogFile, 'path' | 'write'>): void {
  const { session, runs, interpreter, sweeps, programs, entries, opener, stream, settings } =
    services;
  const handlers: Handlers = {
    appInfo: async () => {
      const { machine, defaults } = await runs.defaults();
      return {
        machine,
        defaults,
        lastParameters: withFallbacks(settings.get('parameters') ?? {}, defaults),
        compositing: await compositing(),
        panels: settings.get('panels') ?? {},
        theme: settings.get('theme') ?? 'system',
        programs: programs.facts,
      };
    },
    startRun: (request) => runs.start(request),
    startComparison: async (parameters) => {
      await runs.startComparison(parameters);
      return null;
    },
    measureInterpreter: () => interpreter.measure(),
    startSweep: async (axes) => {
      await sweeps.start(axes);
      return null;
    },
    sweptCell: (run) => sweeps.cell(run),
    exportSweep: (request) => sweeps.export(request),
    interpreters: () => programs.interpreters(),
    runningPrograms: () => programs.running(),
    choosePath: (choice) => choosePath(choice),
    startProgram: (request) => programs.start(request),
    attachToProgram: (request) => programs.attach(request),
    programOutput: (run) => programs.output(run),
    stopRun: () => {
      runs.stop();
      return null;
    },
    showRepeat: (request) => {
      runs.showRepeat(request);
      return null;
    },
    analyseRun: (request) => runs.analyse(request),
    taskResult: ({ run, task }) => taskResultOf(runs.recording(run), task),
    exportRuns: ({ runs: exported, format, part }) =>
      exportRuns(
        exported.map((run) => runs.recording(run)),
        format,
        part,
      ),
    openFiles: async () => {
      await opener.open(await askForFiles());
      return null;
    },
    openDropped: async (paths) => {
      await opener.openDropped(paths);
      return null;
    },
    openRecent: async (request) => {
      await opener.openRecent(request);
      return null;
    },
    saveEntry: ({ id, as }) => entries.save(id, as),
    describeEntry: (request) => {
      entries.describe(request);
      return null;
    },
    removeEntry: (id) => entries.remove(id),
    restoreEntry: () => {
      entries.restore();
      return null;
    },
    copyText: async (text) => {
      await clipboard.writeText(text);
      return null;
    },
    copyPicture: async (picture) => {
      await copyPicture(picture);
      return null;
    },
    savePicture: ({ name, picture }) => savePicture(name, picture),
    showInMenu: (state) => {
      showInMenu(state);
      return null;
    },
    keepPanels: (panels) => {
      settings.set('panels', panels);
      return null;
    },
    setTheme: (theme) => {
      nativeTheme.themeSource = theme;
      settings.set('theme', theme);
      return null;
    },
    resetSettings: async (_, page) => ({
      status: (await resetSettings(services, page)) ? 'reset' : 'cancelled',
    }),
    openLog: async () => {
      const problem = await shell.openPath(log.path);
      if (problem !== '') throw new Error(`${log.path} cannot be opened: ${problem}`);
      return null;
    },
    keepParameters: (parameters) => {
      settings.set('parameters', { ...parameters });
      return null;
    },
    print: async (_, page) => {
      await print(page);
      return null;
    },
    magnify: (step, page) => {
      magnify(page, step);
      return null;
    },
  };
  for (const name of Object.keys(REQUESTS) as RequestName[]) handle(name, handlers[name], log);

  ipcMain.on(STREAM_CHANNELS.open, (event) => {
    if (!isOwnPage(event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    stream.connect(port1, session.history);
    programs.resume();
    event.sender.postMessage(STREAM_CHANNELS.port, null, [port2]);
  });
}

/** Answers one request: checks who asks and what, and turns an exception into a failure. */
function handle<Name extends RequestName>(
  name: Name,
  handler: Handlers[Name],
  log: Pick<LogFile, 'write'>,
): void {
  const { channel } = REQUESTS[name];
  ipcMain.handle(channel, async (event, input): Promise<Answer<ResponseOf<Name>>> => {
    try {
      if (!isOwnPage(event.senderFrame)) throw new Error(`${channel} is for the app's own page`);
      return { ok: true, value: await handler(readRequest(name, input), event.sender) };
    } catch (error) {
      const failure = failureOf(error);
      log.write(`failure (${channel}): ${failure.message}`);
      return { ok: false, failure };
    }
  });
}

function isOwnPage(frame: WebFrameMain | null): boolean {
  return frame !== null && isAppAddress(frame.url);
}
