import { createServer } from 'node:http';

/** An event server that answers each request as the next step of its script says; the last step stays in force. */
export class ScriptedServer {
  /** What was asked, in order: `{ method, url, headers, body }`. */
  requests = [];
  #steps;
  #server = createServer((request, response) => void this.#answer(request, response));
  #watchers = new Set();

  constructor(steps) {
    this.#steps = steps;
  }

  /** Each step is a function that is given the response and the request. It ends with the test `t`. */
  static async start(t, ...steps) {
    const server = new ScriptedServer(steps);
    await new Promise((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.stop());
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  url(path = '/events') {
    return this.origin + path;
  }

  /** Resolves when so many requests have come. */
  async requested(count) {
    while (this.requests.length < count) {
      await new Promise((resolve) => this.#watchers.add(resolve));
    }
    return this.requests[count - 1];
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request, response) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const step = this.#steps[Math.min(this.requests.length, this.#steps.length - 1)];
    const { method, url, headers } = request;
    this.requests.push({ method, url, headers, body: Buffer.concat(chunks).toString(), atMs: performance.now() });
    this.#watchers.forEach((wake) => wake());
    this.#watchers.clear();
    await step(response, request);
  }
}

/** Sends a stream's head and the text, and leaves the stream open. */
export function streaming(text = '') {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    if (text.length > 0) {
      response.write(text);
    }
  };
}

/** Sends a stream and ends it. */
export function ending(text = '') {
  return (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
}

/** Sends a stream, and cuts the connection in it. */
export function cutting(text) {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text, () => response.destroy());
  };
}

/** Answers with a status. */
export function status(code, headers = {}) {
  return (response) => response.writeHead(code, headers).end();
}

/** Never answers. */
export function silence() {}

/** A `fetch` that answers with a stream of exactly these chunks, and then with 204. */
export function fetchOf(...chunks) {
  let hasAnswered = false;
  return async () => {
    if (hasAnswered) {
      return new Response(null, { status: 204 });
    }
    hasAnswered = true;
    const body = new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) {
          controller.enqueue(chunk);
        } else {
          controller.close();
        }
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}
