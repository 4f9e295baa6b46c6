const queue = process.env.QUEUE_URL;

if (!queue) {
  console.error('job: set QUEUE_URL, for instance amqp://queue/jobs');
  process.exit(3);
}
console.log(`job: reading ${queue}`);
