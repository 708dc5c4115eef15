// The page of a hub: watch events arrive, publish one. No build step, nothing from elsewhere.
//
// It reads streams with fetch, not with EventSource: an EventSource hands out only the types that somebody listens for by
// name, and hides why a request was refused. This page is to show every event, and every reason.

const MAX_ROWS = 500;
const MAX_CHARS = 16_000_000; // of all events kept, so that large events cannot fill the memory
const MAX_PREVIEW = 400;
const MAX_COLOURED = 100_000; // characters; larger JSON is indented, but not coloured
const MAX_WAIT_MS = 30_000;

const $ = (id) => document.getElementById(id);

/** Makes an element: make('b', {class: 'x', title: 'y'}, 'text', child). Texts are texts, never markup. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
}

function button(text, onClick) {
  const element = make('button', { type: 'button', class: 'quiet' }, text);
  element.addEventListener('click', () => onClick(element));
  return element;
}

// ---- Reading a stream ------------------------------------------------------------------------------------------------

/** Reads an event stream as WHATWG HTML 9.2.6 says: bytes in any cut, lines that end in CRLF, LF or CR. */
class EventStreamParser {
  #decoder = new TextDecoder(); // leaves out a BOM at the beginning
  #rest = '';
  #afterCr = false;
  #data = [];
  #type = '';
  #id = null; // the id of this block, if it has one
  #on;

  constructor(on) {
    this.#on = on;
  }

  feed(bytes) {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return;
    if (this.#afterCr && text[0] === '\n') text = text.slice(1);
    this.#afterCr = text.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #line(line) {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    this.#field(name, value);
  }

  #field(name, value) {
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.#on.retry(Number(value));
  }

  #dispatch() {
    if (this.#id !== null) this.#on.id(this.#id);
    if (this.#data.length > 0) {
      this.#on.event({ id: this.#id ?? '', type: this.#type || 'message', data: this.#data.join('\n'), at: new Date() });
    }
    this.#data = [];
    this.#type = '';
    this.#id = null;
  }
}

/** What the hub answered, as text for people. */
async function problemOf(answer) {
  const type = answer.headers.get('Content-Type') ?? '';
  const problem = type.startsWith('application/problem+json') ? await answer.json().catch(() => ({})) : {};
  const what = answer.status === 200 ? 'something that is no event stream' : `${answer.status} ${answer.statusText}`;
  return problem.detail ?? problem.title ?? `The server answered ${what.trim()}.`;
}

/**
 * A stream that comes back, until stop() is called or the hub refuses it.
 *
 *   connecting -- 200 --------------------> open -- cut --> waiting
 *   connecting -- no answer, 5xx ---------> waiting -- time, or retryNow() --> connecting
 *   connecting -- 4xx, 204, not a stream -> refused
 */
class Stream {
  lastId = '';
  #query;
  #on;
  #retryMs = 2000;
  #failures = 0;
  #reason = '';
  #stopped = new AbortController();
  #wake = () => {};

  /** The query is an array of [name, value]; on has state(name, text), event(event), cut() and trouble(text). */
  constructor(query, on) {
    this.#query = query;
    this.#on = on;
  }

  stop() {
    this.#stopped.abort();
    this.#wake();
  }

  retryNow() {
    this.#wake();
  }

  async run() {
    while (!this.#stopped.signal.aborted) {
      const waitMs = await this.#once();
      if (waitMs === null || this.#stopped.signal.aborted) return;
      await this.#wait(waitMs);
    }
  }

  /** Connects and reads to the end; returns how long to wait, or null for ever. */
  async #once() {
    this.#tell('connecting');
    try {
      const answer = await fetch(this.#url(), {
        headers: { Accept: 'text/event-stream' },
        cache: 'no-store',
        signal: this.#stopped.signal,
      });
      if (!isStream(answer)) return await this.#refused(answer);
      await this.#read(answer.body.getReader());
    } catch {
      // Whatever cut it, what to do is the same.
    }
    return Math.min(MAX_WAIT_MS, Math.max(this.#retryMs, 500) * 2 ** Math.max(0, this.#failures++ - 1));
  }

  async #read(reader) {
    const parser = new EventStreamParser({
      id: (id) => (this.lastId = id),
      retry: (ms) => (this.#retryMs = ms),
      event: (event) => this.#on.event(event),
    });
    this.#failures = 0;
    this.#reason = '';
    this.#tell('open');
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) parser.feed(part.value);
    } finally {
      if (!this.#stopped.signal.aborted) this.#on.cut();
    }
  }

