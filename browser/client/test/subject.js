// What is tested: what is readable, or, with TEST_MINIFIED in the environment, what is small.
export const isMinified = 'TEST_MINIFIED' in process.env;

/** The file of `dist` that stands for this one. */
export function subjectOf(path) {
  return isMinified ? path.replace('/index.js', '/freshet.min.js').replace('/tabs.js', '/tabs.min.js') : path;
}

export const { EventSource, ServerSentEvent } = await import(subjectOf('../dist/index.js'));
export const { SharedEventSource } = await import(subjectOf('../dist/tabs.js'));
