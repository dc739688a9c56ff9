import {
  clipboard,
  ipcMain,
  MessageChannelMain,
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
import { taskResultOf } from './runs/analyse-run.js';
import { exportRuns } from './runs/export-runs.js';
import { failureOf } from './failures.js';
import { magnify } from './magnification.js';
import { showInMenu } from './menu.js';
import { print } from './print.js';
import { copyPicture, savePicture } from './pictures.js';
import type { RunService } from './runs/run-service.js';
import { isAppAddress } from './security.js';
import type { SettingsFile } from './settings-file.js';
import type { SpanStream } from './runs/span-stream.js';
import { compositing } from './window.js';

type Handlers = {
  readonly [Name in RequestName]: (
    request: RequestOf<Name>,
    page: WebContents,
  ) => ResponseOf<Name> | Promise<ResponseOf<Name>>;
};

/** Answers every request of the contract, and gives the page its end of the stream. */
export function handleRequests(
  service: RunService,
  stream: SpanStream,
  settings: Pick<SettingsFile, 'get' | 'set'>,
): void {
  const handlers: Handlers = {
    appInfo: async () => ({
      ...(await service.defaults()),
      compositing: await compositing(),
      panels: settings.get('panels') ?? {},
    }),
    startRun: (request) => service.start(request),
    startComparison: async (parameters) => {
      await service.startComparison(parameters);
      return null;
    },
    stopRun: () => {
      service.stop();
      return null;
    },
    showRepeat: (request) => {
      service.showRepeat(request);
      return null;
    },
    analyseRun: (request) => service.analyse(request),
    taskResult: ({ run, task }) => taskResultOf(service.record(run), task),
    exportRuns: ({ runs, format, part }) =>
      exportRuns(
        runs.map((run) => service.record(run)),
        format,
        part,
      ),
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
    print: async (_, page) => {
      await print(page);
      return null;
    },
    magnify: (step, page) => {
      magnify(page, step);
      return null;
    },
  };
  for (const name of Object.keys(REQUESTS) as RequestName[]) handle(name, handlers[name]);

  ipcMain.on(STREAM_CHANNELS.open, (event) => {
    if (!isOwnPage(event.senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    stream.connect(port1, service.history);
    event.sender.postMessage(STREAM_CHANNELS.port, null, [port2]);
  });
}

/** Answers one request: checks who asks and what, and turns an exception into a failure. */
function handle<Name extends RequestName>(name: Name, handler: Handlers[Name]): void {
  const { channel } = REQUESTS[name];
  ipcMain.handle(channel, async (event, input): Promise<Answer<ResponseOf<Name>>> => {
    try {
      if (!isOwnPage(event.senderFrame)) throw new Error(`${channel} is for the app's own page`);
      return { ok: true, value: await handler(readRequest(name, input), event.sender) };
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  });
}

function isOwnPage(frame: WebFrameMain | null): boolean {
  return frame !== null && isAppAddress(frame.url);
}
