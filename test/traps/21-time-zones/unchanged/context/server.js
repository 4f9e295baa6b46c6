console.log(new Date().toString());
