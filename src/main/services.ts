import type { RunEngine } from '../engine/index.js';
import { ProgramService, type ProgramParts } from './programs/program-service.js';
import { EntryList } from './recordings/entry-list.js';
import { EntryService } from './recordings/entry-service.js';
import type { FileTasks } from './recordings/file-tasks.js';
import { FileOpener } from './recordings/file-opener.js';
import { RecentFiles } from './recordings/recent-files.js';
import type { RecordingCache } from './recordings/recording-cache.js';
import { Session } from './recordings/session.js';
import type { Pacer } from './runs/pacer.js';
import { InterpreterMeter, type PythonQuestions } from './runs/interpreter-meter.js';
import { RunService } from './runs/run-service.js';
import type { SpanStream } from './runs/span-stream.js';
import { SweepService } from './runs/sweep-service.js';
import type { SettingsFile } from './settings-file.js';

/** What the main process does for the page. */
export interface Services {
  readonly session: Session;
  readonly runs: RunService;
  readonly interpreter: InterpreterMeter;
  readonly sweeps: SweepService;
  readonly programs: ProgramService;
  readonly entries: EntryService;
  readonly opener: FileOpener;
  readonly recent: RecentFiles;
  readonly stream: SpanStream;
  readonly settings: Settings;
}

export type Settings = Pick<SettingsFile, 'get' | 'set' | 'reset'>;

/** What the services are made of. */
export interface ServiceParts {
  readonly engine: Promise<RunEngine>;
  readonly stream: SpanStream;
  readonly pacer: Pacer;
  readonly settings: Settings;
  readonly files: FileTasks;
  readonly pythonQuestions: PythonQuestions;
  readonly programs: Pick<ProgramParts, 'sampler' | 'places' | 'mayStart'>;
  /** Called after each change of the recent files. */
  readonly onRecent?: () => void;
  readonly kept?: RecordingCache;
}

/** Makes the services on one session. */
export function createServices(parts: ServiceParts): Services {
  const { engine, stream, pacer, settings, files, pythonQuestions, programs, onRecent, kept } =
    parts;
  const session = new Session(stream, kept);
  const list = new EntryList(session);
  const recent = new RecentFiles(settings, (names) => {
    session.tell({ type: 'recent', files: names });
    onRecent?.();
  });
  session.tell({ type: 'recent', files: recent.names });
  return {
    session,
    runs: new RunService(engine, stream, pacer, session, list),
    interpreter: new InterpreterMeter(session, pythonQuestions),
    sweeps: new SweepService({ engine, stream, pacer, session, entries: list }),
    programs: new ProgramService({ session, stream, pacer, list, ...programs }),
    entries: new EntryService(session, list, recent, files),
    opener: new FileOpener({ session, stream, list, recent, files }),
    recent,
    stream,
    settings,
  };
}
