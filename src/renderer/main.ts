import { mount } from 'svelte';
import App from './App.svelte';
import { asking } from './bridge.js';
import { RunStore } from './run-store.svelte.js';
import { openStream } from './stream.js';
import './styles/tokens.css';
import './styles/base.css';

/** Shows the window once the main process has told the machine and the defaults. */
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
    receive: (message) => {
      store.receive(message);
    },
    refuse: (reason) => {
      store.fail({ message: `A message from the engine could not be read: ${reason}` });
    },
  });
  mount(App, { target, props: { store } });
}

const target = document.getElementById('app');
if (target !== null) void start(target);
