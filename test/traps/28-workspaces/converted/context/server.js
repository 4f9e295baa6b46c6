const express = require('express');
const { greeting } = require('@house/shared');
express()
  .get('/', (_, answer) => answer.send(greeting))
  .listen(3000);
