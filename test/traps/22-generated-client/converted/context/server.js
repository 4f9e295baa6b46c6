const { PrismaClient } = require('@prisma/client');
new PrismaClient().note.findMany().then(console.log);
