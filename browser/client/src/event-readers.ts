import type { ServerSentEvent } from './server-sent-event.js';

type Queue = ReadableStreamDefaultController<ServerSentEvent | Error>;

/** Loops that read the events of a source, each with a queue of its own. */
export interface EventReaders {
  /** A loop over what comes from now on; at most so many events wait for it. */
  add(limit: number): AsyncIterableIterator<ServerSentEvent, void>;
  /** A loop that has no room for the event fails. */
  give(event: ServerSentEvent): void;
  /** Resolves when no loop has too much to read. */
  whenReady(): Promise<void>;
  /** Ends all loops, after what waits for them; with an error, if there is one. */
  finish(error?: Error): void;
}

export function eventReaders(): EventReaders {
  const queues = new Set<Queue>();
  let isFinished = false;
  let onRoom = (): void => {};

  const end = (queue: Queue, error?: Error): void => {
    if (error) {
      queue.enqueue(error);
    }
    queue.close();
    queues.delete(queue);
  };

  return {
    add(limit) {
      let queue!: Queue;
      const reader = new ReadableStream<ServerSentEvent | Error>(
        {
          start: (controller) => {
            queues.add((queue = controller));
            if (isFinished) {
              end(queue);
            }
          },
          pull: () => onRoom(),
          cancel: () => {
            queues.delete(queue);
            // Later, so that whoever leaves one loop and enters another gets what comes next.
            setTimeout(() => onRoom());
          },
        },
        { highWaterMark: limit },
      ).getReader();
      return {
        async next() {
          const result = await reader.read();
          if (result.value instanceof Error) {
            throw result.value;
          }
          return result as IteratorResult<ServerSentEvent, void>;
        },
        /** A stream that was cancelled is at its end. */
        return() {
          void reader.cancel();
          return reader.read() as Promise<IteratorReturnResult<void>>;
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
    give(event) {
      for (const queue of queues) {
        if (queue.desiredSize! > 0) {
          queue.enqueue(event);
        } else {
          end(queue, new Error('too many events wait'));
        }
      }
    },
    async whenReady() {
      while ([...queues].some((queue) => queue.desiredSize! <= 0)) {
        await new Promise<void>((resolve) => (onRoom = resolve));
      }
    },
    finish(error) {
      isFinished = true;
      queues.forEach((queue) => end(queue, error));
      onRoom();
    },
  };
}
