import { SharedEventSource } from '/dist/tabs.js';

self.onmessage = ({ data: url }) => {
  const source = new SharedEventSource(url);
  source.onopen = () => self.postMessage('open');
  source.onmessage = ({ data }) => self.postMessage(data);
};
