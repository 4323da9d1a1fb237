// What one writes first: socket, `atob` and one row per message, on the page. Rows over 200 are removed, or the page
// would measure nothing but its own growth.
const ROWS_KEPT = 200;
const query = new URLSearchParams(location.search);
const rows = document.getElementById('rows');
window.taken = 0;

const socket = new WebSocket(query.get('url'));
socket.onmessage = ({ data }) => {
  const { messageId, payload, publishTime } = JSON.parse(data);
  const body = JSON.parse(atob(payload));
  const event = body.Interaction ?? body.AgentStatusChange ?? body.AgentProvChange;
  const row = document.createElement('li');
  for (const text of [
    publishTime,
    event.event,
    event.agentId,
    event.interactionGUID,
    event.queueId,
    messageId,
  ]) {
    const cell = document.createElement('span');
    cell.textContent = text ?? '';
    row.append(cell);
  }
  rows.prepend(row);
  if (rows.childElementCount > ROWS_KEPT) rows.lastElementChild.remove();
  socket.send(JSON.stringify({ messageId }));
  window.taken++;
};
