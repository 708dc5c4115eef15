import { SharedEventSource } from '/dist/tabs.js';

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data: url }) => {
    const source = new SharedEventSource(url);
    source.onopen = () => port.postMessage('open');
    source.onmessage = ({ data }) => port.postMessage(data);
  };
};
