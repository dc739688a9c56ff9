import type { ActionHost, ActionHandler } from './action-host.js';
import {
  actionOf,
  isMove,
  TIMELINE_COMMANDS,
  type Command,
  type TimelineId,
} from '../timeline/model/commands.js';

/** The handlers of the timeline's commands and of its search. */
export function timelineHandlers(host: ActionHost): Record<TimelineId | 'search', ActionHandler> {
  const entries = TIMELINE_COMMANDS.map((command) => [actionOf(command), handlerOf(host, command)]);
  return {
    ...(Object.fromEntries(entries) as Record<TimelineId, ActionHandler>),
    search: {
      enabled: () => host.timeline.search !== null,
      run: () => host.timeline.search?.(),
    },
  };
}

/** What is done to the shown run's timeline, wherever a span is selected: both have one axis. */
const OF_SHOWN: readonly Command[] = ['fit', 'newest'];

function handlerOf({ store, timeline }: ActionHost, command: Command): ActionHandler {
  const hasSpan = () => timeline.span !== null;
  const hasAny = () => hasSpan() || store.scope.selection !== null;
  /** What a command needs beside a timeline. */
  const needs: Partial<Record<Command, () => boolean>> = {
    fit: () => timeline.sight?.isWhole === false,
    newest: () => timeline.sight?.canFollow === true,
    focus: hasAny,
    holder: () => timeline.span?.kind === 'wait',
    back: () => hasSpan() && timeline.explorer?.canGoBack === true,
    pin: hasSpan,
    release: hasAny,
  };
  return {
    enabled: () => timeline.shown !== null && needs[command]?.() !== false,
    run: () => {
      const explorer = OF_SHOWN.includes(command) ? timeline.shown : timeline.explorer;
      explorer?.press(command);
      // As a key that is pressed for a moment.
      if (isMove(command)) explorer?.letGo(command);
    },
    ...(command === 'newest' ? { isOn: () => timeline.sight?.follows === true } : {}),
  };
}
