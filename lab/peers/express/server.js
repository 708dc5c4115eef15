// The broadcast server of every tutorial: a list of responses, and a loop that writes to each. `node server.js PORT`.
import express from 'express';

const app = express();
let clients = [];

app.get('/events', (request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.flushHeaders();
  clients.push(response);
  request.on('close', () => {
    clients = clients.filter(client => client !== response);
  });
});

app.post('/events', express.text(), (request, response) => {
  for (const client of clients) {
    client.write(`data: ${request.body}\n\n`);
  }
  response.sendStatus(200);
});

setInterval(() => {
  for (const client of clients) {
    client.write(':\n\n');
  }
}, 15_000);

app.listen(Number(process.argv[2]), '127.0.0.1', 4096);
