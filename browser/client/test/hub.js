import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FRESHET = fileURLToPath(new URL('../../../freshet', import.meta.url));

/** The real hub in a process of its own, behind a proxy that counts the streams. */
export class Hub {
  #process;
  #address;
  #proxy = createServer((socket) => this.#relay(socket));
  #streams = new Set();

  static async start(...settings) {
    const hub = new Hub();
    hub.#process = spawn(FRESHET, ['serve', '--port', '0', ...settings.flatMap((setting) => ['--set', setting])], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    hub.#address = await readyAddress(hub.#process);
    await new Promise((resolve) => hub.#proxy.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  /** Through the proxy. */
  url(path) {
    return `http://127.0.0.1:${this.#proxy.address().port}${path}`;
  }

  get streams() {
    return this.#streams.size;
  }

  async publish(topic, data) {
    const response = await fetch(new URL(`/events/${topic}`, this.#address), { method: 'POST', body: data });
    if (!response.ok) {
      throw new Error(`publish: ${response.status} ${await response.text()}`);
    }
  }

  cut() {
    this.#streams.forEach((socket) => socket.destroy());
  }

  async stop() {
    this.cut();
    this.#proxy.close();
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await ended;
  }

  #relay(socket) {
    const target = connect(new URL(this.#address).port, '127.0.0.1');
    socket.on('data', (bytes) => {
      if (bytes.toString('latin1').startsWith('GET /events')) {
        this.#streams.add(socket);
      }
    });
    socket.pipe(target).pipe(socket);
    for (const [one, other] of [[socket, target], [target, socket]]) {
      one.on('error', () => {});
      one.on('close', () => {
        this.#streams.delete(socket);
        other.destroy();
      });
    }
  }
}

async function readyAddress(process) {
  for await (const line of createInterface(process.stdout)) {
    const address = / is ready at (\S+)/.exec(line)?.[1];
    if (address) {
      process.stdout.resume();
      return address;
    }
  }
  throw new Error('freshet serve: ended before it was ready');
}
