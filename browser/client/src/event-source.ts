import type { EventSourceOptions } from './event-source-options.js';
import { holdNativeStream } from './native-stream.js';
import { Source } from './source.js';
import { holdStream } from './stream.js';

/**
 * The platform's `EventSource` (WHATWG HTML 9.2), made with `fetch`, and what it lacks, in its options. Runs in pages,
 * in workers and in Node.
 *
 * @typeParam T maps types of events to what their data holds as JSON, such as `{ paid: Order }`
 */
export class EventSource<T = {}> extends Source<T> {
  /** @throws DOMException `SyntaxError` if the URL cannot be read */
  constructor(url: string | URL, options: EventSourceOptions = {}) {
    super(url, options, options.native ? holdNativeStream : holdStream);
  }
}
