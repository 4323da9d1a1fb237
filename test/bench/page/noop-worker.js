// The least that a client can do: take a frame, answer it. What is above this is the price of the product.
let answered = 0;
self.onmessage = ({ data }) => {
  if (data === 'count') {
    self.postMessage(answered);
    return;
  }
  const socket = new WebSocket(data);
  socket.onmessage = () => {
    socket.send('{"messageId":"CAMQADAA"}');
    answered++;
  };
};
self.postMessage('ready');
