// Compiled, not run: what TypeScript knows of events.
import { EventSource, type ConnectionErrorEvent, type Gap, type ServerSentEvent } from 'freshet';
import { SharedEventSource } from 'freshet/tabs';

interface Order {
  readonly total: number;
}

const typed = new EventSource<{ paid: Order }>('/events', {
  headers: async () => ({ Authorization: 'Bearer x' }),
  store: sessionStorage,
  retryOn: [429, 503],
});
typed.addEventListener('paid', (event) => {
  const total: number = event.json().total;
  // @ts-expect-error: an order has no such member
  event.json().totl;
});
typed.addEventListener('gap', (event) => {
  const { reason }: Gap = event.json();
});
typed.addEventListener('other', (event) => {
  const data: string = event.data;
});
typed.onmessage = (event: ServerSentEvent) => event.lastEventId;
typed.onerror = ({ status, cause }: ConnectionErrorEvent) => [status, cause];

const shared: SharedEventSource<{ paid: Order }> = new SharedEventSource('/events?topic=a');
shared.addEventListener('paid', (event) => event.json().total.toFixed());
// @ts-expect-error: what a tab that is hidden does is nothing to share
new SharedEventSource('/events', { pauseWhenHidden: true });
// @ts-expect-error: no such option
new EventSource('/events', { header: {} });

async function read(): Promise<void> {
  for await (const event of typed.events(100)) {
    const id: string = event.lastEventId;
  }
}

// It may stand wherever the platform's is expected to be listened to.
const { readyState, url, withCredentials }: Pick<globalThis.EventSource, 'readyState' | 'url' | 'withCredentials'> = typed;
