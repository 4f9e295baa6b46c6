const express = require('express');
const { greeting } = require('@home/shared');
express()
  .get('/', (_, answer) => answer.send(greeting))
  .listen(3000);