  async #refused(answer) {
    const text = await problemOf(answer);
    if (answer.status >= 500 || answer.status === 408 || answer.status === 429) {
      this.#failures++;
      if (text !== this.#reason) this.#on.trouble(text);
      this.#reason = text;
      return Math.max(this.#retryMs, 1000 * (Number(answer.headers.get('Retry-After')) || 1));
    }
    this.#tell('refused', text);
    return null;
  }

  #wait(ms) {
    this.#tell('waiting', `Reconnecting in ${Math.ceil(ms / 1000)} s`);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** The cursor goes into the query, for a header cannot carry every id that a publisher may choose. */
  #url() {
    const isCursor = ([name]) => ['last', 'since', 'last-event-id'].includes(name);
    const query = this.lastId
      ? [...this.#query.filter((pair) => !isCursor(pair)), ['last-event-id', this.lastId]]
      : this.#query;
    return eventsUrl(query);
  }

  #tell(state, text) {
    if (!this.#stopped.signal.aborted) this.#on.state(state, text);
  }
}

function isStream(answer) {
  return answer.status === 200 && (answer.headers.get('Content-Type') ?? '').startsWith('text/event-stream');
}

function eventsUrl(query) {
  const url = new URL('events', document.baseURI);
  url.hash = '';
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

// ---- JSON, as it was written -----------------------------------------------------------------------------------------

/** The tokens of a JSON object or array, or null for any other text. Numbers keep all of their digits. */
function jsonTokens(text) {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g);
}

/** Calls out(text, kind) piece by piece, with line breaks and two blanks a level. */
function layOut(tokens, out) {
  let depth = 0;
  const newLine = () => out('\n' + '  '.repeat(depth));
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      out(token);
      depth++;
      if (next !== '}' && next !== ']') newLine();
    } else if (token === '}' || token === ']') {
      depth--;
      if (tokens[i - 1] !== '{' && tokens[i - 1] !== '[') newLine();
      out(token);
    } else if (token === ',') {
      out(token);
      newLine();
    } else {
      out(token === ':' ? ': ' : token, kindOf(token, next));
    }
  });
}

function kindOf(token, next) {
  if (token[0] === '"') return next === ':' ? 'name' : 'string';
  if (token === ':') return '';
  return /^[-0-9]/.test(token) ? 'number' : 'word';
}

function formatted(tokens, isColoured) {
  const fragment = document.createDocumentFragment();
  layOut(tokens, (text, kind) => fragment.append(kind && isColoured ? make('span', { class: kind }, text) : text));
  return fragment;
}

// ---- Rows ------------------------------------------------------------------------------------------------------------

const two = (number, digits = 2) => String(number).padStart(digits, '0');

