import { mount } from 'svelte';
import * as v from 'valibot';
import type { ActionId } from '../../ipc/action-names.js';
import { ActionMessageSchema, type Magnification, type MenuState } from '../../ipc/index.js';
import App from './App.svelte';
import { asking } from './bridge.js';
import { RunStore } from '../state/run-store.svelte.js';
import { openStream } from './stream.js';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/print.css';

/** Shows the window once the main process has sent the machine and the defaults. */
async function start(target: HTMLElement): Promise<void> {
  const bridge = window.gilscope;
  const ask = asking(bridge);
  const info = await ask('appInfo', null);
  if (!info.ok) {
    target.setAttribute('role', 'alert');
    target.textContent = `Gilscope cannot start: ${info.failure.message}`;
    return;
  }
  const store = new RunStore(info.value, ask);
  openStream(bridge, {
    begin: (history) => {
      store.begin(history);
    },
    receive: (message) => {
      store.receive(message);
    },
    refuse: (reason) => {
      store.fail({ message: `A message from the engine could not be read: ${reason}` });
    },
  });
  const onAction = (listener: (id: ActionId) => void) => {
    bridge.onAction((message) => {
      const result = v.safeParse(ActionMessageSchema, message);
      if (result.success) listener(result.output.action);
      else store.fail({ message: 'The menu asked for what the window does not know.' });
    });
  };
  const showInMenu = (state: MenuState) => {
    void ask('showInMenu', state).then((answer) => {
      if (!answer.ok) store.fail(answer.failure);
    });
  };
  const magnify = (step: Magnification) => {
    void ask('magnify', step).then((answer) => {
      if (!answer.ok) store.fail(answer.failure);
    });
  };
  const print = () => {
    void ask('print', null).then((answer) => {
      if (!answer.ok) store.fail(answer.failure);
    });
  };
  mount(App, { target, props: { store, onAction, showInMenu, magnify, print } });
}

const target = document.getElementById('app');
if (target !== null) void start(target);
