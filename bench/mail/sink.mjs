// A mail server that takes everything and keeps nothing: bare TCP, since smtp-server sleeps 100 ms a connection. Prints its port.
// Its argument: how many milliseconds it takes to accept a message (0), as one that scans it and writes it to a disk does.
import { createServer } from 'node:net';

const dot = Buffer.from('\r\n.\r\n');
const acceptMs = Number(process.argv[2] ?? 0);
let taken = 0;

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => {});
  let rest = Buffer.alloc(0);
  let inMessage = false;
  let accepting = false;
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!accepting) read('');
  });

  /** Answers what has come, after the replies that are still owed. */
  function read(owed) {
    let replies = owed;
    const answer = () => replies !== '' && socket.write(replies);
    for (;;) {
      if (inMessage) {
        const end = rest.indexOf(dot);
        if (end === -1) return answer();
        rest = rest.subarray(end + dot.length);
        inMessage = false;
        taken++;
        if (acceptMs > 0) {
          answer();
          accepting = true;
          return setTimeout(() => {
            accepting = false;
            read('250 taken\r\n');
          }, acceptMs);
        }
        replies += '250 taken\r\n';
      } else {
        const end = rest.indexOf('\r\n');
        if (end === -1) return answer();
        const command = rest.toString('latin1', 0, 4).toUpperCase();
        rest = rest.subarray(end + 2);
        if (command === 'DATA') {
          inMessage = true;
          replies += '354 go on\r\n';
        } else if (command === 'QUIT') socket.end('221 bye\r\n');
        else replies += command === 'EHLO' ? '250-sink\r\n250 PIPELINING\r\n' : '250 ok\r\n';
      }
    }
  }
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ taken }));
process.on('disconnect', () => process.exit());