function timeOf(date) {
  const text = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${two(date.getMilliseconds(), 3)}`;
  return make('time', { class: 'time', datetime: date.toISOString() }, text);
}

/** What is told by the hub when events are missing; null for any other event. */
function gapOf(event) {
  if (event.type !== 'gap') return null;
  try {
    const gap = JSON.parse(event.data);
    return ['expired', 'unknown', 'slow'].includes(gap.reason) ? gap : null;
  } catch {
    return null;
  }
}

function gapText(gap) {
  const what = {
    expired: `the hub no longer keeps what came after ${gap.requested}, or was restarted.`,
    unknown: `the hub does not know the id ${gap.requested}.`,
    slow: `this page read too slowly, and the hub went on after ${gap.requested}.`,
  }[gap.reason];
  return `${what} ${gap.earliest ? `What it has begins with ${gap.earliest}.` : 'It is empty now.'}`;
}

function noteRow(at, text, gap) {
  const note = make('div', { class: gap ? 'note gap' : 'note' }, timeOf(at));
  const strong = gap ? [make('strong', {}, 'Events are missing'), ': '] : [];
  note.append(make('span', {}, ...strong, text));
  return make('li', {}, note);
}

function eventRow(event) {
  const preview = event.data.slice(0, MAX_PREVIEW).replace(/\n/g, ' ↵ ');
  const summary = make(
    'summary',
    { class: 'row' },
    timeOf(event.at),
    make('span', { class: event.type === 'message' ? 'type' : 'type named', title: event.type }, event.type),
    make('span', { class: 'preview' }, preview || make('span', { class: 'more' }, '(empty)')),
    make('span', { class: 'id', title: event.id }, event.id),
  );
  const details = make('details', {}, summary);
  details.addEventListener('toggle', () => details.open && !details.lastChild.matches('.body') && details.append(body(event)));
  return make('li', {}, details);
}

/** What an opened row shows; made when it is first opened. */
function body(event) {
  const tokens = jsonTokens(event.data);
  const text = make('pre', { tabindex: '0', 'aria-label': 'Data' });
  const isColoured = event.data.length <= MAX_COLOURED;
  const show = (isRaw) => text.replaceChildren(isRaw || !tokens ? event.data : formatted(tokens, isColoured));
  show(false);
  return make('div', { class: 'body' }, facts(event, tokens && show), text);
}

function facts(event, show) {
  const fact = (name, value) => make('span', {}, `${name} `, make('code', {}, value));
  const tools = make('div', {});
  if (event.type === 'connected') tools.append(button('Write to it', () => writeTo(event)));
  if (show) tools.append(rawButton(show));
  if (navigator.clipboard) tools.append(button('Copy', (self) => copy(event.data, self)));
  const line = make('div', { class: 'facts' }, fact('type', event.type));
  if (event.id) line.append(fact('id', event.id));
  line.append(`${new TextEncoder().encode(event.data).length.toLocaleString('en')} bytes`, tools);
  return line;
}

function rawButton(show) {
  let isRaw = false;
  return button('As sent', (self) => {
    isRaw = !isRaw;
    self.textContent = isRaw ? 'Formatted' : 'As sent';
    show(isRaw);
  });
}

async function copy(text, from) {
  await navigator.clipboard.writeText(text);
  from.textContent = 'Copied';
  setTimeout(() => (from.textContent = 'Copy'), 1500);
}

// ---- The list --------------------------------------------------------------------------------------------------------

/** The newest events, at most MAX_ROWS: new ones at the end, in sight unless the reader scrolled away or paused. */
class EventList {
  total = 0;
  #rows = []; // {row, event or null, size}, as shown
  #waiting = []; // not yet shown: until the next frame, or while paused
  #waitingTotal = 0;
  #chars = 0;
  #isPaused = false;
  #isFollowing = true;
  #isScheduled = false;
  #unseen = 0;
  #filter = '';

  constructor() {
    const scroll = $('scroll');
    scroll.addEventListener('scroll', () => this.#look());
    $('events').addEventListener('toggle', () => this.#look(), true);
    new ResizeObserver(() => this.#isFollowing && this.follow()).observe(scroll);
  }

  get isPaused() {
    return this.#isPaused;
  }

  add(event) {
    const gap = gapOf(event);
    if (!gap) this.total++;
    this.#push(gap ? { gap: gapText(gap), at: event.at, size: 0 } : { event, size: event.data.length });
    if (gap) announce(`Events are missing: ${gapText(gap)}`);
  }

  note(text) {
    this.#push({ note: text, at: new Date(), size: 0 });
  }

  #push(entry) {
    this.#waiting.push(entry);
    this.#waitingTotal++;
    if (this.#waiting.length > 2 * MAX_ROWS) this.#waiting = this.#waiting.slice(-MAX_ROWS);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      requestAnimationFrame(() => this.#frame());
    }
  }

  #frame() {
    this.#isScheduled = false;
    if (!this.#isPaused) this.#showWaiting();
    this.#tell();
  }

  #showWaiting() {
    const entries = this.#waiting.slice(-MAX_ROWS);
    const isCalm = entries.length <= 20;
    const fragment = document.createDocumentFragment();
    entries.forEach((entry) => fragment.append(this.#row(entry, isCalm)));
    $('events').append(fragment);
    this.#unseen += this.#waitingTotal;
    this.#waiting = [];
    this.#waitingTotal = 0;
    this.#trim();
    if (this.#isFollowing) this.follow();
  }

  #row(entry, isNew) {
    const row = entry.event ? eventRow(entry.event) : noteRow(entry.at, entry.gap ?? entry.note, Boolean(entry.gap));
    if (isNew) row.classList.add('new');
    row.hidden = !this.#fits(entry);
    this.#rows.push({ ...entry, row });
    this.#chars += entry.size;
    return row;
  }

  #trim() {
    let gone = 0;
    while (this.#rows.length - gone > MAX_ROWS || (this.#chars > MAX_CHARS && gone < this.#rows.length - 1)) {
      this.#chars -= this.#rows[gone].size;
      this.#rows[gone++].row.remove();
    }
    this.#rows.splice(0, gone);
  }

  /** Notes and gaps are never filtered out. */
  #fits({ event }) {
    return !event || !this.#filter || `${event.type}\n${event.id}\n${event.data}`.toLowerCase().includes(this.#filter);
  }

  filter(text) {
    this.#filter = text.trim().toLowerCase();
    this.#rows.forEach((entry) => (entry.row.hidden = !this.#fits(entry)));
    if (this.#isFollowing) this.follow();
    this.#tell();
  }

  pause(isPaused) {
    this.#isPaused = isPaused;
    this.#frame();
  }

  clear() {
    this.#rows = [];
    this.#waiting = [];
    this.#waitingTotal = this.#chars = this.total = 0;
    $('events').replaceChildren();
    this.follow();
    this.#tell();
  }

  /** Goes to the newest, and stays with it. */
  follow() {
    this.#isFollowing = true;
    this.#unseen = 0;
    $('jump').hidden = true;
    $('scroll').scrollTop = $('scroll').scrollHeight;
  }

  /** Whoever scrolls away from the end reads, and is not disturbed. */
  #look() {
    const { scrollTop, clientHeight, scrollHeight } = $('scroll');
    this.#isFollowing = scrollHeight - scrollTop - clientHeight < 24;
    if (this.#isFollowing) this.#unseen = 0;
    $('jump').hidden = this.#isFollowing;
    this.#tell();
  }

  #tell() {
    $('jump').textContent = this.#unseen > 0 ? `${this.#unseen.toLocaleString('en')} new` : 'Newest';
    $('jump').hidden = this.#isFollowing || this.#rows.length === 0;
    $('pause').textContent = this.#isPaused ? `Resume${this.#waitingTotal ? ` (${this.#waitingTotal.toLocaleString('en')})` : ''}` : 'Pause';
    $('pause').dataset.on = String(this.#isPaused);
    $('clear').disabled = this.#rows.length + this.#waiting.length === 0;
    $('empty').hidden = this.#rows.length > 0;
    $('no-match').hidden = !this.#filter || this.#rows.length === 0 || this.#rows.some((entry) => !entry.row.hidden);
    $('count').textContent = this.#countText();
  }

  #countText() {
    const events = this.#rows.filter((entry) => entry.event);
    const shown = this.#filter ? events.filter((entry) => !entry.row.hidden).length : events.length;
    const total = this.total.toLocaleString('en');
    return this.total === 0 ? '' : shown < this.total ? `${shown} of ${total}` : total;
  }
}

