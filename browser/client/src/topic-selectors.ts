/** Whether a selector takes a topic. */
export type Pattern = (topic: string) => boolean;

/**
 * Reads a selector: a topic, `*`, or a template. A simple variable (`{id}`) stands for one segment, any other for any
 * text: a template with further operators of RFC 6570 takes more than it would in the hub, never less.
 */
export function patternOf(selector: string): Pattern {
  const source = selector
    .replace(/\W/g, '\\$&')
    .replace(/\\{\w+\\}/g, '[^/]+')
    .replace(/\\{.*?\\}|^\\\*$/g, '.+');
  const whole = new RegExp(`^${source}$`, 's');
  return (topic) => whole.test(topic);
}
