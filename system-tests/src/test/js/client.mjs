// Subscribes with a foreign EventSource and prints every event as a line of JSON: node client.mjs LIBRARY URL
const [library, url] = process.argv.slice(2);
const {EventSource} = await import(library);
const source = new EventSource(url);
const print = event => console.log(JSON.stringify({type: event.type, id: event.lastEventId, data: event.data}));
for (const type of ['message', 'order', 'gap', 'connected']) source.addEventListener(type, print);
source.onopen = () => console.log(JSON.stringify({type: 'open', id: '', data: ''}));