// ---- The form, and the address -----------------------------------------------------------------------------------------

const START_FIELDS = {
  last: { label: 'How many', value: '20', example: '20' },
  since: { label: 'Time, or how long ago', value: '10m', example: '10m' },
  'last-event-id': { label: 'Id', value: '', example: 'k7f2-1z' },
};

function addTopicField(value) {
  const input = make('input', {
    'aria-describedby': 'topic-hint',
    placeholder: 'logs/system',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
  });
  input.value = value;
  const remove = button('×', (self) => {
    self.parentElement.remove();
    labelTopics();
    topicInputs()[0].focus();
  });
  $('topics').append(make('div', { class: 'topic' }, input, remove));
  labelTopics();
  return input;
}

const topicInputs = () => [...$('topics').querySelectorAll('input')];

function labelTopics() {
  const inputs = topicInputs();
  inputs.forEach((input, i) => {
    input.setAttribute('aria-label', inputs.length > 1 ? `Topic ${i + 1}` : 'Topic');
    input.nextSibling.setAttribute('aria-label', `Remove topic ${i + 1}`);
    input.nextSibling.hidden = inputs.length === 1;
  });
}

function showStart(name, value) {
  const field = START_FIELDS[name];
  $('start').value = field ? name : '';
  $('start-value-field').hidden = !field;
  $('start-value').required = Boolean(field);
  if (field) {
    $('start-label').textContent = field.label;
    $('start-value').placeholder = field.example;
    $('start-value').inputMode = name === 'last' ? 'numeric' : 'text';
    $('start-value').value = value ?? field.value;
  }
}

