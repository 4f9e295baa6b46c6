console.log(new Intl.NumberFormat('de').format(12.5));
