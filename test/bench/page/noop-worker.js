// The least that a client can do: take a frame, answer it. What is above this is the price of the product.
self.onmessage = ({ data: { url, count } }) => {
  let taken = 0;
  const socket = new WebSocket(url);
  socket.onmessage = () => {
    socket.send('{"messageId":"CAMQADAA"}');
    if (++taken === count) self.postMessage('done');
  };
};