/** The hub reads ISO 8601; people write 10m. */
function startValue() {
  const text = $('start-value').value.trim();
  const ago = $('start').value === 'since' && /^(\d+)\s*([smhd])$/i.exec(text);
  return ago ? `${/d/i.test(ago[2]) ? 'P' : 'PT'}${ago[1]}${ago[2].toUpperCase()}` : text;
}

/** What the form asks for: [name, value] pairs, the same in the page's address and in the request. */
function formQuery() {
  const topics = topicInputs().map((input) => input.value.trim()).filter((topic) => topic !== '');
  const query = [...new Set(topics)].map((topic) => ['topic', topic]);
  if ($('start').value) query.push([$('start').value, startValue()]);
  if ($('connected').checked) query.push(['connected', 'true']);
  return query;
}

function showQuery(query) {
  const first = (name) => query.find((pair) => pair[0] === name)?.[1];
  const topics = topicsOf(query);
  $('topics').replaceChildren();
  (topics.length > 0 ? topics : ['']).forEach(addTopicField);
  const start = Object.keys(START_FIELDS).find((name) => first(name) !== undefined) ?? '';
  showStart(start, first(start));
  $('connected').checked = first('connected') === 'true';
}

const topicsOf = (query) => query.filter(([name]) => name === 'topic').map(([, value]) => value);

/** Slashes, braces and plus signs stay legible, and nobody has to escape them in a link made by hand. */
function hashOf(query) {
  const legible = (text) => encodeURIComponent(text).replace(/%(2F|3A|7B|7D|2B|24|2C)/g, decodeURIComponent);
  return query.map(([name, value]) => `${name}=${legible(value)}`).join('&');
}

