// nodemailer's pool alone: composes and sends a number of mails, as fast as it goes.
import nodemailer from 'nodemailer';

const { smtpUrl, mails, warm, subject, text, html } = await new Promise((resolve) => process.once('message', resolve));
const pool = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 5, maxMessages: Number.POSITIVE_INFINITY });

async function send(count, prefix) {
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      pool.sendMail({
        from: { name: 'Trois Mains', address: 'bench@troismains.example' },
        to: { name: `Relais ${n}`, address: `${prefix}-${n}@reseau.example` },
        subject,
        text,
        html,
      }),
    ),
  );
}

await send(warm, 'warm');
process.send('ready');
await new Promise((resolve) => process.once('message', resolve));
const cpu = process.cpuUsage();
await send(mails, 'relais');
const { user, system } = process.cpuUsage(cpu);
process.send({ sent: mails, cpuMs: (user + system) / 1000 });
pool.close();
process.disconnect();
