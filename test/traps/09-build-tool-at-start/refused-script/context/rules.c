int rule(int value) {
  return value > 3;
}