function queryOf(hash) {
  const plain = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const pairs = hash.replace(/^#/, '').split('&').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair));
  return pairs.map(([, name, value]) => [plain(name), plain(value)]);
}

const quoted = (text) => (/^[\w:/.,=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function showCommands(query) {
  const topic = topicsOf(query).find((name) => !/[*{}]/.test(name));
  const url = topic && new URL(`events/${topic.split('/').map(encodeURIComponent).join('/')}`, document.baseURI);
  $('command').hidden = false;
  $('command-text').textContent = `curl -N ${quoted(eventsUrl(query))}`;
  $('try').hidden = !topic;
  $('try-text').textContent = topic ? `curl -d 'Hello' ${quoted(url.href.replace(/#.*/, ''))}` : '';
  if (topic && !$('publish-topic').value) $('publish-topic').value = topic;
}

// ---- What people do ------------------------------------------------------------------------------------------------------

const list = new EventList();
let stream = null;

const isNarrow = () => matchMedia('(max-width: 52rem)').matches;
const announce = (text) => ($('announcement').textContent = text);

const STATE_TEXTS = { idle: 'Not subscribed', connecting: 'Connecting', open: 'Live', refused: 'Refused' };

function showState(state, text) {
  $('state').dataset.state = state;
  $('state-text').textContent = state === 'waiting' ? text : STATE_TEXTS[state];
  $('retry-now').hidden = state !== 'waiting';
  $('subscribe-error').textContent = state === 'refused' ? text : '';
  if (state === 'refused') {
    $('subscribe-panel').open = true;
    $('empty-text').textContent = 'The hub refused this subscription.';
    $('try').hidden = true;
  }
  const isOn = state !== 'idle' && state !== 'refused';
  $('unsubscribe').hidden = !isOn;
  $('pause').disabled = !isOn && !list.isPaused;
  $('subscribe-button').textContent = isOn ? 'Subscribe again' : 'Subscribe';
}

function subscribe(query) {
  stop();
  list.clear();
  const topics = topicsOf(query).join(', ');
  document.title = `${topics} – Freshet`;
  $('subscribe-summary').textContent = topics;
  $('empty-text').textContent = `Nothing has arrived on ${topics} yet.`;
  $('watch-all').hidden = true;
  showCommands(query);
  stream = new Stream(query, {
    state: showState,
    event: (event) => list.add(event),
    trouble: (text) => list.note(text),
    cut: () => list.note(`The connection was cut${stream.lastId ? `; goes on after ${stream.lastId}` : ''}.`),
  });
  stream.run();
}

function stop() {
  stream?.stop();
  stream = null;
  if (list.isPaused) list.pause(false);
  showState('idle');
}

function onSubscribe(submit) {
  submit.preventDefault();
  const query = formQuery();
  const isMissing = query.length === 0 || query[0][0] !== 'topic';
  topicInputs()[0].setAttribute('aria-invalid', String(isMissing));
  if (isMissing) {
    $('subscribe-error').textContent = 'Type a topic first.';
    topicInputs()[0].focus();
    return;
  }
  const hash = `#${hashOf(query)}`;
  if (hash !== location.hash) history.pushState(null, '', hash);
  subscribe(query);
  if (isNarrow()) {
    $('subscribe-panel').open = false;
    $('scroll').scrollIntoView({ block: 'nearest' });
  }
}

/** A link, the back button, or an address typed by hand. */
function onAddress() {
  const query = queryOf(location.hash);
  if (topicsOf(query).some((topic) => topic !== '')) {
    showQuery(query);
    if (isNarrow()) $('subscribe-panel').open = false;
    subscribe(formQuery());
  } else if (!stream) {
    showQuery([]);
  }
}

function publication() {
  const event = { topic: $('publish-topic').value.trim(), data: $('publish-data').value };
  const type = $('publish-type').value.trim();
  if (type) event.type = type;
  if ($('publish-private').checked) event.private = true;
  return event;
}

function showResult(isFailed, ...text) {
  $('publish-result').dataset.failed = String(isFailed);
  $('publish-result').replaceChildren(...text);
}

async function onPublish(submit) {
  submit.preventDefault();
  $('publish-button').disabled = true;
  try {
    const answer = await fetch(eventsUrl([]), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(publication()),
    });
    if (answer.ok) showResult(false, 'Published as ', make('code', {}, (await answer.json()).id), '.');
    else showResult(true, await problemOf(answer));
  } catch {
    showResult(true, 'The hub did not answer. Whether the event was published is not known.');
  } finally {
    $('publish-button').disabled = false;
  }
}

/** Fills in the topic that reaches the subscriber of a connected event alone. */
function writeTo(event) {
  try {
    $('publish-topic').value = `$subscriber/${JSON.parse(event.data).subscriber}`;
  } catch {
    return;
  }
  $('publish-panel').open = true;
  $('publish-data').focus();
}

function start() {
  $('subscribe').addEventListener('submit', onSubscribe);
  $('unsubscribe').addEventListener('click', stop);
  $('retry-now').addEventListener('click', () => stream?.retryNow());
  $('watch-all').addEventListener('click', () => (location.hash = '#topic=*&last=20'));
  $('add-topic').addEventListener('click', () => addTopicField('').focus());
  $('start').addEventListener('change', () => showStart($('start').value));
  $('publish').addEventListener('submit', onPublish);
  $('publish-data').addEventListener('keydown', (key) => {
    if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) $('publish').requestSubmit();
  });
  $('filter').addEventListener('input', () => list.filter($('filter').value));
  $('pause').addEventListener('click', () => list.pause(!list.isPaused));
  $('clear').addEventListener('click', () => {
    list.clear();
    $('empty-text').textContent = 'Cleared. New events arrive here.';
  });
  $('jump').addEventListener('click', () => list.follow());
  $('skip').addEventListener('click', (click) => {
    click.preventDefault();
    $('events').focus();
  });
  ['command', 'try'].forEach((id) => {
    $(`${id}-copy`).hidden = !navigator.clipboard;
    $(`${id}-copy`).addEventListener('click', () => copy($(`${id}-text`).textContent, $(`${id}-copy`)));
  });
  addEventListener('hashchange', onAddress);
  addEventListener('online', () => stream?.retryNow());
  $('publish-panel').open = !isNarrow();
  onAddress();
}

start();
