/**
 * Gives it a property `on` and the type, which holds a handler or null, as those of the platform (WHATWG HTML 8.1.8.1). A
 * handler keeps the place among the listeners that the first one took.
 */
export function addHandler(target: EventTarget, type: string): void {
  let handler: ((event: Event) => unknown) | null = null;
  const listener = (event: Event): unknown => handler?.call(target, event);
  Object.defineProperty(target, `on${type}`, {
    get: () => handler,
    set: (value: unknown) => {
      handler = typeof value === 'function' ? (value as typeof handler) : null;
      target.addEventListener(type, listener);
    },
  });
}
