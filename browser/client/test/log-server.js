import { createServer } from 'node:http';

/** A hub in short: one log, ids, topics (all but `refused`), resume after `Last-Event-ID`, gaps. Its templates take all, as if there were others that are wider. */
export class LogServer {
  /** Streams that are open. */
  streams = new Set();
  /** How many there were in all. */
  opened = 0;
  /** Whether events tell their topics. */
  #tellsTopics;
  #log = [];
  /** How many events cannot be had any more. */
  #forgotten = 0;
  #server = createServer((request, response) => this.#subscribe(request, response));

  constructor(tellsTopics) {
    this.#tellsTopics = tellsTopics;
  }

  static async start(t, { tellsTopics = false } = {}) {
    const server = new LogServer(tellsTopics);
    await new Promise((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.cut();
      server.#server.close();
    });
    return server;
  }

  url(...topics) {
    const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&');
    return `http://127.0.0.1:${this.#server.address().port}/events?${query}`;
  }

  /** Returns how many events there are then; the id is `e-` and that number. */
  publish(topic, data = '') {
    this.#log.push({ topic, data, id: `e-${this.#log.length + 1}` });
    this.streams.forEach((stream) => stream.send());
    return this.#log.length;
  }

  /** What was published until now cannot be had any more. */
  forget() {
    this.#forgotten = this.#log.length;
  }

  /** What the streams that are open ask for. */
  get asked() {
    return [...this.streams].flatMap(({ topics }) => topics);
  }

  /** Ends all connections. */
  cut() {
    this.#server.closeAllConnections();
  }

  #subscribe(request, response) {
    const topics = new URL(request.url, 'http://any.test').searchParams.getAll('topic');
    if (topics.includes('refused')) {
      response.writeHead(400).end();
      return;
    }
    const lastId = request.headers['last-event-id'];
    const asked = lastId ? Number(lastId.slice(2)) : this.#log.length;
    const stream = { topics, at: Math.max(asked, this.#forgotten), send: () => this.#send(stream, response) };
    this.streams.add(stream);
    this.opened++;
    response.on('close', () => this.streams.delete(stream));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const gap = `event: gap\nid: e-${stream.at}\ndata: {"reason":"expired","requested":"${lastId}","earliest":null}\n\n`;
    response.write(`:\n${asked < stream.at ? gap : `id: e-${stream.at}\n\n`}`);
    stream.send();
  }

  #send(stream, response) {
    for (const { topic, data, id } of this.#log.slice(stream.at)) {
      if (!topic || stream.topics.some((selector) => selector === topic || /[*{]/.test(selector))) {
        const told = this.#tellsTopics && topic ? `topic: ${topic}\n` : '';
        response.write(`id: ${id}\nevent: ${topic ?? 'message'}\n${told}data: ${data}\n\n`);
      }
    }
    stream.at = this.#log.length;
  }
}
