// Serves the example at http://127.0.0.1:8081/; the hub has to allow that origin.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const FILES = { '/': ['index.html', 'text/html'], '/dist/tabs.min.js': ['../dist/tabs.min.js', 'text/javascript'] };
const port = Number(process.argv[2] ?? 8081);

const server = createServer(async ({ url }, response) => {
  const [file, type] = FILES[url.split('?')[0]] ?? [];
  if (file) {
    response.writeHead(200, { 'content-type': type }).end(await readFile(new URL(file, import.meta.url)));
  } else {
    response.writeHead(404).end();
  }
});
server.listen(port, '127.0.0.1', () => console.log(`example: http://127.0.0.1:${server.address().port}/`));
