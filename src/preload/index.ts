import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  ACTION_CHANNEL,
  REQUESTS,
  STREAM_CHANNELS,
  STREAM_PORT_MESSAGE,
  type Bridge,
  type RequestName,
} from '../ipc/index.js';

/**
 * The bridge between the page and the main process: one function for each request of the
 * contract, and the stream's port. Both ends validate; nothing is interpreted here.
 */
const requests = Object.fromEntries(
  (Object.keys(REQUESTS) as RequestName[]).map((name) => [
    name,
    (request: unknown) => ipcRenderer.invoke(REQUESTS[name].channel, request),
  ]),
);

const bridge = {
  ...requests,
  openDropped: (files) =>
    ipcRenderer.invoke(
      REQUESTS.openDropped.channel,
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ),
  openStream: () => {
    ipcRenderer.send(STREAM_CHANNELS.open);
  },
  onAction: (listener: (message: unknown) => void) => {
    ipcRenderer.on(ACTION_CHANNEL, (_event, message: unknown) => {
      listener(message);
    });
  },
} as Pick<Bridge, 'openDropped' | 'openStream' | 'onAction'>;

// A port cannot cross the bridge itself, so it is posted to the page.
ipcRenderer.on(STREAM_CHANNELS.port, (event) => {
  window.postMessage(STREAM_PORT_MESSAGE, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('gilscope', bridge);
